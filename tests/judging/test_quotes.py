import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.judging.quotes import find
from harness.text.words import words

ARTICLE = (
    "The mill burned on Monday.\n“We lost 3.5 million,” said its owner, Ada Hill. "
    "Nobody was hurt. 大桥星期一关闭。 They don\u2019t play 2\u20131 at the well-known café."
)

QUOTES = [
    pytest.param("Nobody was hurt.", "Nobody was hurt", id="as-it-stands"),
    pytest.param('nobody  was\nHURT"', "Nobody was hurt", id="case-space-and-marks"),
    pytest.param('"We lost 3.5 million," said its', "We lost 3.5 million,” said its", id="quotes"),
    pytest.param("on Monday. We lost", "on Monday.\n“We lost", id="across-sentences"),
    pytest.param(
        "The mill burned ... said its owner",
        "The mill burned on Monday.\n“We lost 3.5 million,” said its owner",
        id="left-out",
    ),
    pytest.param("The mill […] Nobody", ARTICLE[: ARTICLE.index(" was hurt")], id="in-brackets"),
    pytest.param("星期一", "星期一", id="no-spaces"),
    pytest.param("They don't play", "They don\u2019t play", id="another-apostrophe"),
    pytest.param("play 2-1 at", "play 2\u20131 at", id="another-dash"),
    pytest.param("the well known cafe\u0301", "the well-known café", id="no-hyphen-loose-accent"),
    pytest.param("The mill . . . on Monday", "The mill burned on Monday", id="dots-with-spaces"),
    pytest.param("They dont play", None, id="no-apostrophe"),
    pytest.param("play 21 at", None, id="no-dash"),
    pytest.param("Nobody was hurt badly.", None, id="a-word-more"),
    pytest.param("Nobody hurt", None, id="a-word-less"),
    pytest.param("We lost 35 million", None, id="another-number"),
    pytest.param("We lost 3 million", None, id="half-a-number"),
    pytest.param("body was hurt", None, id="half-a-word"),
    pytest.param("Nobody ... The mill", None, id="parts-in-another-order"),
    pytest.param("...", None, id="no-word"),
    pytest.param("", None, id="nothing"),
]


@pytest.mark.parametrize(("quote", "there"), QUOTES)
def test_a_quote_is_found_word_by_word(quote: str, there: str | None) -> None:
    """All words in their order stand in the article, or the quote does not."""
    at = find(ARTICLE, quote)
    assert (None if at is None else ARTICLE[slice(*at)]) == there


@given(st.text(alphabet="aAé .,\n漢\u0301", max_size=40), st.text(alphabet="aAé ,漢", max_size=6))
def test_what_is_found_is_what_a_plain_search_finds(text: str, quote: str) -> None:
    """The oracle looks at every stretch of words of the text."""
    wanted = [w.casefold() for w in words(quote)]
    all_words = [w.casefold() for w in words(text)]
    there = any(all_words[i : i + len(wanted)] == wanted for i in range(len(all_words)))
    at = find(text, quote)
    assert (at is not None) == (bool(wanted) and there)
    if at is not None:
        assert [w.casefold() for w in words(text[slice(*at)])] == wanted
