"""Coefficients over all summaries at once (sample level), of many weighted resamples at a time.

A resample says how often each summary is in it. Nothing is copied: Pearson's r comes from weighted
moments, ranks from cumulated weights, and tau-b from one product of the matrix of concordant pairs
with all resamples. Each equals the coefficient of the summaries written out as often as they were
drawn.
"""

from dataclasses import dataclass

import numpy as np

from harness.stats.cube import BoolArray, FloatArray, IntArray
from harness.stats.ranks import Coefficients

BLOCK_BYTES = 1 << 26
"""Most memory for a block of the matrix of pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One series of numbers under all resamples, by its distinct values.

    ``place`` is the position of each number's value, ``ranks`` (resamples, values) the mid-rank of
    each value less the mean rank, and ``spread`` the sum of their squares; ``untied`` counts the
    pairs of different value.
    """

    place: IntArray
    ranks: FloatArray
    spread: FloatArray
    untied: FloatArray


def series(values: FloatArray, weights: FloatArray) -> Series:
    """Rank a series (points) under weights (resamples, points)."""
    distinct, place = np.unique(values, return_inverse=True)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(len(distinct)))
    times = np.add.reduceat(weights[:, order], starts, axis=1)
    total = times.sum(axis=1, keepdims=True)
    ranks = np.cumsum(times, axis=1) - times / 2 - total / 2
    untied = (total[:, 0] ** 2 - np.einsum("rv,rv->r", times, times)) / 2
    return Series(place, ranks, np.einsum("rv,rv,rv->r", times, ranks, ranks), untied)


def spearman(x: Series, y: Series, weights: FloatArray) -> Coefficients:
    """Return rho in every resample."""
    both = np.einsum("rp,rp,rp->r", weights, x.ranks[:, x.place], y.ranks[:, y.place])
    return _ratio(both, np.sqrt(x.spread) * np.sqrt(y.spread), x, y)


def area(x: Series, positive: BoolArray, weights: FloatArray) -> Coefficients:
    """Return the area under the ROC curve in every resample: the positive above the negative."""
    own = weights[:, positive]
    good, bad = own.sum(axis=1), weights[:, ~positive].sum(axis=1)
    above = np.einsum("rp,rp->r", own, x.ranks[:, x.place[positive]])
    defined = (good > 0) & (bad > 0)
    share = np.divide(above, good * bad, out=np.zeros(len(own)), where=defined)
    return Coefficients(np.where(defined, np.clip(share + 0.5, 0, 1), 0.0), defined)


def pearson(
    x: FloatArray, y: FloatArray, weights: FloatArray, series_x: Series, series_y: Series
) -> Coefficients:
    """Return r in every resample, from weighted moments of the centred series."""
    x, y = x - x.mean(), y - y.mean()
    moments = weights @ np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=1)
    n, sx, sy, sxx, syy, sxy = moments.T
    n = np.maximum(n, 1)
    spread = np.sqrt(np.maximum(sxx - sx * sx / n, 0)) * np.sqrt(np.maximum(syy - sy * sy / n, 0))
    return _ratio(sxy - sx * sy / n, spread, series_x, series_y)


def kendall(
    x: FloatArray, y: FloatArray, weights: FloatArray, sx: Series, sy: Series
) -> Coefficients:
    """Return tau-b in every resample."""
    apart = np.sqrt(np.maximum(sx.untied, 1)) * np.sqrt(np.maximum(sy.untied, 1))
    return _ratio(_concordance(x, y, weights), apart, sx, sy)


def _concordance(x: FloatArray, y: FloatArray, weights: FloatArray) -> FloatArray:
    """Return concordant less discordant pairs.

    Half of w' Z w with Z the signs of all pairs. Single precision is exact: every sum is a whole
    number of at most the number of summaries drawn, and that is far below 2^24.
    """
    if len(np.unique(y)) == 2:
        return _two_classes(x, y == y.max(), weights)
    columns = np.ascontiguousarray(weights.T, np.float32)
    found = np.zeros(len(weights))
    size = max(1, BLOCK_BYTES // (4 * max(len(x), len(weights))))
    for start in range(0, len(x), size):
        part = slice(start, start + size)
        signs = _signs(x[part], x) * _signs(y[part], y)
        found += np.einsum("pr,pr->r", signs @ columns, columns[part], dtype=np.float64)
    return found / 2


def _two_classes(x: FloatArray, above: BoolArray, weights: FloatArray) -> FloatArray:
    """Return the same from ranks alone: every pair of different y is of one above and one below."""
    ranks = series(x, weights)
    over = np.einsum("rp,rp->r", weights[:, above], ranks.ranks[:, ranks.place[above]])
    return np.asarray(2 * over)


def _signs(
    one: FloatArray, other: FloatArray
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    high, low = one[:, None] > other[None, :], one[:, None] < other[None, :]
    return high.astype(np.float32) - low


def _ratio(over: FloatArray, under: FloatArray, x: Series, y: Series) -> Coefficients:
    defined = (x.untied > 0) & (y.untied > 0) & (under > 0)
    share = np.divide(over, under, out=np.zeros(len(over)), where=defined)
    return Coefficients(np.clip(share, -1.0, 1.0), defined)
