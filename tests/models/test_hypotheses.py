import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.models.hypotheses import Hypothesis, Search

LIMIT = 4


def _ended(length: int, score: float) -> Hypothesis:
    return Hypothesis((7,) * (length - 1) + (2,), score, ended=True)


def _cut(score: float) -> Hypothesis:
    return Hypothesis((7,) * LIMIT, score, ended=False)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([_ended(2, -1.0), _ended(3, -2.0)], 0, id="stopped before the limit"),
        pytest.param([_cut(-1.0), _cut(-2.0)], 0, id="nothing ended"),
        pytest.param([_ended(2, -1.0), _cut(-2.0)], 0, id="ended by far the best"),
        pytest.param([_cut(-1.0), _ended(2, -2.0)], None, id="others may have ended unseen"),
        pytest.param([_ended(2, -0.9), _cut(-1.0)], None, id="a forced end may overtake"),
        pytest.param([_ended(2, -0.9), _ended(4, -1.0)], None, id="one cut may lie unseen"),
        pytest.param([_ended(2, -0.7), _ended(4, -1.0)], 0, id="none unseen can overtake"),
    ],
)
def test_a_list_in_part_is_enough_or_said_not_to_be(
    found: list[Hypothesis], expected: int | None
) -> None:
    """A forced end at 4 tokens of 5 divides by 5/4 more: -1.0 becomes -0.8."""
    best = Search(2, LIMIT, 1.0).choice(found, whole=False)
    assert best == (None if expected is None else found[expected])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([_ended(2, -0.9), _cut(-1.0)], 1, id="the forced end overtakes"),
        pytest.param([_ended(2, -0.7), _cut(-1.0)], 0, id="it does not reach"),
        pytest.param([_cut(-1.0), _ended(2, -1.1), _ended(4, -1.2)], 1, id="enough had ended"),
        pytest.param([_cut(-1.0), _ended(4, -1.2)], 0, id="too few had ended"),
        pytest.param([_ended(2, -0.9), _ended(4, -1.0)], 0, id="nothing was cut"),
        pytest.param([_cut(-1.0)], 0, id="only one cut"),
    ],
)
def test_the_whole_list_always_tells(found: list[Hypothesis], expected: int) -> None:
    """Unended ones count only where fewer than beams have ended."""
    assert Search(2, LIMIT, 1.0).choice(found, whole=True) == found[expected]


scores = st.floats(-3, -0.1)


@given(
    st.lists(st.tuples(st.integers(1, LIMIT), scores), max_size=2),
    st.lists(scores, min_size=1, max_size=3),
    st.sampled_from([-1.0, 0.5, 1.0, 2.0]),
)
def test_what_a_part_tells_is_what_the_whole_would(
    ends: list[tuple[int, float]], cuts: list[float], penalty: float
) -> None:
    """Three beams, all lists that a search that came to its limit may leave."""
    beams = 3
    found = [_ended(*one) for one in ends] + [_cut(score) for score in cuts]
    found.sort(key=lambda one: -one.score)
    at_limit = sum(len(one.tokens) == LIMIT for one in found)
    if len(found) < beams or at_limit > beams or len(found) - at_limit >= beams:
        return
    search = Search(beams, LIMIT, penalty)
    told = search.choice(found[:beams], whole=False)
    assert told is None or told == search.choice(found, whole=True)


def test_every_order_of_kinds_is_answered() -> None:
    """No list of one to four is left without an answer once it is whole."""
    for kinds in itertools.chain.from_iterable(
        itertools.product([_ended(3, -1.0), _cut(-1.0)], repeat=n) for n in (1, 2, 3, 4)
    ):
        assert Search(2, LIMIT, 1.0).choice(kinds, whole=True) in kinds
