import pytest

from harness.facts import check, index
from tests.facts.conftest import ARTICLE


def support(summary: str) -> float:
    """Return the support of a summary of the article."""
    return check(index(ARTICLE), summary).support


def test_copied_is_full() -> None:
    """A sentence copied whole has support 1."""
    assert support("Smith defeated Jones in the final vote, by 12 votes to 9.") == 1.0


def test_unrelated_is_none() -> None:
    """A sentence without a word of the article has next to none."""
    assert support("Zebras graze quietly.") < 0.1


def test_silence_is_full() -> None:
    """A summary that says nothing says nothing unsupported."""
    assert support("") == 1.0


def test_a_flag_halves() -> None:
    """Two words that are both new differ by the flag alone."""
    flagged, free = support("Profits rose in Ruritania."), support("Profits rose in mistletoe.")
    assert flagged == pytest.approx(free / 2, rel=0.2)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The town council voted on Tuesday.", "The town voted, on Tuesday, council."),
        ("The town council voted on Tuesday.", "The town council voted on Monday."),
        ("The red door was painted.", "The red door was delighted with costs."),
    ],
    ids=["order", "flag", "fusion"],
)
def test_ranks(better: str, worse: str) -> None:
    """What was read in one piece and is not flagged ranks above glued, shuffled, flagged."""
    assert support(better) > support(worse)
