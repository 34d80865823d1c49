import pytest

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
