"""What there is to read: articles, what every run wrote about each, and what is flagged in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.records import JSON, Article, Summary
from harness.runs import Run

Span = tuple[int, int]
"""Where a stretch of text begins and ends."""


@dataclass(frozen=True, slots=True)
class Second:
    """A second opinion on a flag: the spec of the metric that gave it, its answer and its words."""

    by: str
    supported: bool | None
    words: str
    probability: float | None = None

    @property
    def verdict(self) -> str:
        """What it says of the flag: confirmed, vetoed, or no answer."""
        if self.supported is None:
            return "no answer"
        return "vetoed" if self.supported else "confirmed"


@dataclass(frozen=True, slots=True)
class Flag:
    """A flagged span of a summary; ``found`` and ``evidence`` are spans of the article.

    ``seconds`` are what other metrics say of the flag, where any was asked.
    """

    at: Span
    type: str
    tier: str
    found: Span | None
    evidence: Span | None
    seconds: tuple[Second, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What one run wrote about an article, or its reason for writing nothing; and the flags.

    ``checked`` tells whether anything looked for flags at all.
    """

    summary: Summary
    flags: tuple[Flag, ...] = ()
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, and what each run wrote about it: None where it has not come to it."""

    article: Article
    written: tuple[Written | None, ...]


def readings(runs: Sequence[Run], wanted: Sequence[str]) -> list[Reading]:
    """Return what the runs wrote about the articles with these ids, in the order of the ids."""
    articles: dict[str, Article] = {}
    per_run = []
    for run in runs:
        ids = run.snapshot.ids()
        place = {article: i for i, article in enumerate(ids)}
        at = [place.get(article) for article in wanted]
        _add_articles(run, set(wanted) - articles.keys(), articles)
        per_run.append(_written(run, at))
    columns = zip(*per_run, strict=True)
    return [Reading(articles[i], tuple(w)) for i, w in zip(wanted, columns, strict=True)]


def _add_articles(run: Run, wanted: set[str], articles: dict[str, Article]) -> None:
    if wanted:
        batches = (batch for _, batch in run.snapshot.stream())
        articles |= {a.id: a for batch in batches for a in batch if a.id in wanted}


def _written(run: Run, at: Sequence[int | None]) -> list[Written | None]:
    """Return what a run wrote at some positions, None where it is not there."""
    summaries = run.summaries()
    found = {i: Written(summaries[i]) for i in at if i is not None and i < len(summaries)}
    for folder in run.record.metrics:
        for start, details in _details(run, folder, found):
            for i in [i for i in found if 0 <= i - start < len(details)]:
                found[i] = _with_flags(found[i], details[i - start])
    return [None if i is None else found.get(i) for i in at]


def _details(run: Run, folder: str, wanted: Collection[int]) -> list[tuple[int, Sequence[JSON]]]:
    """Return a metric's details by the position of the first, where it keeps any.

    Only ranges that hold a wanted position are read.
    """
    ranges = run.scores_kept(folder).ranges()
    ranges = [(start, stop) for start, stop in ranges if any(start <= i < stop for i in wanted)]
    kept = ((start, run.score_slice(folder, start, stop).details) for start, stop in ranges)
    return [(start, details) for start, details in kept if details is not None]


def _with_flags(written: Written, details: JSON) -> Written:
    """Add the claims that details tell of; details of another shape say nothing of flags."""
    claims = details.get("claims") if isinstance(details, Mapping) else None
    if not isinstance(claims, Sequence):
        return written
    told = {replace(flag, seconds=()): flag.seconds for flag in written.flags}
    for claim in claims:
        if not (isinstance(claim, Mapping) and claim.keys() >= _CLAIM):
            continue
        flag = _flag(claim)
        told[flag] = tuple(dict.fromkeys((*told.get(flag, ()), *_seconds(claim))))
    flags = [replace(flag, seconds=seconds) for flag, seconds in told.items()]
    return replace(written, flags=tuple(sorted(flags, key=lambda f: f.at)), checked=True)


_CLAIM = {"start", "end", "type", "tier", "found", "evidence"}
"""What a flag is told by."""


def _flag(claim: Any) -> Flag:
    return Flag(
        at=(claim["start"], claim["end"]),
        type=claim["type"],
        tier=claim["tier"],
        found=_span(claim["found"]),
        evidence=_span(claim["evidence"]),
    )


def _seconds(claim: Any) -> tuple[Second, ...]:
    """Return the opinion that a claim was given, as a tuple of one; of none where nobody was."""
    match claim.get("opinion"):
        case {
            "by": str(by),
            "supported": bool() | None as supported,
            "words": str(words),
            "probability": int() | float() | None as probability,
        }:
            return (Second(by, supported, words, probability),)
    return ()


def _span(evidence: Any) -> Span | None:
    return None if evidence is None else (evidence["start"], evidence["end"])
