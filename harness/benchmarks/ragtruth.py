"""RAGTruth (Niu et al., ACL 2024), its summaries: six language models, errors marked by people.

The label ``consistent`` is true where nothing is marked; spans have types such as "Evident Baseless
Info". Read are ``source_info.jsonl`` (``source_id``, ``task_type``, ``source``, ``source_info``)
and ``response.jsonl`` (``source_id``, ``model``, ``labels`` with ``start``, ``end`` and
``label_type``, ``split``, ``quality``, ``response``) as published. Tasks other than Summary are
passed over, and responses whose quality is not "good": refusals and texts that break off. The part
called train is the validation part here: nothing is trained.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._folder import article, span
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, places, records
from harness.records import Article, Judgement

TASK = "Summary"
_PARTS = {"train": "validation", "test": "test"}


@dataclass(frozen=True, slots=True)
class RagTruth:
    """RAGTruth from the folder ``path``, or from ``ragtruth`` in it."""

    path: str

    size: ClassVar[str] = "943 articles x 6 systems"
    labels: ClassVar[str] = "unsupported spans and their types"
    licence: ClassVar[str] = "MIT; articles of CNN, Daily Mail and others apart"
    citation: ClassVar[str] = "Niu et al., ACL 2024"
    source: ClassVar[str] = "github.com/ParticleMedia/RAGTruth, dataset"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the responses."""
        sources = places(self.path, "source_info.jsonl", "ragtruth/source_info.jsonl")[0]
        answers = places(str(sources.parent), "response.jsonl")[0]
        known: dict[str, Article] = {}
        others = set()
        for record in records(sources):
            name = record.text("source_id")
            if record.text("task_type") == TASK:
                known[name] = Article(name, record.text("source_info"))
            else:
                others.add(name)
        for record in records(answers):
            if record.text("source_id") not in others and record.text("quality") == "good":
                yield _judgement(record, article(record, known, "source_id"))


def _judgement(record: Record, about: Article) -> Judgement:
    summary = record.text("response")
    marked = record.records("labels")
    spans = tuple(span(m, "start", "end", summary, m.text("label_type")) for m in marked)
    part = record.text("split")
    if part not in _PARTS:
        raise record.wrong("split", "train or test")
    return Judgement(
        about,
        summary,
        record.text("model"),
        labels={"consistent": not spans},
        spans=spans,
        errors=tuple(sorted({s.type for s in spans if s.type})),
        split=_PARTS[part],
    )


BENCHMARK: type[Benchmark] = RagTruth
