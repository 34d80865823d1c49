from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.metrics.repetition import Repetition
from harness.records import Article, Item


def repeated(summary: str, n: int = 3) -> float:
    """Return the score of one summary."""
    scores = Repetition(n).score([Item(Article("a", "Text."), summary, ())])
    assert not scores.unscored
    return float(scores.values["repeated"][0])


TEXTS = [
    pytest.param("the mill burned and the mill closed", 3, 0, id="a-pair-again-is-no-trigram"),
    pytest.param("the mill burned and the mill closed", 2, 1 / 6, id="one-pair-of-six-again"),
    pytest.param("The mill burned. The mill BURNED!", 3, 1 / 4, id="case-and-marks-do-not-count"),
    pytest.param("no no no no no no no no no no", 3, 7 / 8, id="one-trigram-eight-times"),
    pytest.param("no no", 3, 0, id="too-short-to-repeat"),
    pytest.param("no no", 1, 1 / 2, id="single-words"),
    pytest.param("", 3, 0, id="nothing"),
    pytest.param("no " * 20, 10**9, 0, id="more-words-than-any-text-has"),
]


@pytest.mark.parametrize(("summary", "n", "expected"), TEXTS)
def test_what_was_said_before_is_counted(summary: str, n: int, expected: float) -> None:
    """The score is the share of n-grams that stood in the summary already."""
    assert repeated(summary, n) == pytest.approx(expected)


@given(st.lists(st.sampled_from("abc"), max_size=30), st.integers(1, 4))
def test_the_share_is_that_of_a_count(tokens: list[str], n: int) -> None:
    """All occurrences of an n-gram but its first are repetitions."""
    grams = Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
    again = sum(count - 1 for count in grams.values())
    assert repeated(" ".join(tokens), n) == pytest.approx(again / max(grams.total(), 1))


@pytest.mark.parametrize("n", [0, -1])
def test_an_n_gram_of_no_words_is_refused(n: int) -> None:
    """The refusal names the value and what is allowed."""
    with pytest.raises(UsageError, match=rf"repetition\(n={n}\) is not possible.*at least 1 word"):
        Repetition(n)


def test_the_number_of_words_is_in_the_signature_and_the_description() -> None:
    """Trigrams and bigrams are different numbers."""
    assert Repetition(2).signature() != Repetition(3).signature()
    assert [c.description.split()[0] for n in (2, 3) for c in Repetition(n).columns()] == [
        "2-grams",
        "3-grams",
    ]
