import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.facts.inflection import form, key

SAME = {
    "plural": "city cities",
    "doubled": "stop stops stopped stopping",
    "lost e": "hope hopes hoped hoping",
    "long word with e": "decide decided deciding",
    "two vowels": "wait waits waited waiting",
    "irregular": "buy buys bought buying",
    "irregular plural": "woman women",
    "adverb": "recent recently",
}
APART = {
    "hope and hop": ("hoping", "hopping"),
    "plane and plan": ("plane", "planning"),
    "derived": ("universe", "university"),
    "person and role": ("employer", "employee"),
    "short names": ("carly", "car"),
}


@pytest.mark.parametrize("words", SAME.values(), ids=SAME)
def test_forms_of_a_word_share_a_key(words: str) -> None:
    """All inflected forms of one word have one key."""
    assert len({key(word) for word in words.split()}) == 1


@pytest.mark.parametrize(("first", "second"), APART.values(), ids=APART)
def test_other_words_keep_their_own(first: str, second: str) -> None:
    """Words that only look alike keep different keys."""
    assert key(first) != key(second)


@pytest.mark.parametrize(("word", "ending"), [("rose", "ed"), ("closing", "ing"), ("easy", "")])
def test_form(word: str, ending: str) -> None:
    """The form of a word says which participle it is, or none."""
    assert form(word) == ending


@given(st.text())
def test_any_word_has_a_key(word: str) -> None:
    """A key is never longer than the longest base form, and never fails."""
    assert isinstance(key(word), str)
