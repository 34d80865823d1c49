"""CLIFF (Cao and Wang, EMNLP 2021): what BART and PEGASUS got wrong, marked word by word.

The label ``consistent`` is true where people marked nothing; ``errors`` are intrinsic or extrinsic,
of a noun phrase, a predicate or a whole sentence, as unified by Tang et al. (ACL 2023). Two layouts
are read: ``cliff.jsonl`` (``id``, which begins with the part, ``text``, ``summary``, ``system``,
``consistent``, ``error_types``, ``error_spans``) and AggreFact's ``CLIFF_error_types.csv``
(``origin``, ``doc``, ``summ``, ``model_name``, ``cut``, ``error_type``, ``annotated_span``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, digest, places, records, split
from harness.records import Article, Judgement, Span

CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Cliff:
    """CLIFF from the file ``path``, or from the one in the folder ``path``."""

    path: str

    size: ClassVar[str] = "600 summaries: 150 articles x 2 systems of each of 2 sets"
    labels: ClassVar[str] = "consistent or not; spans and types of errors"
    licence: ClassVar[str] = "see its repository; articles of CNN, Daily Mail and BBC"
    citation: ClassVar[str] = "Cao and Wang, EMNLP 2021"
    source: ClassVar[str] = "github.com/Liyan06/AggreFact, data/error_type_mapping"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the file."""
        for path in places(self.path, "cliff.jsonl", "cliff/cliff.jsonl", "*CLIFF_error_types.csv"):
            for record in records(path):
                yield (
                    _published(record)
                    if record.has("annotated_span") or record.has("summ")
                    else _plain(record)
                )


def _plain(record: Record) -> Judgement:
    kinds, marked = record.texts("error_types"), record.texts("error_spans")
    consistent = record.flag("consistent")
    group = record.text("id").partition("-")[0]
    return _judgement(record, "summary", "system", consistent, (kinds, marked), group, None)


def _published(record: Record) -> Judgement:
    consistent = record.text("error_type") == CORRECT
    kinds = () if consistent else record.texts("error_type")
    marked = record.texts("annotated_span") if record.data.get("annotated_span") else ()
    part = split(record, "cut")
    group = record.text("origin")
    return _judgement(record, "summ", "model_name", consistent, (kinds, marked), group, part)


def _judgement(
    record: Record,
    summary: str,
    system: str,
    consistent: bool,
    found: tuple[tuple[str, ...], tuple[str, ...]],
    group: str,
    part: str | None,
) -> Judgement:
    text, written = record.text("text", "doc"), record.text(summary)
    kinds, marked = found
    only = kinds[0] if len(kinds) == 1 else None
    return Judgement(
        Article(digest(text), text),
        written,
        record.text(system),
        labels={"consistent": consistent},
        spans=tuple(_spans(written, marked, only)),
        errors=kinds,
        split=part,
        group=group,
    )


def _spans(summary: str, marked: tuple[str, ...], kind: str | None) -> Iterator[Span]:
    """Yield where the marked words first stand in the summary, if they do."""
    for words in marked:
        start = summary.find(words) if words else -1
        if start >= 0:
            yield Span(start, start + len(words), kind)


BENCHMARK: type[Benchmark] = Cliff
