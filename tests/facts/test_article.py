import pytest

from harness.facts import index
from tests.facts.conftest import ARTICLE


def test_sentences_are_given_without_space() -> None:
    """The offsets of a sentence leave out the space around it."""
    article = index("  It rained. \n Nobody came.  ")
    spans = [article.sentence(number) for number in range(len(article.sentences))]
    assert [article.text[a:b] for a, b in spans] == ["It rained.", "Nobody came."]


def test_words_together() -> None:
    """Places stand together within a sentence only, and within reach only."""
    article = index("The red door opened. The tower fell.")
    red, door, tower = (article.places[key] for key in ("red", "door", "tower"))
    assert article.together(red, door, 1) == 1
    assert article.together(red, door, 0) is None
    assert article.together(door, tower, 9) is None


def test_denied() -> None:
    """A negator near a place denies it, and so does a verb that means as much."""
    article = index("They did not open it. They failed to close it. They sold it.")
    opened, closed, sold = (article.places[key][0] for key in ("open", "close", "sell"))
    assert [article.denied(place, 3, 0) for place in (opened, closed, sold)] == [True, True, False]


def test_extent_of_a_sentence() -> None:
    """The tokens of a sentence are those between its two positions."""
    article = index("It rained. Nobody came.")
    start, stop = article.extent(1)
    assert [token.text for token in article.tokens[start:stop]] == ["Nobody", "came"]


@pytest.mark.parametrize(
    ("text", "english", "cased"),
    [
        (ARTICLE, True, True),
        (ARTICLE.lower(), True, False),
        (ARTICLE.upper(), True, False),
        ("Мост закрыли в понедельник. Инженеры нашли трещину.", False, False),
        ("", True, False),
    ],
    ids=["prose", "small letters", "capitals", "russian", "empty"],
)
def test_kind_of_text(text: str, english: bool, cased: bool) -> None:
    """English is told by its function words, names by capitals that some words have."""
    article = index(text)
    assert (article.english, article.cased) == (english, cased)
