"""XSumFaith (Maynez, Narayan, Bohnet and McDonald, ACL 2020): words that XSum's articles lack.

Three people marked what each summary says without the article. ``faithfulness`` is the share of
people who marked nothing, the label ``consistent`` true where most did; a character is an error
where at least half of the people marked it. Read is
``hallucination_annotations_xsum_summaries.csv`` as published: ``bbcid``, ``system``, ``summary``,
``hallucination_type`` (NULL for none), ``hallucinated_span``, ``worker_id``; and beside it the
articles, which it does not hold: ``articles.jsonl`` with ``id`` (the bbcid) and ``text`` (or
``document``, as XSum calls it). The system ``Gold`` is XSum's own reference: the others' reference.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from harness.benchmarks._folder import article, articles
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, places, records
from harness.records import Article, Judgement, Span

GOLD = "Gold"
_NONE = "NULL"
Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class XSumFaith:
    """XSumFaith from the folder ``path``, or from ``xsumfaith`` in it."""

    path: str

    size: ClassVar[str] = "500 articles x 4 systems and the reference"
    labels: ClassVar[str] = "unsupported spans, intrinsic or extrinsic; 3 people"
    licence: ClassVar[str] = "CC BY 4.0; articles of BBC apart"
    citation: ClassVar[str] = "Maynez et al., ACL 2020"
    source: ClassVar[str] = "github.com/google-research-datasets/xsum_hallucination_annotations"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, article by article in the order of the file."""
        name = "hallucination_annotations_xsum_summaries.csv"
        table = places(self.path, name, f"xsumfaith/{name}")[0]
        known = articles(places(str(table.parent), "articles.jsonl")[0])
        rows: dict[tuple[str, str], list[Record]] = {}
        for record in records(table):
            rows.setdefault((record.text("bbcid"), record.text("system")), []).append(record)
        gold = {key[0]: said[0].text("summary") for key, said in rows.items() if key[1] == GOLD}
        for (name, system), said in rows.items():
            about = article(said[0], known, "bbcid")
            if system != GOLD and name in gold:
                about = Article(about.id, about.text, (gold[name],))
            yield _judgement(about, system, said)


def _judgement(about: Article, system: str, said: Sequence[Record]) -> Judgement:
    summary = said[0].text("summary")
    by_worker = sorted(said, key=lambda r: r.text("worker_id"))
    people = [list(g) for _, g in groupby(by_worker, key=lambda r: r.text("worker_id"))]
    marks = [[m for r in rows if (m := _mark(r, summary))] for rows in people]
    clean = [all(r.text("hallucination_type") == _NONE for r in rows) for rows in people]
    kinds = [{r.text("hallucination_type") for r in rows} - {_NONE} for rows in people]
    named = Counter(kind for found in kinds for kind in found)
    return Judgement(
        about,
        summary,
        system,
        human={"faithfulness": sum(clean) / len(clean)},
        labels={"consistent": 2 * sum(clean) > len(clean)},
        spans=tuple(_agreed(marks, len(summary))),
        errors=tuple(sorted(k for k, n in named.items() if 2 * n >= len(people))),
        ratings={"consistent": (tuple(map(float, clean)),)},
    )


def _mark(record: Record, summary: str) -> Mark | None:
    """Return what a row marks; by its words, since published offsets count from 0 or from 1."""
    kind = record.text("hallucination_type")
    words = record.text("hallucinated_span") if kind != _NONE else ""
    start = summary.find(words) if words else -1
    return (start, start + len(words), kind) if start >= 0 else None


def _agreed(marks: Sequence[Sequence[Mark]], size: int) -> Iterator[Span]:
    """Yield the stretches that at least half of the people marked."""
    votes = [sum(any(a <= i < b for a, b, _ in own) for own in marks) for i in range(size)]
    start = 0
    for wrong, run in groupby(votes, key=lambda n: 2 * n >= len(marks)):
        end = start + len(list(run))
        if wrong:
            over = Counter(k for own in marks for a, b, k in own if a < end and b > start)
            yield Span(start, end, over.most_common(1)[0][0])
        start = end


BENCHMARK: type[Benchmark] = XSumFaith
