"""One number of agreement with its interval."""

from dataclasses import dataclass

import numpy as np

from harness.stats.ranks import Coefficients

SAYS = 0.5
"""The share of resamples that must define a coefficient before they bound it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient from ``n`` things (systems, articles or summaries) and its 95 % interval.

    ``left_out`` counts articles without variance. ``estimate`` is None where it is not defined,
    ``low`` and ``high`` where too few resamples define it.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    left_out: int = 0


def agreement(
    estimate: float | None, resampled: Coefficients, n: int, left_out: int = 0
) -> Agreement:
    """Return an estimate between the 2.5th and 97.5th percentile of the resamples (Efron 1979)."""
    said = resampled.values[resampled.defined]
    if estimate is None or len(said) < max(1, SAYS * resampled.values.size):
        return Agreement(estimate, None, None, n, left_out)
    low, high = np.quantile(said, [0.025, 0.975])
    return Agreement(estimate, float(low), float(high), n, left_out)
