"""Tests of the one form that every text is put into."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.pages.clean import clean, is_blank, lone_surrogate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Cafe\u0301", "Caf\u00e9", id="decomposed letters are composed"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends of other systems"),
        pytest.param("a\u2028b\x0cc\x85d", "a\nb\nc\nd", id="line ends of Unicode"),
        pytest.param("a\u2029b", "a\n\nb", id="a paragraph separator is an empty line"),
        pytest.param("a\tb", "a b", id="a tab is a space"),
        pytest.param("a\x00\x07\x1b\x7f\x9fb", "ab", id="control characters go"),
        pytest.param("\ufeffa\ufeffb", "ab", id="byte order marks go"),
        pytest.param(" \n a \n", "a", id="both ends are stripped"),
        pytest.param("a\n\n  b  c", "a\n\n  b  c", id="paragraphs and spaces stay"),
        pytest.param("\ufb01ne \u00bd", "\ufb01ne \u00bd", id="ligatures and fractions stay"),
    ],
)
def test_every_text_gets_one_form(text: str, expected: str) -> None:
    """Line ends, letters and control characters have one form; all else stays."""
    assert clean(text) == expected


@given(st.text())
def test_cleaning_ends_in_one_step(text: str) -> None:
    """A clean text is left as it is, is NFC, and holds no control character but line ends."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [c for c in once if unicodedata.category(c) == "Cc" and c != "\n"]


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param(" \n\u00a0\u3000", True, id="white space"),
        pytest.param("\u200b \u2060\u00ad", True, id="characters without width"),
        pytest.param("\u200b.", False, id="one full stop"),
    ],
)
def test_a_text_that_shows_nothing_is_blank(text: str, blank: bool) -> None:
    """Only what can be seen makes a text."""
    assert is_blank(text) is blank


def test_half_a_surrogate_pair_is_found() -> None:
    """Its position is told; a whole pair is one character and no matter."""
    assert lone_surrogate("ab\ud83d") == 2
    assert lone_surrogate("ab\U0001f600") is None
    assert lone_surrogate("ab") is None
