import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "quantity": (
        "Less than half of the visitors came before noon.",
        ("comparatives", "Less", "A", "More"),
    ),
    "order": (
        "The visitors came after noon.",
        ("comparatives", "after", "A", "before"),
    ),
}
QUIET = {
    "the same": "More than half of the visitors came before noon.",
    "sides exchanged": "Before the council voted to close the library, there was a long debate.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A comparison or order turned round is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
