"""Quantiles of the normal and of Student's t distribution."""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from harness.errors import UsageError
from harness.stats.cube import FloatArray


def check_share(share: float, what: str) -> None:
    """Refuse what is no proportion strictly between 0 and 1."""
    if not 0.0 < share < 1.0:
        msg = f"The {what} is {share}. It must lie between 0 and 1, such as 0.95 or 0.05."
        raise UsageError(msg)


def normal_two_sided(confidence: float) -> float:
    """Return z with P(-z < Z < z) = ``confidence`` for a standard normal Z: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


@lru_cache(maxsize=4096)
def student_two_sided(confidence: float, df: int) -> float:
    """Return t with P(-t < T < t) = ``confidence`` for Student's T with ``df`` >= 1 degrees.

    The distribution function of whole degrees is a finite sum (Abramowitz and Stegun 1964,
    26.7.3 and 26.7.4). It is concave on the right, so that Newton's steps from the normal
    quantile climb to the root without passing it.
    """
    terms = _coefficients(df)
    log_scale = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    t = normal_two_sided(confidence)
    for _ in range(200):
        density = math.exp(log_scale - (df + 1) / 2 * math.log1p(t * t / df))
        step = (confidence - _inside(t, df, terms)) / (2 * density)
        t += step
        if abs(step) <= 1e-13 * t:
            break
    return t


def _coefficients(df: int) -> FloatArray:
    """Return 1, 2/3, 2/3 4/5, ... for odd and 1, 1/2, 1/2 3/4, ... for even degrees."""
    k = np.arange(1, (df - df % 2) // 2, dtype=np.float64)
    ratios = 2 * k / (2 * k + 1) if df % 2 else (2 * k - 1) / (2 * k)
    return np.concatenate([[1.0], np.cumprod(ratios)])


def _inside(t: float, df: int, terms: FloatArray) -> float:
    """Return P(-t < T < t)."""
    angle = math.atan(t / math.sqrt(df))
    sine, cosine = math.sin(angle), math.cos(angle)
    if df == 1:
        return 2 * angle / math.pi
    series = float(terms @ cosine ** (2.0 * np.arange(len(terms))))
    return 2 / math.pi * (angle + sine * cosine * series) if df % 2 else sine * series
