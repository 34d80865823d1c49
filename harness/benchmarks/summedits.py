"""SummEdits (Laban et al., EMNLP 2023): good summaries, and edits that break some.

The label ``consistent`` is true where people found the edited summary still borne out. What an
edit changed (the words that the unedited summary does not have, or the two beside words that it
lost) is taken as the marked error of an inconsistent summary. Read are JSON lines with ``text``,
``summary``, ``consistent``, ``seed_summary`` and ``edit_types``, and the published
``summedits_DOMAIN.json``, a list that calls them ``doc``, ``label`` (1 or 0) and
``original_summary``. The path ``hub`` reads the authors' copy there, with all domains in one table.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import ClassVar

from harness.benchmarks._hub import Copy, on_hub, rows
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, digest, places, records
from harness.records import Article, Judgement, Span

_WORD = re.compile(r"\w+")
FILES = ("summedits_*.json", "summedits/*.jsonl", "summedits/*.json", "*.jsonl")


@dataclass(frozen=True, slots=True)
class SummEdits:
    """SummEdits from the file ``path``, or from those in the folder ``path`` or its ``summedits``.

    Every file is a domain, by which thresholds are chosen: on the other domains.
    """

    path: str

    size: ClassVar[str] = "6,348 summaries in 10 domains"
    labels: ClassVar[str] = "consistent or not; the edit and its type"
    licence: ClassVar[str] = "Apache 2.0; texts of ten sources apart"
    citation: ClassVar[str] = "Laban et al., EMNLP 2023"
    source: ClassVar[str] = "github.com/salesforce/factualNLG, data/summedits"
    hub: ClassVar[Copy] = Copy(
        "Salesforce/summedits", "ce0c479aaf59259abb6b67e42248b2f49004b7d5", ("train",)
    )

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, file by file."""
        copy = on_hub(self.path, self.hub)
        if copy is not None:
            for _, record in rows(copy, self.source):
                yield _judgement(record, record.text("domain"))
            return
        for path in self._files():
            group = path.name.partition(".")[0].removeprefix("summedits_")
            for record in records(path):
                yield _judgement(record, group)

    def _files(self) -> list[Path]:
        found = places(self.path, *FILES)
        inner = [path for path in found if path.parent.name == "summedits"]
        return inner or found


def _judgement(record: Record, group: str) -> Judgement:
    text, summary = record.text("text", "doc"), record.text("summary")
    consistent = record.flag("consistent", "label")
    kinds = record.texts("edit_types") if record.has("edit_types") else ()
    spans: tuple[Span, ...] | None = ()
    if not consistent:
        only = kinds[0] if len(kinds) == 1 else None
        spans = _edits(record.text("seed_summary", "original_summary"), summary, only)
    return Judgement(
        Article(digest(text), text),
        summary,
        labels={"consistent": consistent},
        spans=spans,
        errors=() if consistent else kinds,
        group=group,
    )


def _edits(seed: str, edited: str, kind: str | None) -> tuple[Span, ...]:
    """Return where ``edited`` departs from ``seed``, word by word."""
    places = [word.span() for word in _WORD.finditer(edited)]
    old = _WORD.findall(seed.lower())
    new = [edited[a:b].lower() for a, b in places]
    found = []
    for tag, _, _, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in {"replace", "insert"}:
            found.append(Span(places[start][0], places[stop - 1][1], kind))
        elif tag == "delete":
            found += [Span(a, b, kind) for a, b in places[max(0, start - 1) : start + 1]]
    return tuple(found)


BENCHMARK: type[Benchmark] = SummEdits
