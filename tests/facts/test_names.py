import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "person": (
        "The council, led by Peter Brown, voted to close the library.",
        ("names", "Peter Brown", "B", None),
    ),
    "place": ("The old library in Ketterby may close.", ("names", "Ketterby", "B", None)),
    "other first name": ("Smith beat Anna Lopez.", ("names", "Anna", "B", None)),
}
QUIET = {
    "surname alone": "The plan delighted Lopez.",
    "initials": "Profits of the BN rose.",
    "people of a place": "The Norvanian bank made a profit.",
    "title before a name": "The plan delighted Mayor Lopez.",
    "capital at the start": "Workers may be hired.",
    "missing first name": "In the final vote Adam Smith defeated Jones.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A name that the article does not have is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
