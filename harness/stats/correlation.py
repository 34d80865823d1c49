"""Pearson's r, Spearman's rho and Kendall's tau-b along the last axis, many pairs at a time.

All lie in [-1, 1]: 1 for the same order (for r, the same straight line), -1 for the opposite, 0 for
no such relation. None is defined for fewer than two points or where either side is constant.
"""

import math

import numpy as np
from numpy.typing import NDArray

from harness.errors import InputError
from harness.stats.cube import BoolArray, FloatArray, IntArray
from harness.stats.ranks import Coefficients, average_ranks

SHORT = 512
"""Points up to which comparing all pairs at once is quicker than sorting each series."""

BATCH = 1 << 16
"""Series whose pairs are compared at a time: what bounds the memory."""


def pearson(x: FloatArray, y: FloatArray) -> Coefficients:
    """Return the product-moment correlation (Pearson 1895) of ``x`` and ``y``, (..., points)."""
    x, y, defined = _prepare(x, y)
    return Coefficients(np.where(defined, _product_moment(x, y, defined), 0.0), defined)


def spearman(x: FloatArray, y: FloatArray) -> Coefficients:
    """Return the rank correlation (Spearman 1904): Pearson's r of average ranks."""
    x, y, defined = _prepare(x, y)
    r = _product_moment(average_ranks(x), average_ranks(y), defined)
    return Coefficients(np.where(defined, r, 0.0), defined)


def kendall(x: FloatArray, y: FloatArray) -> Coefficients:
    """Return tau-b (Kendall 1945).

    With C concordant and D discordant pairs of points, and T_x, T_y pairs not tied in x, in y:
    (C - D) / sqrt(T_x T_y).
    """
    x, y, defined = _prepare(x, y)
    shape, n = x.shape[:-1], x.shape[-1]
    x, y = (s.reshape(math.prod(shape), n) for s in (x, y))
    if n <= SHORT:
        parts = [_by_pairs(x[i : i + BATCH], y[i : i + BATCH]) for i in range(0, len(x), BATCH)]
        counts = np.concatenate(parts or [np.zeros((0, 3), np.intp)])
    else:
        counts = np.array([_by_sorting(a, b) for a, b in zip(x, y, strict=True)]).reshape(-1, 3)
    over, untied = counts[:, 0], counts[:, 1:].astype(np.float64)
    tau = over / np.sqrt(np.maximum(untied[:, 0], 1)) / np.sqrt(np.maximum(untied[:, 1], 1))
    return Coefficients(np.where(defined, np.clip(tau, -1, 1).reshape(shape), 0.0), defined)


def _prepare(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    x, y = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
    if not x.ndim or not (np.isfinite(x).all() and np.isfinite(y).all()):
        msg = (
            "A correlation takes two series of finite numbers. Leave out the points where either "
            "side is unscored."
        )
        raise InputError(msg)
    varies = [(s != s[..., :1]).any(axis=-1) for s in (x, y)]
    return x, y, np.asarray(varies[0] & varies[1])


def _product_moment(x: FloatArray, y: FloatArray, defined: BoolArray) -> FloatArray:
    if not x.shape[-1]:
        return np.zeros(defined.shape)
    x, y = (_direction(s - s.mean(axis=-1, keepdims=True)) for s in (x, y))
    return np.asarray(np.clip(np.einsum("...i,...i->...", x, y), -1.0, 1.0))


def _direction(series: FloatArray) -> FloatArray:
    """Return vectors of length 1; scaled first, so that squares neither vanish nor overflow."""
    scale = np.abs(series).max(axis=-1, keepdims=True)
    series = series / np.where(scale > 0, scale, 1.0)
    length = np.sqrt(np.einsum("...i,...i->...", series, series))[..., None]
    return np.asarray(series / np.where(length > 0, length, 1.0))


def _by_pairs(x: FloatArray, y: FloatArray) -> IntArray:
    """Return C - D, T_x and T_y of each series by looking at all pairs of points."""
    counts = np.zeros((len(x), 3), np.intp)
    for i in range(x.shape[1] - 1):
        dx, dy = (_order(s[:, i : i + 1], s[:, i + 1 :]) for s in (x, y))
        counts[:, 0] += np.sum(dx * dy, axis=1, dtype=np.intp)
        counts[:, 1] += np.count_nonzero(dx, axis=1)
        counts[:, 2] += np.count_nonzero(dy, axis=1)
    return counts


def _order(one: FloatArray, other: FloatArray) -> NDArray[np.int8]:
    """Return 1, 0 or -1 as one is above, at or below the other."""
    return (one > other).astype(np.int8) - (one < other).astype(np.int8)


def _by_sorting(x: FloatArray, y: FloatArray) -> tuple[int, int, int]:
    """Return C - D, T_x and T_y of one long series in n log n steps (Knight 1966)."""
    total = len(x) * (len(x) - 1) // 2
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    untied_x, untied_y = total - _tied(x[:, None]), total - _tied(np.sort(y)[:, None])
    untied_both = untied_x + untied_y - total + _tied(np.stack([x, y], axis=1))
    discordant = _inversions(np.unique(y, return_inverse=True)[1])
    return untied_both - 2 * discordant, untied_x, untied_y


def _tied(ordered: FloatArray) -> int:
    """Return how many pairs of rows of a sorted table are equal."""
    new = np.flatnonzero((ordered[1:] != ordered[:-1]).any(axis=1)) + 1
    runs = np.diff(np.concatenate([[0], new, [len(ordered)]]))
    return int((runs * (runs - 1) // 2).sum())


def _inversions(values: IntArray) -> int:
    """Return how many pairs of whole numbers stand in falling order.

    Bit by bit from the highest: two numbers fall where, of those alike in all higher bits, one
    with the bit set stands before one without. Numbers are kept grouped by their higher bits, in
    their given order within each group.
    """
    found = 0
    for bit in reversed(range(int(values.max(initial=0)).bit_length())):
        values = values[np.argsort(values >> (bit + 1), kind="stable")]
        group, one = values >> (bit + 1), (values >> bit) & 1
        before = np.cumsum(one) - one
        starts = np.searchsorted(group, group)
        found += int((before - before[starts])[one == 0].sum())
    return found
