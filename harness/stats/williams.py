"""Williams' test of whether two series correlate equally with a third, on the same points.

Williams (1959), in the form that Steiger (1980) recommends and that Graham and Baldwin (2014)
brought to the evaluation of metrics.
"""

import math

import numpy as np

from harness.errors import InputError
from harness.stats.cube import FloatArray

FEWEST = 4
"""Points that leave one degree of freedom."""


def williams(first: FloatArray, second: FloatArray, between: FloatArray, n: int) -> FloatArray:
    """Return the two-sided p-value of ``first`` being equal to ``second``, element by element.

    ``first`` and ``second`` are Pearson's r of the two series with the third, ``between`` of the
    two with each other, on ``n`` points. With K = 1 - r12^2 - r13^2 - r23^2 + 2 r12 r13 r23,

        t = (r12 - r13) sqrt((n - 1) (1 + r23) / (2 K (n - 1) / (n - 3) + m^2 (1 - r23)^3))

    has Student's distribution at n - 3 degrees, m being the mean of r12 and r13. 1.0 where the two
    coefficients are equal. Raises InputError below four points.
    """
    if n < FEWEST:
        msg = f"Williams' test needs {FEWEST} points or more, not {n}."
        raise InputError(msg)
    r12, r13, r23 = (np.asarray(r, np.float64) for r in (first, second, between))
    k = np.maximum(1 - r12**2 - r13**2 - r23**2 + 2 * r12 * r13 * r23, 0.0)
    under = 2 * k * (n - 1) / (n - 3) + ((r12 + r13) / 2) ** 2 * (1 - r23) ** 3
    over = (r12 - r13) ** 2 * (n - 1) * (1 + r23)
    squared = np.divide(over, under, out=np.full(r12.shape, np.inf), where=under > 0)
    t = np.sqrt(np.where(r12 == r13, 0.0, squared))
    return np.array([beyond(float(v), n - 3) for v in t.ravel()]).reshape(r12.shape)


def beyond(t: float, df: int) -> float:
    """Return P(|T| > t) of Student's distribution with ``df`` whole degrees of freedom.

    The finite sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(df))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = df % 2
    term = cosine if odd else 1.0
    total = 0.0
    for step in range(df // 2):
        total += term
        term *= cosine**2 * (2 * step + 1 + odd) / (2 * step + 2 + odd)
    inside = 2 / math.pi * (angle + sine * total) if odd else sine * total
    return min(1.0, max(0.0, 1.0 - inside))
