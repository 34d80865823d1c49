"""Weighted sums over the articles that two rows both scored, for all pairs by one matrix product.

For weights w (draws of a bootstrap, or sign flips) the sum of w (x_a - x_b) is the difference of
two sums, one per row: so one product of scores and weights serves every pair of rows in every
column. Where a row misses articles, only those are multiplied once more, to be taken out of the
sums of the rows it is compared with. Articles of a cluster have one weight, so they are summed
first.
"""

from collections.abc import Iterator, Sequence
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

    def left_out(self, numbers: FloatArray, clusters: IntArray) -> "LeftOut":
        """Return what the partners' numbers (rows, articles) are on those articles, summed."""
        units, at = np.unique(clusters[self.articles], return_inverse=True)
        missed = numbers[self.partners[:, None], self.articles]
        sums = np.array([np.bincount(at, one, len(units)) for one in missed])
        return LeftOut(self.pairs, self.sign, units, sums)


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Sums (pairs, units) that some pairs must leave out, over some of the clusters."""

    pairs: IntArray
    sign: float
    units: IntArray
    sums: FloatArray

    def under(self, weights: FloatArray) -> FloatArray:
        """Return (pairs, draws) for weights (units, draws)."""
        return np.asarray(self.sums @ weights[self.units])


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
    """What the sums of some pairs need: scores as whole numbers, and who misses which article.

    ``summed`` holds the numbers by cluster, (columns, rows, units), and ``left_out`` what each
    column's pairs must leave out of them; ``counted`` holds both for how many articles there are.
    """

    cube: ScoreCube
    pairs: Pairs
    fixed: FixedPoint
    gaps: tuple[tuple[Gap, ...], ...]
    summed: FloatArray
    left_out: tuple[tuple[LeftOut, ...], ...]
    counted: tuple[tuple[FloatArray, tuple[LeftOut, ...]], ...]

    @classmethod
    def of(cls, cube: ScoreCube, pairs: Pairs) -> "SharedSums":
        """Prepare the sums of ``pairs``."""
        gaps = tuple(tuple(_gaps(cube, pairs, column)) for column in range(cube.columns))
        fixed = FixedPoint.of(cube)
        left_out = tuple(
            tuple(gap.left_out(numbers, cube.clusters) for gap in several)
            for numbers, several in zip(fixed.numbers, gaps, strict=True)
        )
        summed = _by_cluster(fixed.numbers, cube)
        return cls(cube, pairs, fixed, gaps, summed, left_out, tuple(_counted(cube, gaps)))

    def differences(self, weights: FloatArray) -> Iterator[FloatArray]:
        """Yield per column (pairs, draws): the weighted sum of first minus second, exactly."""
        by_unit = self._by_unit(weights)
        flat = self.summed.reshape(-1, self.summed.shape[2])
        totals = (flat @ by_unit).reshape(*self.summed.shape[:2], -1)
        for total, several in zip(totals, self.left_out, strict=True):
            yield self._difference(total, several, by_unit)

    def counts(self, weights: FloatArray) -> Iterator[FloatArray]:
        """Yield per column (pairs, draws): the weight of the articles that both scored."""
        by_unit = self._by_unit(weights)
        for column, counted in enumerate(self.counted):
            if not column or counted is not self.counted[column - 1]:
                count = self._count(*counted, by_unit)
            yield count

    def observed(self) -> Observed:
        """Return the differences on the articles that both rows scored."""
        ones = np.ones((1, self.cube.units))
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
        for column, gaps in enumerate(self.gaps):
            residue = self.fixed.residue(self.cube, column)
            total = _by_cluster(residue, self.cube) @ weights.T
            several = [gap.left_out(residue, self.cube.clusters) for gap in gaps]
            yield self._difference(total, several, weights.T)

    def _by_unit(self, weights: FloatArray) -> FloatArray:
        """Return weights as (units, draws), laid out so where single units are picked."""
        return np.ascontiguousarray(weights.T) if any(self.gaps) else weights.T

    def _difference(
        self, totals: FloatArray, left_out: Sequence[LeftOut], by_unit: FloatArray
    ) -> FloatArray:
        difference = totals[self.pairs.first]
        difference -= totals[self.pairs.second]
        for one in left_out:
            difference[one.pairs] += one.sign * one.under(by_unit)
        return difference

    def _count(
        self, there: FloatArray, left_out: Sequence[LeftOut], by_unit: FloatArray
    ) -> FloatArray:
        drawn = there @ by_unit
        if len(there) == 1:
            return np.broadcast_to(drawn, (len(self.pairs), drawn.shape[1]))
        count = np.asarray(drawn[self.pairs.first])
        for one in left_out:
            count[one.pairs] -= one.under(by_unit)
        return count

    def _gather(self, found: Iterator[FloatArray]) -> FloatArray:
        return np.array([f[:, 0] for f in found]).reshape(self.cube.columns, len(self.pairs))


def _by_cluster(numbers: FloatArray, cube: ScoreCube) -> FloatArray:
    """Return numbers (..., articles) as sums (..., units)."""
    if not cube.clustered:
        return numbers
    order = np.argsort(cube.clusters, kind="stable")
    starts = np.searchsorted(cube.clusters[order], np.arange(cube.units))
    flat = numbers.reshape(-1, numbers.shape[-1])
    sums = np.array([np.add.reduceat(row[order], starts) for row in flat])
    return sums.reshape(*numbers.shape[:-1], cube.units)


def _counted(
    cube: ScoreCube, gaps: Sequence[Sequence[Gap]]
) -> Iterator[tuple[FloatArray, tuple[LeftOut, ...]]]:
    """Yield per column how many articles each row scored, (rows, units), and what pairs leave out.

    One row stands for all where nothing is missing. Columns mostly miss the same articles, those
    without a summary: they then share what is yielded.
    """
    for column in range(cube.columns):
        if not column or (cube.present[..., column] != cube.present[..., column - 1]).any():
            there = cube.present[:, :, column].T.astype(np.float64)
            several = [gap for gap in gaps[column] if gap.sign < 0]
            left_out = tuple(gap.left_out(there, cube.clusters) for gap in several)
            found = _by_cluster(there if gaps[column] else there[:1], cube), left_out
        yield found


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
