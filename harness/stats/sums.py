"""Weighted sums over the articles that two rows both scored, for all pairs by one matrix product.

For weights w (draws of a bootstrap, or sign flips) the sum of w (x_a - x_b) is the difference of
two sums, one per row: so one product of scores and weights serves every pair of rows in every
column. Where a row misses articles, only those are multiplied once more, to be taken out of the
sums of the rows it is compared with.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harness.stats.cube import FloatArray, IntArray, ScoreCube
from harness.stats.fixedpoint import FixedPoint
from harness.stats.pairs import Pairs


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """What a row misses in a column, seen from the pairs in which it is the first, or the second.

    The sums of its ``partners`` in these ``pairs`` must leave out ``articles``; ``sign`` is that
    of the row, and so the opposite of the partners'.
    """

    articles: IntArray
    pairs: IntArray
    partners: IntArray
    sign: float

    def sums(self, numbers: FloatArray, weights: FloatArray) -> FloatArray:
        """Return what to leave out, (pairs, draws), of numbers (rows, articles)."""
        return np.asarray(numbers[self.partners[:, None], self.articles] @ weights[self.articles])


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """Observed differences, (columns, pairs) each; 0 where the pair shares no article.

    ``whole`` is the sum in whole numbers and ``coarse`` the mean on that grid, which resampled
    means compare with; ``mean`` is the mean difference of the scores as they are, and ``n`` the
    number of articles that both rows scored.
    """

    whole: FloatArray
    coarse: FloatArray
    mean: FloatArray
    n: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class SharedSums:
    """What the sums of some pairs need: scores as whole numbers, and who misses which article."""

    cube: ScoreCube
    pairs: Pairs
    fixed: FixedPoint
    gaps: tuple[tuple[Gap, ...], ...]

    @classmethod
    def of(cls, cube: ScoreCube, pairs: Pairs) -> "SharedSums":
        """Prepare the sums of ``pairs``."""
        gaps = tuple(tuple(_gaps(cube, pairs, column)) for column in range(cube.columns))
        return cls(cube, pairs, FixedPoint.of(cube), gaps)

    def differences(self, weights: FloatArray) -> Iterator[FloatArray]:
        """Yield per column (pairs, draws): the weighted sum of first minus second, exactly."""
        numbers, by_article = self.fixed.numbers, self._by_article(weights)
        flat = numbers.reshape(-1, numbers.shape[2])
        totals = (flat @ by_article).reshape(*numbers.shape[:2], -1)
        for column, total in enumerate(totals):
            yield self._difference(column, total, numbers[column], by_article)

    def counts(self, weights: FloatArray) -> Iterator[FloatArray]:
        """Yield per column (pairs, draws): the weight of the articles that both scored."""
        by_article, present = self._by_article(weights), self.cube.present
        for column in range(self.cube.columns):
            # Columns mostly miss the same articles: those without a summary.
            if not column or (present[..., column] != present[..., column - 1]).any():
                count = self._count(column, by_article)
            yield count

    def observed(self) -> Observed:
        """Return the differences on the articles that both rows scored."""
        ones = np.ones((1, len(self.cube.articles)))
        whole = self._gather(self.differences(ones))
        rest = self._gather(self._rest(ones))
        n = self._gather(self.counts(ones))
        each = np.maximum(n, 1.0)
        coarse = self.fixed.scaled(whole) / each
        return Observed(whole, coarse, coarse + rest / each, n.astype(np.intp))

    def units(self) -> IntArray:
        """Return per column and pair how many clusters hold an article that both scored."""
        n = np.empty((self.cube.columns, len(self.pairs)), np.intp)
        for k, (a, b) in enumerate(zip(self.pairs.first, self.pairs.second, strict=True)):
            both = self.cube.present[:, a] & self.cube.present[:, b]
            n[:, k] = [len(np.unique(self.cube.clusters[there])) for there in both.T]
        return n

    def _rest(self, weights: FloatArray) -> Iterator[FloatArray]:
        """Yield what rounding to whole numbers took from the differences."""
        for column in range(self.cube.columns):
            residue = self.fixed.residue(self.cube, column)
            yield self._difference(column, residue @ weights.T, residue, weights.T)

    def _by_article(self, weights: FloatArray) -> FloatArray:
        """Return weights as (articles, draws), laid out so where single articles are picked."""
        return np.ascontiguousarray(weights.T) if any(self.gaps) else weights.T

    def _difference(
        self, column: int, totals: FloatArray, numbers: FloatArray, by_article: FloatArray
    ) -> FloatArray:
        difference = totals[self.pairs.first]
        difference -= totals[self.pairs.second]
        for gap in self.gaps[column]:
            difference[gap.pairs] += gap.sign * gap.sums(numbers, by_article)
        return difference

    def _count(self, column: int, by_article: FloatArray) -> FloatArray:
        if not self.gaps[column]:
            drawn = by_article.sum(axis=0)
            return np.broadcast_to(drawn, (len(self.pairs), len(drawn)))
        present = self.cube.present[:, :, column].T.astype(np.float64)
        count = np.asarray((present @ by_article)[self.pairs.first])
        for gap in self.gaps[column]:
            if gap.sign < 0:
                count[gap.pairs] -= gap.sums(present, by_article)
        return count

    def _gather(self, found: Iterator[FloatArray]) -> FloatArray:
        return np.array([f[:, 0] for f in found]).reshape(self.cube.columns, len(self.pairs))


def _gaps(cube: ScoreCube, pairs: Pairs, column: int) -> Iterator[Gap]:
    absent = ~cube.present[:, :, column]
    for row in np.flatnonzero(absent.any(axis=0)):
        for own, others, sign in (
            (pairs.first, pairs.second, 1.0),
            (pairs.second, pairs.first, -1.0),
        ):
            where = np.flatnonzero(own == row)
            if len(where):
                yield Gap(np.flatnonzero(absent[:, row]), where, others[where], sign)
