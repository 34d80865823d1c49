"""What a comparison may claim: intervals, paired differences, who beats whom, what n could show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from statistics import median
from typing import Any, TypeVar, cast

import numpy as np

from harness.comparison import Comparison
from harness.stats.bootstrap import Interval, Intervals, difference_intervals, mean_intervals
from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.effect import PairedEffect, PairedEffects, paired_effects
from harness.stats.letters import superscripts, top_group
from harness.stats.paired import PairedTest, PairedTests, compare_pairs
from harness.stats.pairs import Pairs, against, all_pairs
from harness.stats.power import articles_needed, detectable_difference
from harness.stats.rates import wilson

T = TypeVar("T")

RESAMPLES = 10_000
MOST_UNITS = 10_000
"""Articles, or clusters of them, that are resampled one by one; more are so in groups of them."""
AT_ONCE = 8_000_000
"""Scores, zeros for means included, that are analysed at once: some 400 MB of work."""
SEED = 0
ALPHA = 0.05
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Difference:
    """A row against the baseline in one column, on the articles that both scored."""

    interval: Interval
    test: PairedTest
    effect: PairedEffect | None


@dataclass(frozen=True, slots=True)
class Reach:
    """What a column's articles could show, by the median spread of its pairs' differences.

    ``detectable`` is the smallest difference shown with 80 % probability, in the column's unit;
    ``needed`` how many articles one shown point (one unit after scaling) takes.
    """

    articles: int
    detectable: float
    needed: int


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The statistics of some of a comparison's columns, by their position in ``at``."""

    comparison: Comparison
    at: tuple[int, ...]
    means: Intervals
    tests: PairedTests
    letters: tuple[tuple[tuple[str, ...], ...], ...]
    """Per column and row: the letters of the rows it beats after Holm."""
    top: tuple[tuple[bool, ...], ...]
    """Per column and row: whether no row was shown to be better than it, as the best one was."""
    reach: tuple[Reach | None, ...]
    baseline: int | None
    resampled: str
    """What was drawn and flipped as one: articles, clusters of them, or groups of either."""
    _differences: Intervals | None
    _effects: PairedEffects | None

    def mean(self, row: int, column: int) -> Interval | None:
        """Return a row's mean and its interval in the column at a position of ``at``."""
        found = self.means.at(row, column)
        heading = self.comparison.headings[self.at[column]]
        if found is None or not heading.column.share or any(self.comparison.clusters):
            return found
        return Interval(found.estimate, *wilson(round(found.estimate * found.n), found.n), found.n)

    def difference(self, row: int, column: int) -> Difference | None:
        """Return a row's difference from the baseline, None where there is nothing to compare."""
        if self.baseline is None or row == self.baseline:
            return None
        if self._differences is None or self._effects is None:
            return None
        position = row - (row > self.baseline)
        interval = self._differences.at(position, column)
        test = self.tests.at(row, self.baseline, column)
        if interval is None or test is None:
            return None
        return Difference(interval, test, self._effects.at(position, column))


def analyse(
    comparison: Comparison, at: Sequence[int] | None = None, *, baseline: int | None = None
) -> Analysis:
    """Return the statistics of the columns at these positions, all by default.

    ``baseline`` is the position of a row; where it is left out, the row with that role.

    Seeded percentile bootstrap over articles, or over clusters where articles share one; two-sided
    sign-flip tests of every pair of rows; Holm over the pairs of a column. More than 10,000 are
    drawn and flipped in random groups.
    """
    chosen = tuple(range(len(comparison.headings)) if at is None else at)
    cube = ScoreCube.of(
        comparison.articles,
        *_of(comparison, chosen),
        comparison.clusters,
    )
    drawn = cube.in_groups(MOST_UNITS, SEED)
    tests = _each(drawn, partial(compare_pairs, patterns=RESAMPLES, seed=SEED, alpha=ALPHA))
    means = _each(drawn, partial(mean_intervals, resamples=RESAMPLES, seed=SEED))
    named = (i for i, row in enumerate(comparison.rows) if row.role == "baseline")
    base = next(named, None) if baseline is None else baseline
    pairs = None if base is None or cube.rows < 2 else against(base, cube.rows)
    return Analysis(
        comparison,
        chosen,
        means,
        tests,
        *_groups(comparison, chosen, means, tests),
        _reaches(comparison, chosen, cube),
        base,
        _resampled(cube),
        _each(drawn, partial(difference_intervals, pairs=pairs, resamples=RESAMPLES, seed=SEED))
        if pairs
        else None,
        _each(cube, partial(paired_effects, pairs=pairs)) if pairs else None,
    )


def _of(comparison: Comparison, at: tuple[int, ...]) -> tuple[FloatArray, BoolArray]:
    """Return values and present of some columns: of all without a copy."""
    if at == tuple(range(len(comparison.headings))):
        return comparison.values, comparison.present
    return comparison.values[:, :, list(at)], comparison.present[:, :, list(at)]


def _each(cube: ScoreCube, act: Callable[[ScoreCube], T]) -> T:
    """Return what is found of a cube; of a large one some columns at a time, in less memory."""
    width = max(1, AT_ONCE // (len(cube.articles) * (cube.rows + 1)))
    if width >= cube.columns:
        return act(cube)
    starts = range(0, cube.columns, width)
    return _joined([act(cube.part(start, start + width)) for start in starts])


def _joined(parts: Sequence[T]) -> T:
    """Return what was found of some columns each, (rows or pairs, columns), as of all of them."""
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts], axis=1)
        for name in (field.name for field in fields(cast("Any", parts[0])))
        if isinstance(getattr(parts[0], name), np.ndarray)
    }
    return cast("T", replace(cast("Any", parts[0]), **columns))


def _resampled(cube: ScoreCube) -> str:
    units = "clusters of articles" if cube.clustered else "articles"
    return units if cube.units <= MOST_UNITS else f"{MOST_UNITS} random groups of {units}"


def _groups(
    comparison: Comparison, at: Sequence[int], means: Intervals, tests: PairedTests
) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], tuple[tuple[bool, ...], ...]]:
    rows = len(comparison.rows)
    letters: list[tuple[tuple[str, ...], ...]] = []
    top: list[tuple[bool, ...]] = []
    for column, position in enumerate(at):
        better = comparison.headings[position].column.better
        if better is None or rows < 2:
            letters.append(((),) * rows)
            top.append((False,) * rows)
            continue
        beats = tests.beats(column, better)
        scored = means.n[:, column] > 0
        letters.append(superscripts(beats))
        top.append(tuple(top_group(means.estimate[:, column], scored, beats, better).tolist()))
    return tuple(letters), tuple(top)


def _reaches(
    comparison: Comparison, at: Sequence[int], cube: ScoreCube
) -> tuple[Reach | None, ...]:
    effects = _each(cube, partial(paired_effects, pairs=_some(all_pairs(cube.rows))))
    found: list[Reach | None] = []
    for column, position in enumerate(at):
        several = effects.n[:, column] > 1
        if not several.any():
            found.append(None)
            continue
        sd = median(effects.spread[several, column].tolist())
        n = int(np.median(effects.n[several, column]))
        point = 1 / comparison.headings[position].column.scale
        found.append(Reach(n, detectable_difference(sd, n), articles_needed(sd, point)))
    return tuple(found)


def _some(pairs: Pairs, most: int = 1000) -> Pairs:
    """Return evenly spaced pairs: a median needs no more than a thousand."""
    if len(pairs) <= most:
        return pairs
    return pairs[np.linspace(0, len(pairs) - 1, most).astype(np.intp)]
