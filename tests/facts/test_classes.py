import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "colour": ("The blue door of the north tower was painted.", ("classes", "blue", "A", "red")),
}
QUIET = {
    "the same": "The red door of the north tower was painted.",
    "both in the article": "The old library may close.",
    "another sense in a compound": "The door was painted in a two-day effort.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """Another member of a closed class in the same place is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


def test_the_unit_of_an_age_is_left_alone() -> None:
    """A year in "90-year-old" is no other unit than the week of the article."""
    article = index("The old man was in court last week for the stolen car.")
    assert check(article, "The 90-year-old man was in court.").flagged[1:] == []
    assert [c.check for c in check(article, "The man was in court last year.").flagged] == [
        "classes"
    ]
