import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.stats.ranks import Coefficients, average_ranks


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([3, 1, 2], [3, 1, 2], id="no ties"),
        pytest.param([5, 1, 5, 0], [3.5, 2, 3.5, 1], id="two share 3 and 4"),
        pytest.param([7, 7, 7], [2, 2, 2], id="all alike"),
        pytest.param([4], [1], id="one"),
        pytest.param([], [], id="none"),
    ],
)
def test_equal_values_share_their_ranks(values: list[float], expected: list[float]) -> None:
    """Ranks count from 1, and ties get the mean of the ranks they take."""
    assert average_ranks(np.array(values, float)).tolist() == expected


@given(st.lists(st.integers(-3, 3), max_size=20))
def test_a_rank_counts_what_lies_below(values: list[int]) -> None:
    """A rank is one, plus the number below, plus half of the others alike."""
    expected = [
        1 + sum(w < v for w in values) + (sum(w == v for w in values) - 1) / 2 for v in values
    ]
    assert average_ranks(np.array(values, float)).tolist() == expected


def test_series_are_ranked_one_by_one() -> None:
    """Ranks run along the last axis, whatever the axes before it."""
    values = np.random.default_rng(0).integers(0, 4, (3, 2, 9)).astype(float)
    found = average_ranks(values)
    for i in range(3):
        for j in range(2):
            assert np.array_equal(found[i, j], average_ranks(values[i, j]))


def test_what_is_undefined_is_counted_and_left_out_of_the_mean() -> None:
    """The mean is over the defined, and None where there is none."""
    some = Coefficients(np.array([0.5, 0.0, 0.7]), np.array([True, False, True]))
    assert some.mean() == pytest.approx(0.6)
    assert some.undefined == 1
    none = Coefficients(np.zeros(2), np.zeros(2, bool))
    assert (none.mean(), none.undefined) == (None, 2)
    assert Coefficients(np.array(0.25), np.array(True)).one() == 0.25
    assert Coefficients(np.array(0.0), np.array(False)).one() is None
