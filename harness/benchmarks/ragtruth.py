"""RAGTruth (Niu et al., ACL 2024), its summaries: six language models, errors marked by people.

The label ``consistent`` is true where nothing is marked; spans have types such as "Evident Baseless
Info". Read are ``source_info.jsonl`` (``source_id``, ``task_type``, ``source``, ``source_info``)
and ``response.jsonl`` (``source_id``, ``model``, ``labels`` with ``start``, ``end`` and
``label_type``, ``split``, ``quality``, ``response``) as published. Tasks other than Summary are
passed over, and responses whose quality is not "good": refusals and texts that break off. The part
called train is the validation part here: nothing is trained. The path ``hub`` reads a copy there,
one table with ``context``, ``output``, ``model``, ``task_type``, ``quality`` and the same labels as
JSON in ``hallucination_labels``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._folder import article, span
from harness.benchmarks._hub import Copy, on_hub, rows
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, digest, places, records
from harness.records import Article, Judgement

TASK = "Summary"
GOOD = "good"
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
    hub: ClassVar[Copy] = Copy(
        "wandb/RAGTruth-processed", "eb4f4b9d1b68eb7092d3e1a61c0cd82d9808737b", ("train", "test")
    )

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the responses."""
        copy = on_hub(self.path, self.hub)
        if copy is not None:
            for split, record in rows(copy, self.source):
                if record.text("task_type") == TASK and record.text("quality") == GOOD:
                    yield _processed(record, split)
            return
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
            if record.text("source_id") not in others and record.text("quality") == GOOD:
                yield _published(record, article(record, known, "source_id"))


def _published(record: Record, about: Article) -> Judgement:
    part = record.text("split")
    if part not in _PARTS:
        raise record.wrong("split", "train or test")
    return _judgement(record, about, record.text("response"), record.records("labels"), part)


def _processed(record: Record, part: str) -> Judgement:
    text = record.text("context")
    marked = record.parsed("hallucination_labels").records("hallucination_labels")
    return _judgement(record, Article(digest(text), text), record.text("output"), marked, part)


def _judgement(
    record: Record, about: Article, summary: str, marked: Sequence[Record], part: str
) -> Judgement:
    spans = tuple(span(m, "start", "end", summary, m.text("label_type")) for m in marked)
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
