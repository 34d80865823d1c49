"""Which column agrees with people better than which: paired tests, Holm over the pairs of a table.

At system level Williams' test of Pearson's r, as is usual with some twenty systems. At the others a
sign-flip permutation test of Spearman's rho, over articles. At summary level an article's term is
its own rho. At sample level it is the jackknife's pseudo-value (Tukey 1958), A rho less A - 1 times
the rho without the article's summaries, A being the number of articles: their mean is rho, and
their differences have the variance that the difference of two rhos has. Flipping the sign of an
article's difference swaps the two columns on it, as Deutsch, Dror and Roth (2021) do. For a label,
rho and the area under the ROC curve order columns alike, so that the test is one of areas too.
"""

import numpy as np

from harness.stats.correlation import pearson, spearman
from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.multiplicity import holm
from harness.stats.paired import PairedTests, compare_pairs
from harness.stats.pairs import all_pairs
from harness.stats.williams import FEWEST, williams
from harness.validation.by_article import within
from harness.validation.jackknife import rho_without
from harness.validation.levels import Level, grid
from harness.validation.points import Labels, Points

PATTERNS = 10_000
ALPHA = 0.05


def compared(points: Points, labels: Labels, level: Level) -> PairedTests:
    """Test every pair of rows at a level; the difference is of r at system level, else of rho."""
    if level == "system":
        return _by_system(points, labels)
    one = _without_each if level == "sample" else _by_article
    found = [one(points, labels, row) for row in range(len(points.rows))]
    terms, there = (np.stack(part, axis=1) for part in zip(*found, strict=True))
    names = [f"{i:09d}" for i in range(len(terms))]
    cube = ScoreCube.of(names, terms[:, :, None], there[:, :, None])
    return compare_pairs(cube, patterns=PATTERNS)


def _by_system(points: Points, labels: Labels) -> PairedTests:
    """Test by Williams, on the systems of which every row of a pair has a score."""
    rows = len(points.rows)
    found = [_means(points, labels, row) for row in range(rows)]
    pairs = all_pairs(rows)
    tested = [_williams(found[a], found[b]) for a, b in zip(pairs.first, pairs.second, strict=True)]
    difference, p, n = (np.array(part)[:, None] for part in zip(*tested, strict=True))
    counts = n.astype(np.intp)
    return PairedTests(
        rows, pairs, difference, counts, p, holm(p, counts > 0), np.zeros_like(counts), True, ALPHA
    )


Means = tuple[FloatArray, FloatArray, BoolArray]


def _means(points: Points, labels: Labels, row: int) -> Means:
    """Return the systems' mean scores and judgements, and which systems have any."""
    use = points.there[row] & labels.there
    counts = np.bincount(points.system[use], minlength=len(points.systems))
    x, y = (
        np.bincount(points.system[use], v[use], len(points.systems)) / np.maximum(counts, 1)
        for v in (points.scores[row], labels.values)
    )
    return x, y, counts > 0


def _williams(one: Means, other: Means) -> tuple[float, float, int]:
    """Return the difference of r, its p, and the number of systems: 0 where there is no test."""
    use = one[2] & other[2]
    n = int(use.sum())
    pairs = ((one[0], one[1]), (other[0], other[1]), (one[0], other[0]))
    r = [pearson(x[use], y[use]).one() for x, y in pairs]
    if n < FEWEST or r[0] is None or r[1] is None or r[2] is None:
        return 0.0, 1.0, 0
    first, second, between = (np.array(value) for value in r)
    return r[0] - r[1], float(williams(first, second, between, n)), n


def _without_each(points: Points, labels: Labels, row: int) -> tuple[FloatArray, BoolArray]:
    """Return the pseudo-value of every article, or cluster of articles, with a scored summary."""
    use = points.there[row] & labels.there
    terms, there = np.zeros(len(points.units)), np.zeros(len(points.units), bool)
    x, y, unit = points.scores[row, use], labels.values[use], points.unit[use]
    whole = spearman(x, y).one()
    if whole is None:
        return terms, there
    names, group = np.unique(unit, return_inverse=True)
    rest = rho_without(x, y, group)
    terms[names] = len(names) * whole - (len(names) - 1) * rest.values
    there[names] = rest.defined
    return terms, there


def _by_article(points: Points, labels: Labels, row: int) -> tuple[FloatArray, BoolArray]:
    use = points.there[row] & labels.there
    cells = grid(points, points.scores[row, use], labels.values[use], use)
    found = within(cells.x, cells.y, cells.there, np.ones((1, len(points.systems)))).spearman
    return found.values[:, 0], found.defined[:, 0]
