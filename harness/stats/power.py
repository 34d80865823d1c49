"""What a number of articles could have shown, and how many a difference would need.

For a paired comparison, two-sided, by the normal approximation (Cohen 1988; for NLP, Card et al.
2020): with sd the standard deviation of the paired differences and z the normal quantiles,

    smallest detectable difference = (z(1 - alpha/2) + z(power)) sd / sqrt(n)

which is 2.80 sd / sqrt(n) at 5 % and 80 %. Where articles share clusters, sd is the ``spread`` of
``effect``. Differences are in the unit of the scores.
"""

import math
from statistics import NormalDist

from harness.errors import UsageError
from harness.stats.student import check_share


def detectable_difference(sd: float, n: int, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Return the smallest true difference that ``n`` articles show with probability ``power``."""
    if n < 1:
        msg = f"Power for n = {n} articles was asked for. There must be at least 1."
        raise UsageError(msg)
    return _reach(alpha, power) * _spread(sd) / math.sqrt(n)


def articles_needed(
    sd: float, difference: float, *, alpha: float = 0.05, power: float = 0.8
) -> int:
    """Return how many articles show a true ``difference`` with probability ``power``; at least 2.

    Raises UsageError for a difference of 0, which no number of articles shows.
    """
    if not difference:
        msg = "No number of articles shows a difference of 0. Ask for one that would matter."
        raise UsageError(msg)
    return max(2, math.ceil((_reach(alpha, power) * _spread(sd) / difference) ** 2))


def power_at(sd: float, difference: float, n: int, *, alpha: float = 0.05) -> float:
    """Return the probability that ``n`` articles show a true ``difference``: alpha to 1."""
    check_share(alpha, "significance level")
    if not _spread(sd):
        return 1.0 if difference else alpha
    shift = abs(difference) * math.sqrt(n) / sd
    z = NormalDist().inv_cdf(1 - alpha / 2)
    return NormalDist().cdf(shift - z) + NormalDist().cdf(-shift - z)


def _reach(alpha: float, power: float) -> float:
    check_share(alpha, "significance level")
    check_share(power, "power")
    return NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)


def _spread(sd: float) -> float:
    if not 0 <= sd < math.inf:
        msg = f"The standard deviation of the differences is {sd}. It must be a number from 0 up."
        raise UsageError(msg)
    return sd
