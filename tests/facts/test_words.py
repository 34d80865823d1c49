from pathlib import Path

import pytest

import harness.facts
from harness.facts import words
from harness.facts.inflection import key
from harness.facts.opposites import allied, antonyms, siblings

FOLDER = Path(harness.facts.__file__).parent / "lexicon"


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_every_list_says_why(path: Path) -> None:
    """Each list opens with a comment that says what is in it and why."""
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_antonyms_have_two_sides() -> None:
    """Every line of opposites has a left and a right side, and no word on both."""
    for line in words.lines("antonyms"):
        left, right = (set(side.split()) for side in line.split("|"))
        assert left
        assert right
        assert not left & right


def test_opposites_hold_both_ways() -> None:
    """If one word excludes another, the other excludes it."""
    assert "fall" in antonyms("rose")
    assert "ris" in antonyms("fell") or "rise" in antonyms("fell")


def test_prefixes_make_opposites() -> None:
    """A negative prefix makes an opposite without a list."""
    assert "intelligibl" in antonyms("unintelligible")


def test_allies_are_never_opposites() -> None:
    """A word of one's own side is not also excluded by one."""
    for line in words.lines("antonyms"):
        for word in line.replace("|", " ").split():
            from_lists = allied(word) & antonyms(word)
            assert len(from_lists) <= 2, (word, from_lists)


def test_equal_members_of_a_class_do_not_exclude_each_other() -> None:
    """Dinner and supper are one meal, breakfast another."""
    assert "supper" not in siblings()["dinner"]
    assert "breakfast" in siblings()["dinner"]


def test_not_every_beginning_is_a_prefix() -> None:
    """Input is not the opposite of put, nor discover of cover by its spelling."""
    assert key("input") not in antonyms("put")
    assert key("put") not in antonyms("input")
