"""FRANK (Pagnoni, Balachandran and Tsvetkov, NAACL 2021): nine systems, errors by type.

Three people named the errors of every sentence. A sentence is sound where at least two found no
error; ``factuality`` is the share of sound sentences, in [0, 1], and the label ``consistent`` is
true where all are (as in SummaC, Laban et al. 2022). Errors are those that two people named of one
sentence. Read is ``human_annotations_sentence.json`` as published: ``hash``, ``model_name``,
``article``, ``summary``, ``reference``, ``split``, ``summary_sentences_annotations``.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, places, records, split
from harness.records import Article, Judgement

SOUND = "NoE"
_AGREED = 2
_LONG_HASH = 40
"""Length of the ids of CNN/DailyMail; those of XSum are shorter numbers."""


@dataclass(frozen=True, slots=True)
class Frank:
    """FRANK from the file ``path``, or from the one in the folder ``path`` or its ``frank``."""

    path: str

    size: ClassVar[str] = "2,246 summaries by 9 systems on CNN/DM and XSum"
    labels: ClassVar[str] = "errors of a sentence by type; 3 people"
    licence: ClassVar[str] = "MIT; articles of CNN, Daily Mail and BBC apart"
    citation: ClassVar[str] = "Pagnoni et al., NAACL 2021"
    source: ClassVar[str] = "github.com/artidoro/frank, data"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the file."""
        names = ("human_annotations_sentence*.json", "frank/human_annotations_sentence*.json")
        for path in places(self.path, *names):
            yield from map(_judgement, records(path))


def _judgement(record: Record) -> Judgement:
    parts = [
        [part.texts(person) for person in part.data]
        for part in record.records("summary_sentences_annotations")
    ]
    if not parts or not all(parts):
        raise record.wrong("summary_sentences_annotations", "a list of sentences, with answers")
    named = [Counter(kind for said in part for kind in set(said)) for part in parts]
    sound = [counts[SOUND] >= _AGREED for counts in named]
    kinds = {k for counts in named for k, n in counts.items() if n >= _AGREED and k != SOUND}
    name, text = record.text("hash"), record.text("article")
    references = (record.text("reference"),) if record.has("reference") else ()
    return Judgement(
        Article(name, text, references),
        record.text("summary"),
        record.text("model_name"),
        human={"factuality": sum(sound) / len(sound)},
        labels={"consistent": all(sound)},
        errors=tuple(sorted(kinds)),
        ratings={
            "consistent": tuple(
                tuple(float(all(k == SOUND for k in said)) for said in part) for part in parts
            )
        },
        split=split(record, "split"),
        group="cnndm" if len(name) >= _LONG_HASH else "xsum",
    )


BENCHMARK: type[Benchmark] = Frank
