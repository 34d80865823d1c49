"""Shares of yes and no: an interval for a share, and how well a detector tells two classes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harness.errors import InputError, UsageError
from harness.stats.cube import BoolArray, FloatArray
from harness.stats.ranks import Coefficients, average_ranks
from harness.stats.student import check_share, normal_two_sided


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927), within [0, 1].

    Unlike a bootstrap it does not shrink to a point at 0 of n or n of n. Raises UsageError unless
    0 <= successes <= n and n >= 1.
    """
    if not 0 <= successes <= n or n < 1:
        msg = f"A share of {successes} out of {n} was given. It needs 0 <= successes <= n, n >= 1."
        raise UsageError(msg)
    check_share(confidence, "confidence")
    z2 = normal_two_sided(confidence) ** 2
    centre = (successes + z2 / 2) / (n + z2)
    half = math.sqrt(z2 * (successes * (n - successes) / n + z2 / 4)) / (n + z2)
    # The ends of an all-or-nothing share are 0 and 1, not a rounding error away from them.
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    return low, 1.0 if successes == n else min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of a detector's answers: what it flagged, rightly and wrongly, and what it did not.

    Every rate lies in [0, 1], 1 the best, and is None where its divisor is 0.
    """

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    @property
    def precision(self) -> float | None:
        """The share of what was flagged that is positive."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float | None:
        """The share of the positive that was flagged."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def specificity(self) -> float | None:
        """The share of the negative that was not flagged."""
        return _share(self.true_negatives, self.true_negatives + self.false_positives)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        wrong = self.false_positives + self.false_negatives
        return _share(2 * self.true_positives, 2 * self.true_positives + wrong)

    @property
    def balanced_accuracy(self) -> float | None:
        """The mean of recall and specificity: 0.5 for guessing, whatever the share of positives."""
        recall, specificity = self.recall, self.specificity
        return None if recall is None or specificity is None else (recall + specificity) / 2


def confusion(
    positive: Sequence[bool] | BoolArray, flagged: Sequence[bool] | BoolArray
) -> Confusion:
    """Count what was flagged against what is positive."""
    truth, said = np.asarray(positive, bool), np.asarray(flagged, bool)
    if truth.shape != said.shape:
        msg = f"{truth.size} labels were given for {said.size} answers. Give one for each."
        raise InputError(msg)
    both = int((truth & said).sum())
    flags, positives = int(said.sum()), int(truth.sum())
    return Confusion(both, flags - both, positives - both, truth.size - flags - positives + both)


def roc_auc(positive: BoolArray, scores: FloatArray) -> Coefficients:
    """Return the area under the ROC curve along the last axis, in [0, 1].

    It is the chance that a random positive scores above a random negative, ties counting half
    (Mann and Whitney 1947, by average ranks): 0.5 for guessing, 1 for all positives on top. Not
    defined where either class is empty.
    """
    truth, scores = np.broadcast_arrays(np.asarray(positive, bool), np.asarray(scores, np.float64))
    if not np.isfinite(scores).all():
        msg = "A score is not a finite number. Leave out what is unscored, and say how many."
        raise InputError(msg)
    positives = truth.sum(axis=-1)
    cells = positives * (truth.shape[-1] - positives)
    ranks = np.where(truth, average_ranks(scores), 0.0).sum(axis=-1)
    area = (ranks - positives * (positives + 1) / 2) / np.maximum(cells, 1)
    return Coefficients(np.where(cells > 0, area, 0.0), np.asarray(cells > 0))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
