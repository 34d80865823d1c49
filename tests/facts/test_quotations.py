import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "altered": (
        '"We are disappointed with the plan," said Lopez.',
        ("quotations", "disappointed", "A", "delighted"),
    ),
    "invented": (
        'The mayor called it "a shameful betrayal of readers".',
        ("quotations", "a shameful betrayal of readers", "B", None),
    ),
}
QUIET = {
    "verbatim": '"We are delighted with the plan," said Lopez.',
    "shortened": 'The mayor was "delighted with the plan".',
    "a single word": 'The mayor was "delighted".',
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A quotation with other words than the article has is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
