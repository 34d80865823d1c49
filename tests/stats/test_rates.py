from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import InputError, UsageError
from harness.stats.rates import Confusion, confusion, roc_auc, wilson


@pytest.mark.parametrize(
    ("successes", "n", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3 (score).
        pytest.param(81, 263, (0.2553, 0.3662), id="81 of 263"),
        pytest.param(15, 148, (0.0624, 0.1605), id="15 of 148"),
        pytest.param(0, 20, (0.0, 0.1611), id="0 of 20"),
        pytest.param(1, 29, (0.0061, 0.1718), id="1 of 29"),
    ],
)
def test_intervals_are_the_published_ones(
    successes: int, n: int, expected: tuple[float, float]
) -> None:
    """Four published examples, to the four places they are printed with."""
    assert wilson(successes, n) == pytest.approx(expected, abs=5e-5)


@given(st.integers(1, 10**6), st.floats(0, 1), st.sampled_from([0.5, 0.95, 0.999]))
def test_the_interval_holds_the_share_and_mirrors(n: int, at: float, confidence: float) -> None:
    """It lies in [0, 1], around the share, and failures have the mirrored one."""
    successes = round(at * n)
    low, high = wilson(successes, n, confidence)
    assert 0.0 <= low <= successes / n <= high <= 1.0
    assert wilson(n - successes, n, confidence) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_is_refused(successes: int, n: int) -> None:
    """The message holds both numbers."""
    with pytest.raises(UsageError, match=f"{successes} out of {n}"):
        wilson(successes, n)


def test_counts_and_rates_of_a_detector() -> None:
    """Three of four positives flagged and one of six negatives: worked by hand."""
    positive = [True] * 4 + [False] * 6
    flagged = [True] * 3 + [False] + [True] + [False] * 5
    found = confusion(positive, flagged)
    assert found == Confusion(3, 1, 1, 5)
    assert (found.precision, found.recall, found.f1) == (0.75, 0.75, 0.75)
    assert found.specificity == pytest.approx(5 / 6)
    assert found.balanced_accuracy == pytest.approx((3 / 4 + 5 / 6) / 2)


@pytest.mark.parametrize(
    ("found", "undefined"),
    [
        pytest.param(Confusion(0, 0, 2, 3), ["precision"], id="nothing flagged"),
        pytest.param(Confusion(0, 2, 0, 3), ["recall", "balanced_accuracy"], id="no positive"),
        pytest.param(Confusion(2, 0, 1, 0), ["specificity", "balanced_accuracy"], id="no negative"),
        pytest.param(Confusion(1, 1, 1, 1), [], id="some of each"),
    ],
)
def test_a_rate_without_cases_is_none(found: Confusion, undefined: list[str]) -> None:
    """Dividing by nothing gives no rate, and no zero."""
    for name in ("precision", "recall", "specificity", "f1", "balanced_accuracy"):
        assert (getattr(found, name) is None) == (name in undefined)


def test_labels_and_answers_come_in_pairs() -> None:
    """The message holds both numbers."""
    with pytest.raises(InputError, match="2 labels were given for 3 answers"):
        confusion([True, False], [True, False, True])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=20))
def test_the_area_is_the_chance_to_rank_a_positive_higher(cases: list[tuple[bool, int]]) -> None:
    """Over all pairs of a positive and a negative, ties counting half."""
    positives = [s for label, s in cases if label]
    negatives = [s for label, s in cases if not label]
    found = roc_auc(np.array([c[0] for c in cases], bool), np.array([c[1] for c in cases], float))
    if not positives or not negatives:
        assert found.one() is None
        return
    wins = sum((p > q) + (p == q) / 2 for p, q in product(positives, negatives))
    assert found.one() == pytest.approx(wins / (len(positives) * len(negatives)))


def test_many_areas_at_a_time() -> None:
    """The labels may be shared by several series of scores."""
    labels = np.array([True, False, True, False])
    scores = np.array([[3.0, 1, 4, 2], [1, 2, 1, 2], [1, 1, 1, 1]])
    assert roc_auc(labels, scores).values.tolist() == [1.0, 0.0, 0.5]


def test_a_score_that_is_no_number_is_refused() -> None:
    """An unscored case must be left out by the caller, who can say how many there were."""
    with pytest.raises(InputError, match="Leave out what is unscored"):
        roc_auc(np.array([True, False]), np.array([np.nan, 1.0]))
