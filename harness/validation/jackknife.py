"""Spearman's rho without each group of summaries in turn, without ranking all of them anew.

A centred rank is half the sum of signs, r(i) = 1/2 sum over j of sgn(x_i - x_j). Leaving out the
group D takes h(i) = 1/2 sum over d in D of sgn(x_i - x_d) from it, so that the new covariance is
the old one less sums over pairs within D and over D's points against all: the former are few, and
the latter are counts of points below a corner of the plane.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harness.stats.cube import FloatArray, IntArray
from harness.stats.ranks import Coefficients
from harness.validation import pooled

BLOCK = 1 << 22
"""Numbers in a block of weights: (groups left out, summaries)."""
CELL = 32
"""Points between two kept rows of the counts below a corner."""
PAIR_COST = 32
"""What a pair within a group costs, in summaries ranked anew for one group left out."""


def rho_without(x: FloatArray, y: FloatArray, group: IntArray) -> Coefficients:
    """Return rho of (points) without each of the groups, numbered 0 to G - 1 without a gap."""
    sizes = np.bincount(group)
    if PAIR_COST * int((sizes * sizes).sum()) > len(sizes) * len(x):
        return _ranked_anew(x, y, group)
    a, b = _Ranked.of(x), _Ranked.of(y)
    first, second = _pairs(group, sizes)
    own = [_half_signs(s.place, first, second) for s in (a, b)]
    own_x, own_y = own
    inside = a.rank * b.rank - a.rank * own_y - own_x * b.rank + own_x * own_y
    both = _corner_signs(a.place, b.place, first, second)
    against = a.against(b) + b.against(a)
    over = (a.rank * b.rank).sum() - np.bincount(group, inside + against / 2)
    over += np.bincount(group[first], both) / 4
    spread_x, spread_y = a.spread_without(group), b.spread_without(group)
    defined = (spread_x > 0) & (spread_y > 0)
    under = np.sqrt(np.where(defined, spread_x, 1.0)) * np.sqrt(np.where(defined, spread_y, 1.0))
    return Coefficients(np.where(defined, np.clip(over / under, -1.0, 1.0), 0.0), defined)


def _ranked_anew(x: FloatArray, y: FloatArray, group: IntArray) -> Coefficients:
    """Return the same by ranking what is left, which is quicker for a few large groups."""
    groups = int(group.max()) + 1
    values, defined = np.zeros(groups), np.zeros(groups, bool)
    size = max(1, BLOCK // len(x))
    for start in range(0, groups, size):
        part = np.arange(start, min(start + size, groups))
        weights = (group[:, None] != part[None, :]).astype(np.float64)
        rest = pooled.spearman(pooled.series(x, weights), pooled.series(y, weights), weights)
        values[part], defined[part] = rest.values, rest.defined
    return Coefficients(values, defined)


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """The position of each point's value, its centred mid-rank, and how many points share it."""

    place: IntArray
    rank: FloatArray
    ties: IntArray

    @classmethod
    def of(cls, values: FloatArray) -> "_Ranked":
        _, place, ties = np.unique(values, return_inverse=True, return_counts=True)
        ranks = np.cumsum(ties) - ties / 2 - len(values) / 2
        return cls(place, ranks[place], ties)

    def against(self, other: "_Ranked") -> FloatArray:
        """Return for each point d the sum over all i of rank(i) times the sign of other(i - d)."""
        sums = np.bincount(other.place, self.rank, len(other.ties))
        upto = np.cumsum(sums)
        return np.asarray((upto[-1] - upto - (upto - sums))[other.place])

    def spread_without(self, group: IntArray) -> FloatArray:
        """Return the sum of squared ranks without each group: (n^3 - sum of t^3) / 12."""
        groups = int(group.max()) + 1
        cells, lost = np.unique(group * len(self.ties) + self.place, return_counts=True)
        t = self.ties[cells % len(self.ties)].astype(np.float64)
        change = np.bincount(cells // len(self.ties), (t - lost) ** 3 - t**3, groups)
        left = (len(group) - np.bincount(group, minlength=groups)).astype(np.float64)
        return np.asarray((left**3 - (self.ties.astype(np.float64) ** 3).sum() - change) / 12)


def _pairs(group: IntArray, sizes: IntArray) -> tuple[IntArray, IntArray]:
    """Return every ordered pair of points of one group, each with itself too."""
    order = np.argsort(group, kind="stable")
    starts = np.cumsum(sizes) - sizes
    first = np.repeat(order, sizes[group[order]])
    run = np.arange(len(first)) - np.repeat(
        np.cumsum(sizes[group[order]]) - sizes[group[order]], sizes[group[order]]
    )
    return first, order[starts[group[first]] + run]


def _half_signs(place: IntArray, first: IntArray, second: IntArray) -> FloatArray:
    return np.bincount(first, np.sign(place[first] - place[second]), len(place)) / 2


def _corner_signs(x: IntArray, y: IntArray, first: IntArray, second: IntArray) -> FloatArray:
    """Return for pairs (d, e) the sum over all i of sgn(x_i - x_d) times sgn(y_i - y_e)."""
    a, b = x[first], y[second]
    n = len(x)
    counts_x, counts_y = np.bincount(x).cumsum(), np.bincount(y).cumsum()
    left, upto_a = np.concatenate([[0], counts_x])[a], counts_x[a]
    below, upto_b = np.concatenate([[0], counts_y])[b], counts_y[b]
    ll, lu, ul, uu = _below(x, y, [(a, b), (a, b + 1), (a + 1, b), (a + 1, b + 1)])
    same = ll + (n - upto_a - upto_b + uu)
    other = (left - lu) + (below - ul)
    return np.asarray((same - other).astype(np.float64))


def _below(
    x: IntArray, y: IntArray, corners: list[tuple[IntArray, IntArray]]
) -> Iterator[IntArray]:
    """Yield for each list of corners how many points have a lower x and a lower y."""
    order = np.argsort(x, kind="stable")
    ordered = y[order]
    width = int(y.max()) + 2
    rows = len(x) // CELL + 1
    table = np.zeros((rows, width), np.int32)
    cells = (np.arange(len(x)) // CELL + 1, ordered + 1)
    inner = cells[0] < rows
    np.add.at(table, (cells[0][inner], cells[1][inner]), 1)
    table = table.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    padded = np.concatenate([ordered, np.full(CELL, width)])
    ends = np.concatenate([[0], np.bincount(x).cumsum()])
    for a, b in corners:
        end = ends[a]
        row = end // CELL
        counts = table[row, b].astype(np.intp)
        size = max(1, BLOCK // CELL)
        for start in range(0, len(a), size):
            part = slice(start, start + size)
            at = row[part, None] * CELL + np.arange(CELL)
            counts[part] += ((at < end[part, None]) & (padded[at] < b[part, None])).sum(axis=1)
        yield counts
