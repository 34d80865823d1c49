import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.stats.multiplicity import holm


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        # Sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1: 0.02, 0.03, 0.06, 0.04, the last raised
        # to 0.06. Wikipedia's article on the method works the same four.
        pytest.param([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02], id="worked example"),
        pytest.param([0.04], [0.04], id="one question needs no correction"),
        pytest.param([0.6, 0.9], [1.0, 1.0], id="never above 1"),
        pytest.param([0.02, 0.02, 0.02], [0.06, 0.06, 0.06], id="ties are treated alike"),
        pytest.param([], [], id="no question"),
    ],
)
def test_adjusted_p_values(p: list[float], expected: list[float]) -> None:
    """Small cases worked by hand, the derivation beside them."""
    assert holm(np.array(p)).tolist() == pytest.approx(expected)


def _step_down(p: list[float], alpha: float) -> list[bool]:
    """Holm's procedure as he states it: reject while p(k) <= alpha / (m - k + 1)."""
    rejected = [False] * len(p)
    for k, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        if p[i] * (len(p) - k) > alpha:
            break
        rejected[i] = True
    return rejected


@given(st.lists(st.integers(0, 40).map(lambda k: k / 400), max_size=12))
def test_rejections_are_those_of_the_procedure(p: list[float]) -> None:
    """What is at most alpha after adjustment is what stepping down rejects."""
    adjusted = holm(np.array(p, float))
    for alpha in (0.01, 0.05, 0.1):
        assert (adjusted <= alpha).tolist() == _step_down(p, alpha)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms())
def test_order_changes_nothing(p: list[float], random: "np.random.Generator") -> None:
    """Each p-value gets the same adjusted one wherever it stands."""
    order = list(range(len(p)))
    random.shuffle(order)
    assert np.array_equal(holm(np.array(p))[order], holm(np.array(p)[order]))


def test_columns_are_families_of_their_own() -> None:
    """Every column is corrected for its own pairs alone, as if it were the only one."""
    p = np.random.default_rng(0).random((15, 4)) ** 3
    adjusted = holm(p)
    for column in range(4):
        assert np.array_equal(adjusted[:, column], holm(p[:, column]))


def test_what_is_no_question_does_not_count() -> None:
    """A pair that shares no article is left out of the family and stays at 1."""
    p = np.array([0.02, 1.0, 0.03])
    asked = np.array([True, False, True])
    assert holm(p, asked).tolist() == pytest.approx([0.04, 1.0, 0.04])
    assert holm(p).tolist() == pytest.approx([0.06, 1.0, 0.06])
