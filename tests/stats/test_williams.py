import math

import numpy as np
import pytest

from harness.errors import InputError
from harness.stats.correlation import pearson
from harness.stats.williams import beyond, williams


@pytest.mark.parametrize("df", [1, 2, 3, 4, 9, 21, 60])
@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 2.08, 12.0])
def test_the_tail_is_scipy_s(t: float, df: int) -> None:
    """Student's distribution by finite sums, at odd and even degrees."""
    stats = pytest.importorskip("scipy.stats")
    assert math.isclose(beyond(t, df), 2 * stats.t.sf(t, df), abs_tol=1e-12)


def test_a_worked_value() -> None:
    """By hand, with r12 = 0.6, r13 = 0.2, r23 = 0.3 and n = 23.

    K = 1 - 0.36 - 0.04 - 0.09 + 2 (0.036) = 0.582; t = 0.4 sqrt(22 x 1.3 / (2 x 0.582 x 22 / 20 +
    0.16 x 0.343)) = 0.4 sqrt(28.6 / 1.33528) = 1.85121 at 20 degrees: p = 0.0790.
    """
    found = williams(np.array([0.6]), np.array([0.2]), np.array([0.3]), 23)
    assert found[0] == pytest.approx(beyond(1.85121, 20), abs=1e-5)
    assert found[0] == pytest.approx(0.0790, abs=1e-3)


def test_equal_coefficients_differ_by_nothing() -> None:
    """Two series that are one, or agree alike, have p of 1; perfect against none has 0."""
    one = np.array([0.5, 1.0])
    assert williams(one, one, np.array([1.0, 1.0]), 10).tolist() == [1.0, 1.0]
    assert williams(np.array([1.0]), np.array([0.0]), np.array([0.0]), 10)[0] < 1e-3


def test_five_of_a_hundred_equal_pairs_are_called_different() -> None:
    """Under the null the test rejects as often as it says: 5 % of 2,000 draws, give or take 1.5."""
    rng = np.random.default_rng(1)
    truth, one, other = rng.normal(size=(3, 2000, 24))
    one, other = truth + one, truth + other
    a, b, c = (pearson(x, y).values for x, y in ((one, truth), (other, truth), (one, other)))
    assert abs(float((williams(a, b, c, 24) <= 0.05).mean()) - 0.05) < 0.015


def test_three_points_are_too_few() -> None:
    """They leave no degree of freedom."""
    with pytest.raises(InputError, match="4 points or more, not 3"):
        williams(np.array([0.5]), np.array([0.1]), np.array([0.0]), 3)
