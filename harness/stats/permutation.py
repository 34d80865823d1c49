"""Two-sided sign-flip test of paired differences, every pair of rows in every column at once.

Under the null hypothesis that two rows are exchangeable on every article, each article's
difference could as well have the other sign (Fisher 1935, section 21; for system comparisons
Smucker, Allan and Carterette 2007). The statistic is the sum of the differences; p is the share of
sign patterns whose sum is at least as far from 0 as the observed one:

    exact, all patterns:         p = c / 2^units
    Monte Carlo, B patterns:     p = (c + 1) / (B + 1)      (Phipson and Smyth 2010)

so that p is never 0. Articles of one cluster flip together. A pair is tested on the articles that
both rows scored; p is 1 where there are none, and where the observed sum is 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harness.stats.cube import FloatArray, IntArray, ScoreCube
from harness.stats.pairs import Pairs
from harness.stats.resampling import at_least, every_flip, flips
from harness.stats.sums import SharedSums


@dataclass(frozen=True, slots=True, eq=False)
class PValues:
    """P-values, (pairs, columns), and how many sign patterns each stands on.

    ``exact`` says that the patterns were all there are.
    """

    p: FloatArray
    patterns: IntArray
    exact: bool


def sign_flip_test(
    cube: ScoreCube, pairs: Pairs, *, patterns: int = 10_000, seed: int = 0
) -> PValues:
    """Test the pairs; all sign patterns where those are at most ``2 patterns``, else random ones.

    The seed fixes the patterns, the same for every pair and column. Sums that differ by rounding
    alone count as equal. Raises UsageError for fewer than 100 patterns.
    """
    at_least(patterns, "sign patterns")
    sums = SharedSums.of(cube, pairs)
    exact = cube.units <= patterns.bit_length() and 1 << (cube.units - 1) <= patterns
    if exact:
        # The patterns that keep the first sign; the others mirror them.
        total = 1 << (cube.units - 1)
        p = _as_far(sums, every_flip(cube, len(pairs))) / total
        return PValues(p.T, np.full(p.T.shape, 2 * total), exact)
    p = (_as_far(sums, flips(cube, patterns, seed, len(pairs))) + 1) / (patterns + 1)
    return PValues(p.T, np.full(p.T.shape, patterns), exact)


def _as_far(sums: SharedSums, blocks: Iterator[FloatArray]) -> IntArray:
    """Count, (columns, pairs), the patterns whose sum is as far from 0 as the observed one."""
    whole = sums.observed().whole
    # Each score is off by half a unit at most, so two equal sums by two units an article.
    bar = np.abs(whole) - 2 * len(sums.cube.articles)
    count = np.zeros(whole.shape, np.intp)
    for weights in blocks:
        for column, kept in enumerate(sums.differences(weights)):
            # Under flipped signs the sum is twice what keeps its sign, minus everything.
            signed = np.multiply(kept, 2, out=kept)
            signed -= whole[column, :, None]
            np.abs(signed, out=signed)
            count[column] += np.count_nonzero(signed >= bar[column, :, None], axis=1)
    return count
