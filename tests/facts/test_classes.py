import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "colour": ("The blue door of the north tower was painted.", ("classes", "blue", "A", "red")),
}
QUIET = {
    "part of an age": "The red door of the 12-year-old north tower was painted.",
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
