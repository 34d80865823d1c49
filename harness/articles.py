"""Where two candidates differ most: article by article, and by what kind of article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from harness.comparison import Heading, compare
from harness.errors import UsageError, nearest
from harness.records import Article
from harness.runs import Run
from harness.stats.bootstrap import Interval, difference_intervals
from harness.stats.cube import FloatArray, ScoreCube
from harness.stats.pairs import Pairs
from harness.text.words import count_words

BUCKETS = 3


@dataclass(frozen=True, slots=True)
class Contrast:
    """One article: both scores, unscaled, and both summaries."""

    article: str
    first: float
    second: float
    first_summary: str
    second_summary: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """A third of the articles by a measure, from ``low`` to ``high``, and the difference there."""

    measure: str
    low: float
    high: float
    first: float
    second: float
    difference: Interval


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Two runs in one column: the articles from first's biggest win to its biggest loss."""

    first: str
    second: str
    heading: Heading
    articles: tuple[Contrast, ...]
    buckets: tuple[Bucket, ...]


def contrasts(first: Run, second: Run, column: str) -> Contrasts:
    """Compare two runs article by article, on the articles that both scored.

    Raises UsageError for an unknown column, and where no article was scored for both.
    """
    comparison = compare([first, second])
    names = [h.column.name for h in comparison.headings]
    if column not in names:
        msg = f"There is no column {column!r} in both runs. {nearest(column, names)}"
        raise UsageError(msg)
    at = names.index(column)
    both = np.flatnonzero(comparison.present[:, :, at].all(axis=1))
    if not len(both):
        msg = f"No article has a {column} in both runs, so that nothing can be compared."
        raise UsageError(msg)
    scores = comparison.values[both][:, :, at]
    articles = [a for _, batch in first.snapshot.stream() for a in batch]
    kept = [articles[i] for i in both.tolist()]
    return Contrasts(
        first.record.name,
        second.record.name,
        comparison.headings[at],
        _ordered(kept, scores, _texts(first, both), _texts(second, both)),
        tuple(_buckets(kept, scores, _texts(first, both))),
    )


def _texts(run: Run, at: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> list[str]:
    summaries = run.summaries(0, int(at.max()) + 1)
    return [summaries[i].text or "" for i in at.tolist()]


def _ordered(
    articles: Sequence[Article], scores: FloatArray, one: Sequence[str], two: Sequence[str]
) -> tuple[Contrast, ...]:
    order = np.argsort(-(scores[:, 0] - scores[:, 1]), kind="stable").tolist()
    return tuple(
        Contrast(articles[i].id, float(scores[i, 0]), float(scores[i, 1]), one[i], two[i])
        for i in order
    )


def _buckets(
    articles: Sequence[Article], scores: FloatArray, summaries: Sequence[str]
) -> list[Bucket]:
    measures: dict[str, Callable[[int], float]] = {
        "article words": lambda i: count_words(articles[i].text),
        "reference words": lambda i: count_words(" ".join(articles[i].references[:1])),
        "copied by the first, %": lambda i: 100 * _copied(articles[i].text, summaries[i]),
    }
    found = []
    for name, measure in measures.items():
        values = np.array([measure(i) for i in range(len(articles))], float)
        if len(set(values.tolist())) > 1:
            found += _thirds(name, values, articles, scores)
    return found


def _copied(article: str, summary: str) -> float:
    """Return the share of a summary's word pairs that stand in the article."""
    own, theirs = summary.lower().split(), article.lower().split()
    pairs, known = list(pairwise(own)), set(pairwise(theirs))
    return sum(p in known for p in pairs) / len(pairs) if pairs else 0.0


def _thirds(
    name: str, values: FloatArray, articles: Sequence[Article], scores: FloatArray
) -> list[Bucket]:
    order = np.argsort(values, kind="stable")
    found = []
    for part in np.array_split(order, min(BUCKETS, len(order))):
        cube = ScoreCube.of([articles[i].id for i in part.tolist()], scores[part][:, :, None])
        pair = Pairs(np.array([0]), np.array([1]))
        interval = difference_intervals(cube, pair).at(0, 0)
        if interval is not None:
            low, high = float(values[part].min()), float(values[part].max())
            first, second = scores[part].mean(axis=0).tolist()
            found.append(Bucket(name, low, high, first, second, interval))
    return found


def as_text(found: Contrasts, most: int = 3) -> str:
    """Return the buckets, then the biggest wins and losses with both summaries, to read."""
    scale = found.heading.column.scale
    name = found.heading.column.name
    lines = [f"{name}: {found.first} against {found.second}, {len(found.articles)} articles", ""]
    lines += [_bucket(b, scale) for b in found.buckets]
    wins = [c for c in found.articles if c.first > c.second][:most]
    losses = [c for c in reversed(found.articles) if c.first < c.second][:most]
    for title, chosen in ((f"{found.first} higher", wins), (f"{found.second} higher", losses)):
        lines += ["", f"-- {title} --"]
        for c in chosen:
            lines += ["", f"{c.article}: {scale * c.first:.2f} and {scale * c.second:.2f}"]
            lines += [f"  {found.first}: {_one_line(c.first_summary)}"]
            lines += [f"  {found.second}: {_one_line(c.second_summary)}"]
    return "\n".join(lines) + "\n"


def _bucket(bucket: Bucket, scale: float) -> str:
    found = bucket.difference
    return (
        f"{bucket.measure:<24} {bucket.low:7.0f} to {bucket.high:7.0f}  n {found.n:5}  "
        f"{scale * bucket.first:7.2f} {scale * bucket.second:7.2f}  "
        f"{scale * found.estimate:+7.2f} [{scale * found.low:+.1f}, {scale * found.high:+.1f}]"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
