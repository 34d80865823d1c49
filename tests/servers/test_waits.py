import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.servers.waits import Waits


def test_a_wait_is_drawn_from_a_range_that_doubles_up_to_a_bound() -> None:
    """Full jitter: the draw is a share of min(longest, first x 2^attempt)."""
    highest = Waits(first=0.5, longest=5.0, draw=lambda: 1.0)
    assert [highest.seconds(k) for k in range(6)] == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    lowest = Waits(draw=lambda: 0.0)
    assert [lowest.seconds(k) for k in range(3)] == [0.0, 0.0, 0.0]


ASKED = {"nothing": (0.0, 0.25), "some": (3.0, 3.25), "a day": (86400.0, 60.0)}


@pytest.mark.parametrize(("asked", "wait"), ASKED.values(), ids=ASKED)
def test_what_a_server_asks_for_is_kept_to_within_a_bound(asked: float, wait: float) -> None:
    """Half of 0.5 s is drawn on top, so that not all come back at once."""
    assert Waits(draw=lambda: 0.5).seconds(4, asked) == wait


@given(st.integers(0, 10_000), st.none() | st.floats(0, 1e9))
def test_no_wait_is_negative_or_beyond_the_bound(attempt: int, asked: float | None) -> None:
    """Whatever the attempt, and whatever the server asks for."""
    assert 0 <= Waits().seconds(attempt, asked) <= 60
