"""Every pair of rows in every column: how far apart, and whether that is more than chance."""

import math
from dataclasses import dataclass

import numpy as np

from harness.errors import UsageError
from harness.stats.cube import BoolArray, FloatArray, IntArray, ScoreCube
from harness.stats.letters import sign_of
from harness.stats.multiplicity import holm
from harness.stats.pairs import Pairs, all_pairs
from harness.stats.permutation import PValues, sign_flip_test
from harness.stats.student import check_share
from harness.stats.sums import SharedSums

FEW = 10
"""Patterns as extreme as the observed one below which a p-value is worth sharpening."""


@dataclass(frozen=True, slots=True)
class PairedTest:
    """Two rows in one column: the mean of first minus second on the ``n`` articles both scored.

    ``p`` is the two-sided sign-flip p-value and ``adjusted`` the same after Holm over all pairs of
    the column.
    """

    difference: float
    n: int
    p: float
    adjusted: float


@dataclass(frozen=True, slots=True, eq=False)
class PairedTests:
    """The tests of all pairs of ``rows`` rows, (pairs, columns) each; read them with ``at``.

    ``patterns`` is how many sign patterns each p-value stands on, all of them where ``exact``.
    """

    rows: int
    pairs: Pairs
    difference: FloatArray
    n: IntArray
    p: FloatArray
    adjusted: FloatArray
    patterns: IntArray
    exact: bool
    alpha: float

    def at(self, first: int, second: int, column: int) -> PairedTest | None:
        """Return the test of two different rows, or None where they share no scored article."""
        if first == second:
            msg = f"Row {first} was to be tested against itself. Name two different rows."
            raise UsageError(msg)
        one, other = sorted((first, second))
        k = one * self.rows - one * (one + 1) // 2 + other - one - 1, column
        if not self.n[k]:
            return None
        difference = float(self.difference[k])
        if first != one:
            difference = 0.0 - difference  # and no minus sign before a zero
        return PairedTest(difference, int(self.n[k]), float(self.p[k]), float(self.adjusted[k]))

    def beats(self, column: int, better: str) -> BoolArray:
        """Return (rows, rows): whether the row beats the other significantly, after Holm.

        ``better`` is the column's better direction, "higher" or "lower".
        """
        gain = np.zeros((self.rows, self.rows))
        real = self.adjusted[:, column] <= self.alpha
        ahead = np.where(real, sign_of(better) * self.difference[:, column], 0.0)
        gain[self.pairs.first, self.pairs.second] = ahead
        gain[self.pairs.second, self.pairs.first] = -ahead
        return gain > 0


def compare_pairs(
    cube: ScoreCube, *, patterns: int = 10_000, seed: int = 0, alpha: float = 0.05
) -> PairedTests:
    """Test every pair of rows in every column, and correct with Holm over each column's pairs.

    With m pairs, B patterns can never bring an adjusted p below m / (B + 1), so that among 33 rows
    10,000 patterns could show no difference of any size at 0.05. Where m / alpha is more than
    ``patterns``, the pairs that fewer than ten patterns reached are therefore tested again, on
    m / alpha patterns. Every p stays valid: a rejection at a level above those ten is one of the
    first test, a rejection below it one of the second.
    """
    check_share(alpha, "significance level")
    pairs = all_pairs(cube.rows)
    seen = SharedSums.of(cube, pairs).observed()
    n = seen.n.T
    found = sign_flip_test(cube, pairs, patterns=patterns, seed=seed)
    more = math.ceil(len(pairs) / alpha)
    if more > patterns and not found.exact:
        found = _sharpened(cube, pairs, found, more, seed)
    adjusted = holm(found.p, n > 0)
    return PairedTests(
        cube.rows, pairs, seen.mean.T, n, found.p, adjusted, found.patterns, found.exact, alpha
    )


def _sharpened(cube: ScoreCube, pairs: Pairs, found: PValues, more: int, seed: int) -> PValues:
    """Test again, on ``more`` patterns, the pairs that the patterns so far hardly reached."""
    p, patterns = found.p.copy(), found.patterns.copy()
    few = np.rint(p * (patterns + 1)) <= FEW
    for column in np.flatnonzero(few.any(axis=0)).tolist():
        again = np.flatnonzero(few[:, column])
        finer = sign_flip_test(cube.column(column), pairs[again], patterns=more, seed=seed)
        p[again, column], patterns[again, column] = finer.p[:, 0], finer.patterns[:, 0]
    return PValues(p, patterns, False)
