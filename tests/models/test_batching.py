import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import SummariserError
from harness.models.batching import Batch, Driver, Failure, Load, attempt, plan

LENGTHS = st.lists(st.integers(1, 40), max_size=30)


@given(LENGTHS, st.integers(1, 200), st.integers(1, 4))
def test_a_plan_has_every_article_once_within_the_budget(
    lengths: list[int], budget: int, beams: int
) -> None:
    """No article is lost or taken twice, and only an article alone may exceed the budget."""
    load = Load(lengths, written=5, beams=beams)
    batches = plan(load, budget)
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    assert all(load.of(batch) <= budget or len(batch) == 1 for batch in batches)


@given(LENGTHS, st.integers(1, 200))
def test_a_plan_goes_from_long_to_short(lengths: list[int], budget: int) -> None:
    """Like lengths stand together, and what needs most memory is tried first."""
    order = [i for batch in plan(Load(lengths, 5, 1), budget) for i in batch]
    assert [lengths[i] for i in order] == sorted(lengths, reverse=True)


@given(LENGTHS, st.integers(1, 200))
def test_a_plan_has_no_room_left(lengths: list[int], budget: int) -> None:
    """No batch could have taken the article after it too."""
    load = Load(lengths, 5, 1)
    batches = plan(load, budget)
    for batch, after in itertools.pairwise(batches):
        assert load.of((*batch, after[0])) > budget


@given(LENGTHS, st.floats(0, 1))
def test_a_batch_of_more_than_eight_holds_little_padding(
    lengths: list[int], padding: float
) -> None:
    """And no batch ends early that could have had another article without much."""
    load = Load(lengths, 5, 1)
    batches = plan(load, 10**6, padding)
    assert all(len(batch) <= 8 or load.padding(batch) <= padding for batch in batches)
    for batch, after in itertools.pairwise(batches):
        assert len(batch) >= 8
        assert load.padding((*batch, after[0])) > padding


def test_padding_is_what_is_read_for_nothing() -> None:
    """Ten and five tokens are read as twice ten: a quarter is padding."""
    assert Load([10, 5, 0], 0, 1).padding((0, 1)) == 0.25
    assert Load([10, 5, 0], 0, 1).padding((0,)) == Load([0], 0, 1).padding((0,)) == 0.0


def test_padding_and_beams_count() -> None:
    """A batch weighs its longest article, times all its articles, times the beams."""
    assert Load([10, 4, 7], written=5, beams=2).of((1, 2)) == 2 * (7 + 5) * 2


def _driver(fits: int, bad: set[int], seen: list[Batch], lengths: Sequence[int]) -> Driver[str]:
    def run(batch: Batch) -> list[str]:
        seen.append(batch)
        if len(batch) > fits:
            raise MemoryError("no room")
        if bad & set(batch):
            raise IndexError("token 9 is out of range")
        return [f"summary {i}" for i in batch]

    return Driver(run, Load(lengths, 0, 1), recover=lambda: None)


@given(st.sets(st.integers(0, 11)), st.integers(1, 12))
def test_an_article_that_fails_costs_no_other(bad: set[int], size: int) -> None:
    """Whatever the batches, exactly the articles that fail alone have no summary."""
    batches = [tuple(range(12))[i : i + size] for i in range(0, 12, size)]
    found = _driver(99, bad, [], [1] * 12).all(batches)
    assert {i for i, one in found.items() if isinstance(one, Failure)} == bad
    assert {i: one for i, one in found.items() if i not in bad} == {
        i: f"summary {i}" for i in set(range(12)) - bad
    }


def test_a_batch_that_does_not_fit_is_halved_and_later_ones_with_it() -> None:
    """After one failure for want of memory, no batch of that weight is tried again."""
    seen: list[Batch] = []
    found = _driver(2, set(), seen, [1] * 12).all([(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11)])
    assert [len(batch) for batch in seen] == [4, 2, 2, 2, 2, 2, 2]
    assert sorted(found) == list(range(12))


def test_an_article_too_large_alone_says_so() -> None:
    """Where even one does not fit, memory is the reason."""
    found = _driver(0, set(), [], [1, 1]).all([(0, 1)])
    assert found[0] == Failure("MemoryError: no room", memory=True)


@pytest.mark.parametrize(
    ("error", "memory"),
    [
        pytest.param(MemoryError(), True, id="Python's"),
        pytest.param(RuntimeError("DefaultCPUAllocator: can't allocate memory"), True, id="CPU's"),
        pytest.param(RuntimeError("MPS backend out of memory"), True, id="Apple's"),
        pytest.param(type("OutOfMemoryError", (RuntimeError,), {})(), True, id="CUDA's"),
        pytest.param(RuntimeError("shape mismatch"), False, id="another"),
    ],
)
def test_want_of_memory_is_told_from_other_failures(error: Exception, memory: bool) -> None:
    """Each allocator has its own way of saying it."""

    def act() -> None:
        raise error

    outcome = attempt(act)
    assert isinstance(outcome, Failure)
    assert outcome.memory is memory


def test_errors_of_harness_are_not_swallowed() -> None:
    """What is already said for a person to act on goes to that person."""

    def act() -> None:
        raise SummariserError("the prompt is too long")

    with pytest.raises(SummariserError, match="too long"):
        attempt(act)
