"""AggreFact (Tang et al., ACL 2023): nine labelled sets in one table, with validation and test.

The label ``consistent`` is 1 where the summary is. ``group`` is the original set, so that ``--part
CLIFF`` takes one. Read is ``aggre_fact_sota.csv`` or ``aggre_fact_final.csv`` as published, in a
folder with both the first: ``dataset``, ``origin``, ``doc``, ``summary``, ``model_name``,
``label``, ``cut``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, digest, places, records, split
from harness.records import Article, Judgement


@dataclass(frozen=True, slots=True)
class AggreFact:
    """AggreFact from the file ``path``, or from one in the folder ``path`` or its ``aggrefact``."""

    path: str

    size: ClassVar[str] = "9 sets, CNN/DM and XSum"
    labels: ClassVar[str] = "consistent or not"
    licence: ClassVar[str] = "that of each set"
    citation: ClassVar[str] = "Tang et al., ACL 2023"
    source: ClassVar[str] = "github.com/Liyan06/AggreFact, data"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the file."""
        names = ("aggre_fact_sota.csv", "aggre_fact_final.csv")
        found = places(self.path, *names, *(f"aggrefact/{name}" for name in names))
        yield from map(_judgement, records(found[0]))


def _judgement(record: Record) -> Judgement:
    text = record.text("doc")
    return Judgement(
        Article(digest(text), text),
        record.text("summary"),
        record.text("model_name"),
        labels={"consistent": record.flag("label")},
        split=split(record, "cut"),
        group=record.text("dataset"),
    )


BENCHMARK: type[Benchmark] = AggreFact
