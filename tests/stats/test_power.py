import math

import pytest

from harness.errors import UsageError
from harness.stats.power import articles_needed, detectable_difference, power_at


def test_the_published_multiple() -> None:
    """At 5 % and 80 % the multiple of sd / sqrt(n) is 1.9600 + 0.8416 = 2.8016 (Cohen 1988)."""
    assert detectable_difference(1.0, 1) == pytest.approx(2.801585, abs=1e-6)
    assert detectable_difference(9.4, 100) == pytest.approx(2.6335, abs=1e-4)


@pytest.mark.parametrize(
    ("sd", "difference", "expected"),
    [
        # (2.801585 x 9.4 / 1)^2 = 693.52
        pytest.param(9.4, 1.0, 694, id="one point"),
        pytest.param(9.4, -1.0, 694, id="the sign does not matter"),
        pytest.param(9.4, 0.5, 2775, id="half a point takes four times as many"),
        pytest.param(0.0, 1.0, 2, id="no spread"),
        pytest.param(1.0, 100.0, 2, id="never fewer than two"),
    ],
)
def test_articles_needed(sd: float, difference: float, expected: int) -> None:
    """The smallest whole number of articles, worked beside the case."""
    assert articles_needed(sd, difference) == expected


@pytest.mark.parametrize("n", [10, 100, 5000])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.95])
def test_the_three_questions_agree(n: int, power: float) -> None:
    """The smallest difference of n needs n articles, and has the power that was asked for."""
    difference = detectable_difference(7.0, n, power=power)
    assert power_at(7.0, difference, n) == pytest.approx(power, abs=1e-3)
    assert articles_needed(7.0, difference * (1 + 1e-9), power=power) == n


def test_no_difference_is_found_as_often_as_the_level_says() -> None:
    """Where nothing is to be found, power is the level; where nothing varies, all or that."""
    assert power_at(3.0, 0.0, 50) == pytest.approx(0.05)
    assert power_at(0.0, 0.0, 50) == 0.05
    assert power_at(0.0, 0.1, 50) == 1.0
    assert power_at(3.0, -1.0, 50) == power_at(3.0, 1.0, 50)


def test_senseless_questions_are_refused() -> None:
    """Each message holds the offending value."""
    with pytest.raises(UsageError, match="n = 0 articles"):
        detectable_difference(1.0, 0)
    with pytest.raises(UsageError, match="difference of 0"):
        articles_needed(1.0, 0.0)
    with pytest.raises(UsageError, match="differences is -1"):
        detectable_difference(-1.0, 5)
    with pytest.raises(UsageError, match="differences is inf"):
        power_at(math.inf, 1.0, 5)
    with pytest.raises(UsageError, match="power is 80"):
        articles_needed(1.0, 1.0, power=80)
