"""Agreement of every column with one dimension, at system, summary and sample level.

System level: the systems' mean scores against their mean judgements. Summary level: within each
article over its systems, averaged over the articles; one whose scores or judgements are all equal
has no coefficient, is left out and counted, as the literature does (Peyrard et al. 2017; Bhandari
et al. 2020). Sample level: all summaries at once. Intervals resample articles, systems or both, as
Deutsch, Dror and Roth (TACL 2021) advise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from harness.stats import correlation
from harness.stats.cube import BoolArray, FloatArray, IntArray
from harness.stats.ranks import Coefficients
from harness.validation import pooled
from harness.validation.by_article import averaged, within
from harness.validation.interval import Agreement, agreement
from harness.validation.points import Labels, Points
from harness.validation.weights import Weights

Level = Literal["system", "summary", "sample"]
Coefficient = Literal["pearson", "spearman", "kendall"]
LEVELS: tuple[Level, ...] = ("system", "summary", "sample")
COEFFICIENTS: tuple[Coefficient, ...] = ("pearson", "spearman", "kendall")
_EXACT = {
    "pearson": correlation.pearson,
    "spearman": correlation.spearman,
    "kendall": correlation.kendall,
}
Found = dict[tuple[Level, Coefficient], Agreement]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Means by article and system, (articles, systems), where ``there``."""

    x: FloatArray
    y: FloatArray
    there: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A coefficient from ``n`` things, and the same in every resample."""

    estimate: float | None
    resampled: Coefficients
    n: int
    left_out: int = 0


Named = tuple[tuple[Level, Coefficient], Measured]


def correlate(points: Points, labels: Labels, weights: Weights) -> list[Found]:
    """Return every row's agreement with a dimension; system and summary level need systems."""
    return [
        {
            key: agreement(one.estimate, one.resampled, one.n, one.left_out)
            for key, one in row.items()
        }
        for row in measure(points, labels, weights)
    ]


def measure(
    points: Points, labels: Labels, weights: Weights
) -> Iterator[dict[tuple[Level, Coefficient], Measured]]:
    """Yield every row's coefficients with their resamples; nothing for a row without scores."""
    everything = _spread(points, weights)
    known: dict[bytes, pooled.Series] = {}
    for row in range(len(points.rows)):
        use = points.there[row] & labels.there
        one: dict[tuple[Level, Coefficient], Measured] = {}
        if use.any():
            x, y, under = points.scores[row, use], labels.values[use], _kept(everything, use)
            key = use.tobytes()
            if key not in known:
                known[key] = pooled.series(y, under)
            one |= dict(_sample(x, y, under, known[key]))
            if points.ranked:
                one |= dict(_system(points, x, y, use, weights))
                one |= dict(_summary(points, x, y, use, weights))
        yield one


def _spread(points: Points, weights: Weights) -> FloatArray:
    """Return how often each summary is in each resample, (summaries, resamples)."""
    times = np.ascontiguousarray(weights.articles.T)[points.unit]
    return times * weights.systems.T[points.system] if points.ranked else times


def _kept(everything: FloatArray, use: BoolArray) -> FloatArray:
    return everything if use.all() else everything[use]


def _sample(
    x: FloatArray, y: FloatArray, under: FloatArray, ranked: pooled.Series
) -> Iterator[Named]:
    own = pooled.series(x, under)
    resampled = {
        "pearson": pooled.pearson(x, y, under, own, ranked),
        "spearman": pooled.spearman(own, ranked, under),
        "kendall": pooled.kendall(own, ranked, under),
    }
    for name in COEFFICIENTS:
        yield ("sample", name), Measured(_EXACT[name](x, y).one(), resampled[name], len(x))


def _system(
    points: Points, x: FloatArray, y: FloatArray, use: BoolArray, weights: Weights
) -> Iterator[Named]:
    place = (points.system[use], points.unit[use])
    shape = (len(points.systems), len(points.units))
    counts, sums_x, sums_y = (_summed(v, place, shape) for v in (np.ones(len(x)), x, y))
    there = counts.sum(axis=1) > 0
    means = [s.sum(axis=1)[there] / counts.sum(axis=1)[there] for s in (sums_x, sums_y)]
    under = counts @ weights.articles.T
    drawn_x, drawn_y = (
        _drawn(s @ weights.articles.T / np.maximum(under, 1), weights) for s in (sums_x, sums_y)
    )
    says = (_drawn(under, weights) > 0).all(axis=1)
    for name in COEFFICIENTS:
        found = _EXACT[name](drawn_x, drawn_y)
        resampled = Coefficients(found.values, found.defined & says)
        yield ("system", name), Measured(_EXACT[name](*means).one(), resampled, int(there.sum()))


def _summed(values: FloatArray, place: tuple[IntArray, ...], shape: tuple[int, int]) -> FloatArray:
    out = np.zeros(shape)
    np.add.at(out, place, values)
    return out


def _drawn(means: FloatArray, weights: Weights) -> FloatArray:
    """Return the systems drawn in every resample, (resamples, systems)."""
    held = np.broadcast_to(means.T, (weights.count, len(means)))
    drawn = np.broadcast_to(weights.drawn, (weights.count, len(means)))
    return np.asarray(np.take_along_axis(held, drawn, axis=1))


def grid(points: Points, x: FloatArray, y: FloatArray, use: BoolArray) -> Grid:
    """Return the cells; several summaries of one system of one article are averaged."""
    place = (points.article[use], points.system[use])
    shape = (int(points.article.max()) + 1, len(points.systems))
    counts = _summed(np.ones(len(x)), place, shape)
    held = [_summed(v, place, shape) / np.maximum(counts, 1) for v in (x, y)]
    return Grid(held[0], held[1], counts > 0)


def _summary(
    points: Points, x: FloatArray, y: FloatArray, use: BoolArray, weights: Weights
) -> Iterator[Named]:
    cells = grid(points, x, y, use)
    unit = np.zeros(len(cells.x), np.intp)
    unit[points.article] = points.unit
    observed = within(cells.x, cells.y, cells.there, np.ones((1, len(points.systems))))
    # Of few systems the same are drawn again and again: each draw is worked out once.
    drawn, draws = np.unique(weights.systems, axis=0, return_inverse=True)
    resampled = within(cells.x, cells.y, cells.there, drawn)
    several = cells.there.sum(axis=1) > 1
    for name in COEFFICIENTS:
        found: Coefficients = getattr(observed, name)
        own: Coefficients = getattr(resampled, name)
        repeated = Coefficients(own.values[:, draws], own.defined[:, draws])
        again = averaged(repeated, weights.articles[:, unit])
        n = int(found.defined.sum())
        yield ("summary", name), Measured(found.mean(), again, n, int(several.sum()) - n)
