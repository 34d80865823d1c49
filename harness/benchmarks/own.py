"""Your own judgements: articles, outputs and what people said of them, as JSON lines.

A folder with

- ``articles.jsonl``: ``id``, ``text``, and ``references`` (a list) if there are any;
- ``outputs/SYSTEM.jsonl``, one file per system: ``id``, ``summary``;
- ``judgements.jsonl``: ``id``, ``system``, and every further field is a dimension: a number (more
  is better), true or false (true is good), or a list of numbers, one from each person.

A judgement may hold its ``summary`` itself; then it needs no outputs, and no system either. It may
also hold ``spans`` that people marked as wrong (a list of ``start``, ``end`` and ``type``, in
characters), ``errors`` (a list of types), ``split`` (validation or test), ``group`` (a part of the
set), and ``pair`` (a name shared by two summaries of which people preferred one).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from harness.benchmarks._folder import Folder
from harness.benchmarks._part import Benchmark
from harness.records import Judgement


@dataclass(frozen=True, slots=True)
class Own:
    """The folder ``path``, in the layout above."""

    path: str

    size: ClassVar[str] = "yours"
    labels: ClassVar[str] = "any numbers, labels, spans, ranked pairs"
    licence: ClassVar[str] = "yours"
    citation: ClassVar[str] = "none"
    source: ClassVar[str] = "harness parts own shows the layout"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of their file."""
        return Folder(Path(self.path)).judgements()


BENCHMARK: type[Benchmark] = Own
