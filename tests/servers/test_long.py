import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.servers.long import beginning, parts, size
from harness.text.words import count_words

THREE = "The mill burned down. Nobody was hurt there. The cause is unknown."
TEXTS = st.text(st.sampled_from("ab .!?\n\u00e9大桥。☔"), max_size=200)


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


PARTS = {
    "all of it": (12, [THREE]),
    "two and one": (8, ["The mill burned down. Nobody was hurt there.", "The cause is unknown."]),
    "one each": (4, ["The mill burned down.", "Nobody was hurt there.", "The cause is unknown."]),
}


@pytest.mark.parametrize(("limit", "made"), PARTS.values(), ids=PARTS)
def test_a_text_is_parted_between_sentences(limit: int, made: list[str]) -> None:
    """Each sentence has four words."""
    assert parts(THREE, limit) == made
    assert beginning(THREE, limit) == made[0]


def test_parts_are_of_like_length() -> None:
    """Six sentences where four fit make three and three, and not four and two."""
    six = " ".join(["One two three four."] * 6)
    assert [count_words(part) for part in parts(six, 16)] == [12, 12]
    assert count_words(beginning(six, 16)) == 16


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    """Only there, for it must be cut somewhere."""
    assert parts("one two three four five six", 2) == ["one two", "three four", "five six"]
    assert beginning("one two three four five six", 4) == "one two three four"


def test_a_text_without_words_is_bounded_by_its_characters() -> None:
    """Ten characters count as one word."""
    assert [len(part) for part in parts("☔" * 100, 4)] == [40, 40, 20]
    assert [len(part) for part in parts("x" * 100, 4)] == [40, 40, 20]


def test_characters_of_chinese_are_its_words() -> None:
    """They are not written apart, and can be cut between any two."""
    assert parts("大桥星期一关闭", 4) == ["大桥星期", "一关闭"]


@given(TEXTS, st.integers(1, 9))
def test_parts_hold_the_whole_text_and_keep_to_the_limit(text: str, limit: int) -> None:
    """Nothing but white space is lost, and no part is larger than it may be."""
    made = parts(text, limit)
    assert squeezed("".join(made)) == squeezed(text)
    assert len(made) == 1 or all(0 < size(part) <= limit for part in made)


@given(TEXTS, st.integers(1, 9))
def test_the_beginning_is_a_beginning_and_keeps_to_the_limit(text: str, limit: int) -> None:
    """It is the text itself where that is one part."""
    begun = beginning(text, limit)
    assert text.lstrip().startswith(begun) or begun == text
    assert (begun == text) == (len(parts(text, limit)) == 1) or begun == text.strip()


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(6, 12))
def test_there_are_as_few_parts_as_can_be(lengths: list[int], limit: int) -> None:
    """As many as sentences, taken in order, fill one after the other."""
    text = " ".join(" ".join(["Word", *["word"] * (n - 1)]) + "." for n in lengths)
    filled, count = 0, 1
    for length in lengths:
        count, filled = (
            (count, filled + length) if filled + length <= limit else (count + 1, length)
        )
    assert len(parts(text, limit)) == count
