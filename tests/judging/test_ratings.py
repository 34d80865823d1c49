import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.chat import Answer
from harness.judging.ratings import Rating, read
from harness.judging.verdicts import Unread

SAID = [
    pytest.param("4", 4, id="as-asked"),
    pytest.param(" 4.\n", 4, id="a-full-stop"),
    pytest.param("**Rating:** 5", 5, id="with-a-word"),
    pytest.param("Coherence: 3/5", 3, id="of-five"),
    pytest.param("Coherence score: 3 out of 5", 3, id="in-words"),
    pytest.param("Rating: **4**/5", 4, id="of-five-in-bold"),
    pytest.param("- 4", 4, id="in-a-list"),
    pytest.param("2.0", 2, id="with-a-point"),
    pytest.param("4\n\nThe summary leaves out 3 points.", 4, id="reasons-after"),
    pytest.param("It leaves out 3 points.\nRating: 4", 4, id="reasons-before"),
]


@pytest.mark.parametrize(("text", "number"), SAID)
def test_a_rating_is_read(text: str, number: int) -> None:
    """A number from 1 to 5 stands alone on the first line or on the last."""
    assert read(Answer(text)) == Rating(number, None)


UNREAD = [
    pytest.param("", "no rating from 1 to 5 in the judge's answer: ''", id="nothing"),
    pytest.param("6", "no rating", id="too-high"),
    pytest.param("0", "no rating", id="too-low"),
    pytest.param("45", "no rating", id="two-digits"),
    pytest.param("4.5", "no rating", id="between-two"),
    pytest.param("-3", "no rating", id="below-zero"),
    pytest.param(".5", "no rating", id="a-half"),
    pytest.param("I rate it 4 of 5 points", "no rating", id="in-a-sentence"),
    pytest.param("1, 2, 3, 4 or 5", "no rating", id="the-choice-repeated"),
    pytest.param("4\nNo: 3\n3", "two ratings", id="two"),
]


@pytest.mark.parametrize(("text", "reason"), UNREAD)
def test_anything_else_is_unread(text: str, reason: str) -> None:
    """A number is never guessed out of a sentence."""
    found = read(Answer(text))
    assert isinstance(found, Unread)
    assert found.reason.startswith(reason)


def test_an_answer_of_white_space_is_read_at_once() -> None:
    """A model that has gone astray writes it by the page; time must not grow with its square."""
    assert read(Answer("4\n" + " " * 10**6 + "\n4")) == Rating(4, None)


def test_the_expected_rating_weighs_all_of_them() -> None:
    """By hand: (0.5 * 4 + 0.3 * 5 + 0.1 * 1) / 0.9, tokens that are no rating left out."""
    options = {"4": 0.5, "5": 0.3, "1": 0.1, "The": 0.1}
    found = read(Answer("4", alternatives=(options,)))
    assert isinstance(found, Rating)
    assert found.said == 4
    assert found.value == pytest.approx(3.6 / 0.9)


@given(st.lists(st.floats(1e-300, 1), min_size=5, max_size=5))
def test_an_expected_rating_stays_in_its_range(weights: list[float]) -> None:
    """However the weights round, it lies from 1 to 5."""
    options = dict(zip("12345", weights, strict=True))
    found = read(Answer("4", alternatives=(options,)))
    assert isinstance(found, Rating)
    assert 1.0 <= found.value <= 5.0


def test_without_probabilities_the_number_said_counts() -> None:
    """A server that tells none is not refused."""
    found = read(Answer("4"))
    assert isinstance(found, Rating)
    assert found.value == 4


def test_a_digit_in_the_reasons_is_not_weighed() -> None:
    """The probabilities are those of the place where the rating stands."""
    told = ({"Of 3": 1.0}, {" points": 1.0}, {"\n": 1.0}, {"4": 0.5, "2": 0.5})
    found = read(Answer("Of 3 points\n4", alternatives=told))
    assert isinstance(found, Rating)
    assert found.expected == pytest.approx(3.0)
