"""AggreFact (Tang et al., ACL 2023): nine labelled sets in one table, with validation and test.

The label ``consistent`` is 1 where the summary is. ``group`` is the original set, so that ``--part
CLIFF`` takes one. Read is ``aggre_fact_sota.csv`` or ``aggre_fact_final.csv`` as published, in a
folder with both the first: ``dataset``, ``origin``, ``doc``, ``summary``, ``model_name``,
``label``, ``cut``.

LLM-AggreFact (Tang, Laban and Durrett, EMNLP 2024), its successor, is on the hub: sentences, called
``claim``, in place of summaries, without the names of systems, in the splits dev and test. Its
conditions must be accepted there once: ``hub:lytang/LLM-AggreFact@COMMIT``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._hub import Copy, on_hub, rows
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import SPLITS, Record, digest, places, records, split
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
    hub: ClassVar[Copy] = Copy("lytang/LLM-AggreFact", None, ("dev", "test"))

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the file."""
        copy = on_hub(self.path, self.hub)
        if copy is not None:
            for part, record in rows(copy, self.source):
                yield _judgement(record, record.text("claim"), None, SPLITS[part])
            return
        names = ("aggre_fact_sota.csv", "aggre_fact_final.csv")
        found = places(self.path, *names, *(f"aggrefact/{name}" for name in names))
        for record in records(found[0]):
            system, cut = record.text("model_name") or None, split(record, "cut")
            yield _judgement(record, record.text("summary"), system, cut)


def _judgement(record: Record, summary: str, system: str | None, cut: str) -> Judgement:
    text = record.text("doc")
    return Judgement(
        Article(digest(text), text),
        summary,
        system,
        labels={"consistent": record.flag("label")},
        split=cut,
        group=record.text("dataset"),
    )


BENCHMARK: type[Benchmark] = AggreFact
