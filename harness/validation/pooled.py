"""Coefficients over all summaries at once (sample level), of many weighted resamples at a time.

A resample says how often each summary is in it: weights are (points, resamples). Nothing is copied:
Pearson's r comes from weighted moments, ranks from cumulated weights, and tau-b from counts of
concordant pairs. Each equals the coefficient of the summaries written out as often as they were
drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harness.stats.cube import BoolArray, FloatArray, IntArray
from harness.stats.ranks import Coefficients
from harness.validation.concordance import concordance

BLOCK = 256
"""Points of all resamples that are multiplied at once, few enough for a processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One series of numbers under all resamples, by its distinct values.

    ``place`` is the position of each number's value, ``ranks`` (values, resamples) the mid-rank of
    each value less the mean rank, and ``spread`` the sum of their squares; ``untied`` counts the
    pairs of different value.
    """

    place: IntArray
    ranks: FloatArray
    spread: FloatArray
    untied: FloatArray


def series(values: FloatArray, weights: FloatArray) -> Series:
    """Rank a series (points) under weights (points, resamples)."""
    distinct, place = np.unique(values, return_inverse=True)
    order = np.argsort(place, kind="stable")
    times = weights[order]
    if len(distinct) < len(values):
        starts = np.searchsorted(place[order], np.arange(len(distinct)))
        times = np.add.reduceat(times, starts, axis=0)
    ranks = np.cumsum(times, axis=0)
    total = ranks[-1].copy()
    spread, tied = np.zeros_like(total), np.zeros_like(total)
    for part in _parts(len(distinct)):
        ranks[part] -= (times[part] + total) / 2
        spread += np.einsum("vr,vr,vr->r", times[part], ranks[part], ranks[part])
        tied += np.einsum("vr,vr->r", times[part], times[part])
    return Series(place, ranks, spread, (total**2 - tied) / 2)


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, start + BLOCK) for start in range(0, count, BLOCK))


def spearman(x: Series, y: Series, weights: FloatArray) -> Coefficients:
    """Return rho in every resample."""
    both = np.zeros(weights.shape[1])
    for part in _parts(len(weights)):
        ranks = (x.ranks[x.place[part]], y.ranks[y.place[part]])
        both += np.einsum("pr,pr,pr->r", weights[part], *ranks)
    return _ratio(both, np.sqrt(x.spread) * np.sqrt(y.spread), x, y)


def area(x: Series, positive: BoolArray, weights: FloatArray) -> Coefficients:
    """Return the area under the ROC curve in every resample: the positive above the negative."""
    good, above = _above(x, positive, weights)
    bad = weights.sum(axis=0) - good
    defined = (good > 0) & (bad > 0)
    share = np.divide(above, good * bad, out=np.zeros(len(good)), where=defined)
    return Coefficients(np.where(defined, np.clip(share + 0.5, 0, 1), 0.0), defined)


def _above(x: Series, positive: BoolArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the positives drawn, and half their pairs in order less half those out of order."""
    drawn, above = np.zeros(weights.shape[1]), np.zeros(weights.shape[1])
    at = np.flatnonzero(positive)
    for part in _parts(len(at)):
        own = weights[at[part]]
        drawn += own.sum(axis=0)
        above += np.einsum("pr,pr->r", own, x.ranks[x.place[at[part]]])
    return drawn, above


def pearson(
    x: FloatArray, y: FloatArray, weights: FloatArray, series_x: Series, series_y: Series
) -> Coefficients:
    """Return r in every resample, from weighted moments of the centred series."""
    x, y = x - x.mean(), y - y.mean()
    n, sx, sy, sxx, syy, sxy = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y]) @ weights
    n = np.maximum(n, 1)
    spread = np.sqrt(np.maximum(sxx - sx * sx / n, 0)) * np.sqrt(np.maximum(syy - sy * sy / n, 0))
    return _ratio(sxy - sx * sy / n, spread, series_x, series_y)


def kendall(x: Series, y: Series, weights: FloatArray) -> Coefficients:
    """Return tau-b in every resample."""
    apart = np.sqrt(np.maximum(x.untied, 1)) * np.sqrt(np.maximum(y.untied, 1))
    if len(y.ranks) == 2:  # every pair of different y is of one above and one below
        over = 2 * _above(x, y.place == 1, weights)[1]
    else:
        over = concordance(x.place, y.place, weights)
    return _ratio(over, apart, x, y)


def _ratio(over: FloatArray, under: FloatArray, x: Series, y: Series) -> Coefficients:
    defined = (x.untied > 0) & (y.untied > 0) & (under > 0)
    share = np.divide(over, under, out=np.zeros(len(over)), where=defined)
    return Coefficients(np.clip(share, -1.0, 1.0), defined)
