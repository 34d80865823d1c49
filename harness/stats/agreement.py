"""How well people agree with each other: Krippendorff's alpha, Cohen's and Fleiss' kappa.

All are 1 for perfect agreement, 0 for what chance would give, and negative below that. None where
chance alone already leaves no disagreement (everybody always gave one answer), or nothing can be
compared.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Literal

import numpy as np

from harness.errors import InputError
from harness.stats.cube import FloatArray

Scale = Literal["nominal", "ordinal", "interval"]
Distance = Callable[[FloatArray, FloatArray], FloatArray]


def alpha(units: Sequence[Sequence[float | None]], scale: Scale = "nominal") -> float | None:
    """Return Krippendorff's alpha (1980; 2011 for the computation) of the answers to each unit.

    1 - D_o / D_e from the matrix of coincidences: every pair of answers to a unit of m answers
    counts 1 / (m - 1). An answer may be missing (None); units with fewer than two say nothing. The
    distance of two answers is 1 if they differ (nominal), the square of their difference
    (interval), or of the number of answers between them (ordinal).
    """
    answers = [[a for a in unit if a is not None] for unit in units]
    answers = [unit for unit in answers if len(unit) > 1]
    values = np.unique([a for unit in answers for a in unit])
    seen = _coincidences(answers, values)
    marginal = seen.sum(axis=0)
    distance = _distance(values, marginal, scale)
    expected = float(marginal @ distance @ marginal)
    if expected == 0.0:
        return None
    observed = float((seen * distance).sum())
    return 1.0 - (float(marginal.sum()) - 1.0) * observed / expected


def _coincidences(answers: Sequence[Sequence[float]], values: FloatArray) -> FloatArray:
    found = np.zeros((len(values), len(values)))
    for unit in answers:
        times = np.bincount(np.searchsorted(values, unit), minlength=len(values)).astype(float)
        found += (np.outer(times, times) - np.diag(times)) / (len(unit) - 1)
    return found


def _distance(values: FloatArray, marginal: FloatArray, scale: Scale) -> FloatArray:
    if scale == "nominal":
        return np.asarray(1.0 - np.eye(len(values)))
    # Ordinal: the answers up to the middle of a value stand for the value itself.
    place = values if scale == "interval" else np.cumsum(marginal) - marginal / 2
    return np.asarray((place[:, None] - place[None, :]) ** 2)


def cohen(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa (1960) of two people's answers to the same things, in order.

    (p_o - p_e) / (1 - p_e): agreement beyond what two people with these shares of each answer
    would reach by chance. Raises InputError where the two did not answer equally often.
    """
    if len(first) != len(second):
        msg = f"{len(first)} answers were given beside {len(second)}. Give one of each for all."
        raise InputError(msg)
    n = len(first)
    if not n:
        return None
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    kinds = set(first) | set(second)
    chance = sum(list(first).count(k) * list(second).count(k) for k in kinds) / n**2
    return None if chance == 1.0 else (agreed - chance) / (1.0 - chance)


def fleiss(counts: Sequence[Sequence[int]]) -> float | None:
    """Return Fleiss' kappa (1971) from how many people gave each answer to each thing.

    The people need not be the same, but as many answered each thing: InputError otherwise.
    """
    table = np.asarray(counts, np.float64)
    if not table.size:
        return None
    people = table.sum(axis=1)
    if (people != people[0]).any() or people[0] < 2:
        msg = (
            f"From {int(people.min())} to {int(people.max())} answers were given to one thing. "
            "Fleiss' kappa needs the same number for each, two or more; alpha does not."
        )
        raise InputError(msg)
    m = people[0]
    agreed = float(((table**2).sum(axis=1) - m).mean() / (m * (m - 1)))
    chance = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    return None if chance == 1.0 else (agreed - chance) / (1.0 - chance)
