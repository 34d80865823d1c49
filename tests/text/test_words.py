import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.words import count_words, words

CASES = {
    "plain": ("Rain fell, twice.", ["Rain", "fell", "twice"]),
    "case is kept": ("The NATO summit", ["The", "NATO", "summit"]),
    "apostrophes within": ("don't l’accord", ["don't", "l’accord"]),  # noqa: RUF001 - curly
    "apostrophes at the ends": ("the '90s, dogs' 'x'", ["the", "90s", "dogs", "x"]),
    "hyphens within": ("a 19-year-old e-mail", ["a", "19-year-old", "e-mail"]),
    "dashes between": ("well--known - 1910–45", ["well", "known", "1910", "45"]),  # noqa: RUF001
    "hyphens of other kinds": ("e\u2010mail e\u2011mail", ["e\u2010mail", "e\u2011mail"]),
    "score": ("won 2-1.", ["won", "2-1"]),
    "decimals": ("3.5 27,000 1.299,50 .75", ["3.5", "27,000", "1.299,50", "75"]),
    "number with a unit": ("$3.5bn, 10%", ["3.5bn", "10"]),
    "number at the end": ("in 2004.They", ["in", "2004", "They"]),
    "comma between words": ("yes,no", ["yes", "no"]),
    "letters with stops": ("U.S. troops at 5 a.m.", ["U.S", "troops", "at", "5", "a.m"]),
    "initials and a name": ("J.R.R. Tolkien", ["J.R.R", "Tolkien"]),
    "initial glued to a name": ("J.Smith left.He", ["J", "Smith", "left", "He"]),
    "underscores": ("_so_ foo_bar", ["so", "foo", "bar"]),
    "address": ("www.example.org", ["www", "example", "org"]),
    "other alphabets": ("Škoda Ελλάδα Минск", ["Škoda", "Ελλάδα", "Минск"]),
    "accents written apart": ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
    "vowel signs": ("हड़ताल जारी है।", ["हड़ताल", "जारी", "है"]),
    "joiners": ("می\u200cشود", ["می\u200cشود"]),
    "Chinese": ("会议开始。", ["会", "议", "开", "始"]),
    "Japanese and Latin": ("新しいiPhoneだ", ["新", "し", "い", "iPhone", "だ"]),
    "Korean": ("회담은 끝났다", ["회담은", "끝났다"]),
    "nothing but marks": ("— “…” $% 😀", []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_words_are_runs_of_letters_and_digits_with_what_joins_them(
    text: str, expected: list[str]
) -> None:
    """Each case comes out as the words a reader would count."""
    assert words(text) == expected


def is_cjk(character: str) -> bool:
    """Whether a character is one of the Chinese and Japanese ones drawn below."""
    return character in "会し"


def is_core(character: str) -> bool:
    """Whether a character is a letter or digit that words are made of."""
    return character.isalnum() and not is_cjk(character)


def joins(text: str, at: int) -> bool:
    """Whether the character at a place joins the letters or digits on its sides."""
    before, mark, after = text[at - 1], text[at], text[at + 1 : at + 2]
    if not after or not is_core(after):
        return False
    if mark in "'-":
        return True
    if mark in ".," and before.isdigit() and after.isdigit():
        return True
    single = not is_inside(text, at - 2) and not is_inside(text, at + 2)
    return mark == "." and before.isalpha() and after.isalpha() and single


def is_inside(text: str, at: int) -> bool:
    """Whether there is a character at a place that would make a longer run of its neighbour."""
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def slow_words(text: str) -> list[str]:
    """Read a text character by character, without marks written on letters."""
    found, current = [], ""
    for at, character in enumerate(text):
        if is_core(character) or (current and joins(text, at)):
            current += character
            continue
        found.extend([current] if current else [])
        current = ""
        found.extend([character] if is_cjk(character) else [])
    return found + ([current] if current else [])


@given(st.text("aB1é'-., _会し$", max_size=16))
def test_words_equal_those_read_character_by_character(text: str) -> None:
    """The one expression finds what a slow reader finds."""
    assert words(text) == slow_words(text)


@given(st.text(max_size=40))
def test_every_letter_and_digit_is_in_exactly_one_word(text: str) -> None:
    """Nothing that can be read is lost, and nothing is counted twice."""
    kept = "".join(words(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(max_size=40))
def test_the_count_is_the_number_of_words(text: str) -> None:
    """Counting and listing agree."""
    assert count_words(text) == len(words(text))


@given(st.text(st.characters(categories=["Lu", "Ll", "Mn"], max_codepoint=0x20FF), min_size=1))
def test_a_word_is_never_cut_at_a_mark_written_on_it(text: str) -> None:
    """Once begun with a letter, a word of letters and marks is one word."""
    if unicodedata.category(text[0]) != "Mn":
        assert words(text) == [text]
