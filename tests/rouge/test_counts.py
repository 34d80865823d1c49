import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.scoring import fmeasure

from harness.rouge.counts import Counts, Scores, best_of, mean_of, prf, prf_of_one

TRIPLE = st.integers(0, 2000).flatmap(
    lambda hits: st.tuples(st.just(hits), st.integers(hits, 3000), st.integers(hits, 3000))
)


def counts(rows: list[tuple[int, int, int]]) -> Counts:
    """Return counts of rows of hits, reference and candidate."""
    return Counts(*np.array(rows, np.int64).reshape(-1, 3).T)


@given(st.lists(TRIPLE))
def test_prf_is_rouge_scores_arithmetic(rows: list[tuple[int, int, int]]) -> None:
    """P, R and F equal rouge-score's to the last bit, and one pair's those of many."""
    scores = prf(counts(rows))
    for i, (hits, reference, candidate) in enumerate(rows):
        precision, recall = hits / max(candidate, 1), hits / max(reference, 1)
        expected = (precision, recall, fmeasure(precision, recall))
        assert tuple(column[i] for column in scores) == expected
        assert prf_of_one(hits, reference, candidate) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param((0, 0, 0), (0.0, 0.0, 0.0), id="both-empty"),
        pytest.param((0, 5, 0), (0.0, 0.0, 0.0), id="candidate-empty"),
        pytest.param((5, 5, 5), (1.0, 1.0, 1.0), id="equal"),
        pytest.param((2, 8, 4), (0.5, 0.25, 1 / 3), id="2pr-over-p-plus-r"),
    ],
)
def test_cases(row: tuple[int, int, int], expected: tuple[float, float, float]) -> None:
    """Empty texts score 0, equal ones 1."""
    assert prf_of_one(*row) == expected
    assert tuple(column[0] for column in prf(counts([row]))) == expected


def test_best_is_the_first_of_the_largest_f() -> None:
    """The reference with the largest F is kept with its own P and R; of equal ones the first."""
    f = np.array([0.2, 0.6, 0.6, 0.0, 0.0, 0.9])
    scores = Scores(precision=np.arange(6) / 10, recall=np.arange(6) / 5, f=f)
    best = best_of(scores, [3, 2, 1])
    assert best.f.tolist() == [0.6, 0.0, 0.9]
    assert best.precision.tolist() == [0.1, 0.3, 0.5]
    assert best.recall.tolist() == [0.2, 0.6, 1.0]


def test_mean_averages_each_by_itself() -> None:
    """The mean F is the mean of the Fs, not the F of the means."""
    scores = Scores(*(np.array(x) for x in ([0.0, 1.0, 0.5], [0.0, 0.5, 0.5], [0.0, 2 / 3, 0.5])))
    mean = mean_of(scores, [2, 1])
    assert mean.precision.tolist() == [0.5, 0.5]
    assert mean.recall.tolist() == [0.25, 0.5]
    assert mean.f.tolist() == [1 / 3, 0.5]


def test_nothing_gives_nothing() -> None:
    """No candidates are no error."""
    empty = prf(counts([]))
    assert [len(column) for column in (*empty, *best_of(empty, []), *mean_of(empty, []))] == [0] * 9
