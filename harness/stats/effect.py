"""How large paired differences are: their spread, Cohen's d_z, and who was higher how often."""

import math
from dataclasses import dataclass

import numpy as np

from harness.stats.cube import BoolArray, FloatArray, IntArray, ScoreCube
from harness.stats.pairs import Pairs

TIE = 1e-9
"""Share of a column's largest score below which two scores are the same score."""


@dataclass(frozen=True, slots=True)
class PairedEffect:
    """The differences of two rows in one column, on the ``n`` articles that both scored.

    ``sd`` is their standard deviation (divisor n - 1). ``spread`` is the standard error of their
    mean times sqrt(n): the same as ``sd``, unless articles share clusters, when it is the standard
    deviation that independent articles would need for that standard error; it is what ``power``
    takes. ``d_z`` is mean / sd (Cohen 1988, section 2.3.5): 0 for no difference at all, and
    infinite where all differences are the same but for 0. ``higher``, ``equal`` and ``lower``
    count articles by the first row's score: wins, ties and losses where higher is better.
    """

    mean: float
    sd: float
    spread: float
    n: int
    higher: int
    equal: int
    lower: int

    @property
    def d_z(self) -> float:
        """Cohen's effect size for paired differences."""
        if self.sd:
            return self.mean / self.sd
        return math.copysign(math.inf, self.mean) if self.mean else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PairedEffects:
    """The effects of pairs, (pairs, columns) each; read them with ``at``."""

    mean: FloatArray
    sd: FloatArray
    spread: FloatArray
    n: IntArray
    higher: IntArray
    lower: IntArray

    def at(self, position: int, column: int) -> PairedEffect | None:
        """Return one effect, or None where fewer than two articles were scored by both."""
        k = (position, column)
        n, higher, lower = int(self.n[k]), int(self.higher[k]), int(self.lower[k])
        if n < 2:
            return None
        values = float(self.mean[k]), float(self.sd[k]), float(self.spread[k])
        return PairedEffect(*values, n, higher, n - higher - lower, lower)


def paired_effects(cube: ScoreCube, pairs: Pairs) -> PairedEffects:
    """Return the effects of ``pairs`` in every column.

    Differences within 1e-9 of the column's largest score are ties, and count as 0.
    """
    tie = TIE * np.abs(cube.values).max(axis=(0, 1), initial=0.0)
    shape = len(pairs), cube.columns
    mean, sd, spread = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    n, higher, lower = (np.zeros(shape, np.intp) for _ in range(3))
    for k, (a, b) in enumerate(zip(pairs.first, pairs.second, strict=True)):
        both = cube.present[:, a] & cube.present[:, b]
        apart = np.where(both, cube.values[:, a] - cube.values[:, b], 0.0)
        apart[np.abs(apart) <= tie] = 0.0
        n[k], higher[k], lower[k] = both.sum(axis=0), (apart > 0).sum(axis=0), (apart < 0).sum(0)
        mean[k] = apart.sum(axis=0) / np.maximum(n[k], 1)
        rest = np.where(both, apart - mean[k], 0.0)
        sd[k] = np.sqrt((rest**2).sum(axis=0) / np.maximum(n[k] - 1, 1))
        spread[k] = _spread(rest, both, cube) if cube.clustered else sd[k]
    return PairedEffects(mean, sd, spread, n, higher, lower)


def _spread(rest: FloatArray, both: BoolArray, cube: ScoreCube) -> FloatArray:
    """Return sqrt(k / (k - 1) sum of squared cluster sums / n), with k clusters that have any."""
    sums = np.zeros((cube.units, cube.columns))
    articles = np.zeros((cube.units, cube.columns))
    np.add.at(sums, cube.clusters, rest)
    np.add.at(articles, cube.clusters, both)
    k, n = (articles > 0).sum(axis=0), articles.sum(axis=0)
    return np.asarray(np.sqrt(k / np.maximum(k - 1, 1) * (sums**2).sum(axis=0) / np.maximum(n, 1)))
