from hypothesis import given
from hypothesis import strategies as st

from harness.chat import Ask, Message
from harness.judging.cutting import cut
from harness.text.sentences import sentences
from harness.text.words import count_words
from tests.judging.scripted import Scripted, Small

ARTICLE = "One fell. Two rose here.\n\nThree went away at last. Four."


def asks(text: str) -> list[Ask]:
    """Return a question that is the text and eight letters more."""
    return [Ask((Message("user", f"article {text}"),), 10)]


def kept(room: int, words: int | None = None, article: str = ARTICLE) -> str:
    """Return what is kept for a model that reads so many characters."""
    return cut(article, Small(lambda _: "", room=room), words, asks)


def test_an_article_that_fits_is_left_whole() -> None:
    """Not a letter is lost where there is room, to the last character of it."""
    assert kept(8 + len(ARTICLE)) == ARTICLE


def test_an_article_is_cut_at_the_end_of_a_sentence() -> None:
    """One character less, and the last sentence goes; two sentences' room keeps two."""
    assert kept(8 + len(ARTICLE) - 1) == "One fell. Two rose here.\n\nThree went away at last."
    assert kept(8 + 30) == "One fell. Two rose here."


def test_at_least_one_sentence_stays() -> None:
    """Where nothing fits, the model itself says so."""
    assert kept(3) == "One fell."
    assert kept(3, article="") == ""


def test_words_bound_an_article_for_a_model_that_cannot_measure() -> None:
    """A model behind a server does not know what fits, so a person says it."""
    server = Scripted(lambda _: "")
    assert cut(ARTICLE, server, None, asks) == ARTICLE
    assert cut(ARTICLE, server, 9, asks) == "One fell. Two rose here."


def test_both_bounds_hold() -> None:
    """The narrower one decides."""
    assert kept(10_000, words=2) == "One fell."
    assert kept(8 + 30, words=100) == "One fell. Two rose here."


@given(st.integers(0, 120), st.integers(1, 12))
def test_what_is_kept_is_the_longest_that_fits(room: int, words: int) -> None:
    """The oracle tries every number of sentences."""
    ends = [ARTICLE.index(s) + len(s) for s in sentences(ARTICLE)]
    fitting = [
        ARTICLE[:end] for end in ends if 8 + end <= room and count_words(ARTICLE[:end]) <= words
    ]
    assert kept(room, words) == (fitting or ["One fell."])[-1]
