"""Coefficients of systems within each article (summary level), under resamples of the systems.

Everything is sums over pairs of systems, weighted by how often both were drawn, so that all
articles, columns and resamples are a few matrix products. A cell without a score or a judgement
takes part in no pair.
"""

from dataclasses import dataclass

import numpy as np

from harness.stats.cube import BoolArray, FloatArray
from harness.stats.ranks import Coefficients

BLOCK = 1 << 22
"""Numbers in a block of ranks: (articles, systems, resamples)."""


@dataclass(frozen=True, slots=True, eq=False)
class Three:
    """The three coefficients, (articles, resamples) each."""

    pearson: Coefficients
    spearman: Coefficients
    kendall: Coefficients


def within(x: FloatArray, y: FloatArray, there: BoolArray, systems: FloatArray) -> Three:
    """Correlate ``x`` with ``y``, (articles, systems), where ``there``, under (resamples, systems).

    Undefined for an article whose systems drawn all have one value, on either side.
    """
    first, second = np.triu_indices(x.shape[1], 1)
    together = systems[:, first] * systems[:, second]
    both = there[:, first] & there[:, second]
    dx = np.where(both, np.sign(x[:, first] - x[:, second]), 0.0)
    dy = np.where(both, np.sign(y[:, first] - y[:, second]), 0.0)
    untied_x, untied_y = np.abs(dx) @ together.T, np.abs(dy) @ together.T
    defined = (untied_x > 0) & (untied_y > 0)
    apart = np.sqrt(np.maximum(untied_x, 1)) * np.sqrt(np.maximum(untied_y, 1))
    return Three(
        _ratio(*_moments(x, y, there, systems), defined),
        _ratio(*_ranked(x, y, there, systems), defined),
        _ratio((dx * dy) @ together.T, apart, defined),
    )


def _moments(
    x: FloatArray, y: FloatArray, there: BoolArray, systems: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the covariance and the product of the deviations, times the number of systems."""
    x, y = _centred(x, there), _centred(y, there)
    n = np.maximum(there @ systems.T, 1)
    sx, sy, sxx, syy, sxy = (s @ systems.T for s in (x, y, x * x, y * y, x * y))
    spread = [np.sqrt(np.maximum(square - s * s / n, 0)) for s, square in ((sx, sxx), (sy, syy))]
    return sxy - sx * sy / n, spread[0] * spread[1]


def _centred(values: FloatArray, there: BoolArray) -> FloatArray:
    n = np.maximum(there.sum(axis=1, keepdims=True), 1)
    mean = np.where(there, values, 0.0).sum(axis=1, keepdims=True) / n
    return np.where(there, values - mean, 0.0)


def _ranked(
    x: FloatArray, y: FloatArray, there: BoolArray, systems: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the same of ranks; one less the mean rank is half the sum of signs to all others."""
    over = np.empty((len(x), len(systems)))
    under = np.empty_like(over)
    size = max(1, BLOCK // (x.shape[1] * len(systems)))
    for start in range(0, len(x), size):
        part = slice(start, start + size)
        weights = there[part, :, None] * systems.T[None]
        rx, ry = (_ranks(s[part], there[part], systems) for s in (x, y))
        over[part] = np.einsum("asr,asr,asr->ar", weights, rx, ry)
        squares = [np.einsum("asr,asr,asr->ar", weights, r, r) for r in (rx, ry)]
        under[part] = np.sqrt(squares[0]) * np.sqrt(squares[1])
    return over, under


def _ranks(values: FloatArray, there: BoolArray, systems: FloatArray) -> FloatArray:
    both = there[:, :, None] & there[:, None, :]
    signs = np.where(both, np.sign(values[:, :, None] - values[:, None, :]), 0.0)
    return np.asarray((signs @ systems.T) / 2)


def _ratio(over: FloatArray, under: FloatArray, defined: BoolArray) -> Coefficients:
    defined = defined & (under > 0)
    share = np.divide(over, under, out=np.zeros(over.shape), where=defined)
    return Coefficients(np.clip(share, -1.0, 1.0), defined)


def averaged(found: Coefficients, articles: FloatArray) -> Coefficients:
    """Return the mean over the articles drawn, (resamples, articles), where it is defined."""
    counts = np.einsum("ra,ar->r", *_fit(articles, found.defined.astype(np.float64)))
    sums = np.einsum("ra,ar->r", *_fit(articles, np.where(found.defined, found.values, 0.0)))
    return Coefficients(
        np.divide(sums, counts, out=np.zeros(len(sums)), where=counts > 0), counts > 0
    )


def _fit(articles: FloatArray, held: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Repeat whichever of the two was not resampled."""
    count = max(len(articles), held.shape[1])
    return (
        np.broadcast_to(articles, (count, articles.shape[1])),
        np.broadcast_to(held, (held.shape[0], count)),
    )
