import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.tokenize import tokenize

from harness.rouge.spelling import BYTE_TABLES, Tokeniser, letters_lost, spell


def tokens(text: str, tokeniser: Tokeniser) -> list[str]:
    """Return the tokens of a text as text."""
    return [
        word.decode() for word in spell(text, tokeniser).translate(BYTE_TABLES[tokeniser]).split()
    ]


def test_every_character_of_unicode_parts_or_makes_ascii_tokens_as_in_rouge_score() -> None:
    """Between two letters, each of the 1,114,112 code points does what it does in rouge-score."""
    for start in range(0, sys.maxunicode + 1, 1 << 12):
        text = " ".join(f"a{chr(code)}b" for code in range(start, start + (1 << 12)))
        assert tokens(text, "ascii") == tokenize(text, None), f"from {start:#x}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Στην Ελλάδα, ΤΕΛΟΣ.", ["στην", "ελλάδα", "τελος"], id="greek-final-sigma"),
        pytest.param("Москва — 2025", ["москва", "2025"], id="russian"),
        pytest.param("l\u2019été déjà", ["l", "été", "déjà"], id="french"),
        pytest.param("Straße", ["straße"], id="sharp-s-stays"),
        pytest.param("北京大学。好", ["北", "京", "大", "学", "好"], id="chinese-by-character"),
        pytest.param("カメラをiPhoneで", [*"カメラを", "iphone", "で"], id="japanese-beside-latin"),
        pytest.param("ก็ดี", ["ก", "็", "ด", "ี"], id="thai-by-character"),
        pytest.param("한국어 문장", ["한국어", "문장"], id="korean-has-spaces"),
        pytest.param("हिन्दी में", ["हिन्दी", "में"], id="devanagari-keeps-its-marks"),
        pytest.param("e\u0301te\u0301", ["été"], id="decomposed-is-composed"),
        pytest.param("co\u00adoperate", ["cooperate"], id="soft-hyphen-is-silent"),
        pytest.param("auf\u200clage", ["auflage"], id="joiner-is-silent"),
        pytest.param("ab\u200bcd", ["ab", "cd"], id="zero-width-space-parts"),
        pytest.param("I ❤️ 1️⃣ 👍🏽", ["i", "1"], id="emoji-are-no-tokens"),
        pytest.param("snake_case x²", ["snake", "case", "x²"], id="underscore-parts"),
        pytest.param("a\x00b\rc\x0bd\x85e\u2028f", [*"abcdef"], id="controls-part"),
        pytest.param("a\ud800b", ["a", "b"], id="lone-surrogate-parts"),
        pytest.param("…!?", [], id="nothing-but-signs"),
    ],
)
def test_unicode_tokens(text: str, expected: list[str]) -> None:
    """The Unicode tokeniser keeps letters, digits and their marks, and nothing else."""
    assert tokens(text, "unicode") == expected


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_text_is_the_same_to_both_tokenisers(text: str) -> None:
    """Text without other characters has one set of tokens."""
    assert tokens(text, "ascii") == tokens(text, "unicode") == tokenize(text, None)


@given(st.text(), st.sampled_from(["ascii", "unicode"]))
def test_lines_are_kept(text: str, tokeniser: Tokeniser) -> None:
    """A text has as many lines after spelling as before: no other character becomes one."""
    spelt = spell(text, tokeniser).translate(BYTE_TABLES[tokeniser])
    assert spelt.count(b"\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        pytest.param("Plain words, 2025!", 0.0, id="ascii"),
        pytest.param("“Quotes” — and dashes…", 0.0, id="signs-are-no-letters"),
        pytest.param("", 0.0, id="empty"),
        pytest.param("\uff11\uff12 — 2025", 0.0, id="digits-are-no-letters"),
        pytest.param("Ελλάδα", 1.0, id="greek"),
        pytest.param("新闻 2025", 1.0, id="chinese-with-ascii-digits"),
        pytest.param("déjà", 0.5, id="half"),
        pytest.param("\u212aelvin", 0.0, id="kelvin-sign-is-k"),
        pytest.param("na\u0131ve", 0.2, id="one-in-five"),
    ],
)
def test_letters_lost(text: str, share: float) -> None:
    """The share counts letters that the ASCII tokeniser drops, out of all letters."""
    assert letters_lost(text) == share
