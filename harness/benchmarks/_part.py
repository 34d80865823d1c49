"""What a benchmark promises: judged summaries, and where they come from."""

from collections.abc import Iterator
from typing import ClassVar, Protocol, runtime_checkable

from harness.benchmarks._hub import Copy
from harness.records import Judgement


class Benchmark(Protocol):
    """A set of summaries with what people said of them, read from disk in a stream."""

    size: ClassVar[str]
    labels: ClassVar[str]
    licence: ClassVar[str]
    citation: ClassVar[str]
    source: ClassVar[str]
    """Where to get it."""

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judged summaries; raise InputError with file, line and field at a bad one."""
        ...


@runtime_checkable
class OnHub(Protocol):
    """A benchmark with a copy on the Hugging Face hub, which ``path="hub"`` reads."""

    path: str
    hub: ClassVar[Copy]
