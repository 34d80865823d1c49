import math

import pytest

from harness.errors import UsageError
from harness.stats.bootstrap import Interval
from harness.stats.gate import Decision, decide

WORSE, FINE, OPEN = Decision.WORSE, Decision.NOT_WORSE, Decision.CANNOT_TELL


@pytest.mark.parametrize(
    ("low", "high", "better", "tolerance", "expected"),
    [
        pytest.param(-3.0, -1.0, "higher", 0.5, WORSE, id="all beyond the tolerance"),
        pytest.param(-3.0, -0.4, "higher", 0.5, OPEN, id="reaches into it"),
        pytest.param(-0.4, 0.2, "higher", 0.5, FINE, id="all within"),
        pytest.param(-0.5, 0.2, "higher", 0.5, FINE, id="up to the very edge"),
        pytest.param(-0.9, -0.5, "higher", 0.5, OPEN, id="worse must lie beyond the edge"),
        pytest.param(0.1, 0.9, "higher", 0.0, FINE, id="better"),
        pytest.param(-2.0, 2.0, "higher", 0.5, OPEN, id="noise"),
        pytest.param(1.0, 3.0, "lower", 0.5, WORSE, id="more errors"),
        pytest.param(-3.0, -1.0, "lower", 0.5, FINE, id="fewer errors"),
        pytest.param(-3.0, 0.6, "lower", 0.5, OPEN, id="perhaps more errors"),
        pytest.param(0.0, 0.0, "higher", 0.0, FINE, id="the same run"),
        pytest.param(-math.inf, math.inf, "higher", 9.0, OPEN, id="one article"),
    ],
)
def test_the_whole_interval_decides(
    low: float, high: float, better: str, tolerance: float, expected: Decision
) -> None:
    """Only an interval wholly on one side of the tolerance gives an answer."""
    assert decide(Interval((low + high) / 2, low, high, 50), better, tolerance) is expected


def test_without_a_shared_article_nothing_can_be_told() -> None:
    """No interval, no answer; a direction that is none is refused even then."""
    assert decide(None, "higher") is OPEN
    with pytest.raises(UsageError, match="not 'more'"):
        decide(None, "more")


def test_decisions_are_their_own_words() -> None:
    """Reports print a decision as it is."""
    assert [str(d) for d in Decision] == ["worse", "not worse", "cannot tell"]


@pytest.mark.parametrize("tolerance", [-0.1, math.inf, math.nan])
def test_a_tolerance_is_a_number_from_zero_up(tolerance: float) -> None:
    """The message holds the value."""
    with pytest.raises(UsageError, match=f"tolerance is {tolerance}"):
        decide(Interval(0.0, -1.0, 1.0, 5), "higher", tolerance)
