import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "clause": (
        "The council voted on Tuesday to close the old library, disappointing local "
        "poetry lovers. Profits rose 12 percent in March.",
        ("out_of_article", "disappointing local poetry lovers", "B", None),
    ),
    "sentence": (
        "The council voted on Tuesday to close the old library. "
        "Famous musicians celebrate harvest festivals.",
        ("out_of_article", "Famous musicians celebrate harvest festivals", "B", None),
    ),
}
QUIET = {
    "reworded": "The council decided on Tuesday to shut the old library.",
    "about the text": "The report discusses several topics.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A stretch of new content in a summary that keeps to the article otherwise is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


def test_a_stretch_ends_with_its_clause() -> None:
    """Two new words on either side of a conjunction are two rewordings, and no statement."""
    article = index("Ann and Tom talk of a song on the album. It is great, Ann says, hear it all.")
    summary = "Ann and Tom talk of a song and the critics missed its release but eventually agree."
    assert check(article, summary).flagged == []


def test_what_speakers_do_is_no_new_content() -> None:
    """Verbs of saying and adverbs of manner are the summary's own."""
    article = index("Ann and Tom talk of a song on the album. It is great, Ann says, hear it all.")
    summary = "Ann and Tom talk of a song. Ann repeatedly stresses, remarks and insists loudly."
    assert check(article, summary).flagged == []


LOWER = index(
    "the council of harwick voted on tuesday to close the old library, and people who came in "
    "the evening were told so by the mayor. the books go to the school."
)


def test_without_capitals_new_words_stand_for_names() -> None:
    """The summary of another text is flagged in lower case too, a rewording is not."""
    other = "kestrels breed along cliffs near foreign harbours."
    assert [c.check for c in check(LOWER, other).flagged] == ["out_of_article"]
    assert check(LOWER, "the old library is closing and its books go to the school.").flagged == []


def test_a_sentence_of_which_hardly_a_word_is_known() -> None:
    """Six new words of seven come from elsewhere, unless they speak of the text."""
    article = index("The council of Harwick voted to close the old library on Mill Street.")
    other = "Thousands of schoolchildren eat healthier lunches in old canteens, doctors claim."
    (claim,) = check(article, other).flagged
    assert (claim.check, claim.text) == ("out_of_article", other[:-1])
    about = (
        "The speakers are playing a guessing game with occupations and nicknames of old friends."
    )
    assert check(article, about).flagged == []
