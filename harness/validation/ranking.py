"""Ranked pairs: how often the summary that people preferred scores higher, ties counting half."""

import numpy as np

from harness.stats.ranks import Coefficients
from harness.validation.interval import Agreement, agreement
from harness.validation.points import Labels, Points
from harness.validation.weights import Weights


def pairs(points: Points, labels: Labels) -> list[tuple[int, int]]:
    """Return the positions of the better and the worse summary of every pair."""
    groups: dict[str, list[int]] = {}
    for i, judgement in enumerate(points.judged):
        if judgement.pair is not None and labels.there[i]:
            groups.setdefault(judgement.pair, []).append(i)
    values = labels.values
    return [(a, b) for g in groups.values() for a in g for b in g if values[a] > values[b]]


def pairwise(
    points: Points, row: int, found: list[tuple[int, int]], weights: Weights
) -> Agreement | None:
    """Return a row's pairwise accuracy in [0, 1], 0.5 for guessing; None without a scored pair."""
    there = points.there[row]
    kept = np.array([pair for pair in found if there[list(pair)].all()], np.intp).reshape(-1, 2)
    if not len(kept):
        return None
    better, worse = (points.scores[row, kept[:, side]] for side in (0, 1))
    right = (better > worse) + 0.5 * (better == worse)
    under = weights.articles[:, points.unit[kept[:, 0]]]
    drawn = under.sum(axis=1)
    shares = np.divide(under @ right, drawn, out=np.zeros(len(drawn)), where=drawn > 0)
    return agreement(float(right.mean()), Coefficients(shares, drawn > 0), len(kept))
