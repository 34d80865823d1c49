"""From hits to precision, recall and F; several references per candidate.

Arithmetic in rouge-score's order, so that the results are equal to the last bit:
P = hits / max(candidate, 1), R = hits / max(reference, 1), F = 2 P R / (P + R), or 0 where
P + R = 0. All lie in [0, 1]; 1 means that every n-gram or token of the one side is matched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.rouge.arrays import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a ROUGE type counted: int64 arrays of shape (pairs,).

    ``reference`` and ``candidate`` are how many n-grams (or tokens) each side has; ``hits`` how
    many of them match.
    """

    hits: Ints
    reference: Ints
    candidate: Ints


class Scores(NamedTuple):
    """Precision, recall and F of many pairs: float64 arrays of shape (pairs,)."""

    precision: Floats
    recall: Floats
    f: Floats


class Score(NamedTuple):
    """Precision, recall and F of one pair."""

    precision: float
    recall: float
    f: float


def prf(counts: Counts) -> Scores:
    """Return precision, recall and F of every pair; 0 for empty texts."""
    precision = counts.hits / np.maximum(counts.candidate, 1)
    recall = counts.hits / np.maximum(counts.reference, 1)
    total = precision + recall
    doubled = 2 * precision * recall
    f = np.divide(doubled, total, out=np.zeros(len(total)), where=total > 0)
    return Scores(precision, recall, f)


def prf_of_one(hits: int, reference: int, candidate: int) -> Score:
    """Return what ``prf`` does, for one pair."""
    precision, recall = hits / max(candidate, 1), hits / max(reference, 1)
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total > 0 else 0.0)


def best_of(scores: Scores, references: Sequence[int]) -> Scores:
    """Keep, of each candidate's references, the scores of the one with the largest F.

    ``references`` says how many scores, one behind the other, belong to each candidate, at least
    one each. On a tie the first is kept, as in rouge-score's ``score_multi``.
    """
    starts = _starts(references)
    largest = np.repeat(np.maximum.reduceat(scores.f, starts), references)
    at = np.flatnonzero(scores.f == largest)
    first = at[np.searchsorted(at, starts)]
    return Scores(*(column[first] for column in scores))


def mean_of(scores: Scores, references: Sequence[int]) -> Scores:
    """Average precision, recall and F, each by itself, over each candidate's references."""
    starts = _starts(references)
    return Scores(*(np.add.reduceat(column, starts) / references for column in scores))


def _starts(references: Sequence[int]) -> Ints:
    number = np.array(references, np.int64)
    return np.cumsum(number) - number
