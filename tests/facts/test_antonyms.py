import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "same slot": ("The council voted to open the old library.", ("antonyms", "open", "A", "close")),
    "direction": ("Profits fell 12 percent in March.", ("antonyms", "fell", "A", "rose")),
    "in a compound": (
        "The door was painted with low-quality oil.",
        ("antonyms", "low", "A", "high"),
    ),
}
QUIET = {
    "both sides told": "Profits rose or fell, but rose 12 percent in March.",
    "the same": "The council voted to close the old library.",
    "same side": "Profits grew 12 percent in March.",
    "another form, of another thing": "The vote was a loss for profits, up 12 percent.",
    "new, its opposite elsewhere": "A cheap plan for visitors who came late to the ugly bridge.",
    "done again": "The reopened library is to close.",
    "other compound": "The council used a low-key vote to close the library.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """The opposite of the article's word in its place is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


def test_right_before_the_same_noun() -> None:
    """A new word whose opposite stands right before the same noun is flagged."""
    article = index("The agency runs a tool for small, uncrewed aircraft in the open air.")
    (claim,) = check(article, "It brings a way to guide crewed aircraft.").flagged
    assert (claim.text, claim.tier) == ("crewed", "B")


def test_a_prefix_written_apart_is_the_same_word() -> None:
    """A nonprofit is what a non-profit is, and no opposite of "profit"."""
    article = index("A non-profit group of farmers asks the county for money.")
    assert check(article, "A nonprofit group of farmers asks for money.").flagged == []


def test_two_sides_of_one_relation() -> None:
    """Her husband is a man with a wife: other owners, no contradiction."""
    article = index("He admits that he cannot tell the difference in his wife after the surgery.")
    assert check(article, "Her husband cannot tell the difference.").flagged == []
