import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "other speaker": (
        "Maria Lopez warned that repair costs may rise to $4.5 million.",
        ("attribution", "Maria Lopez", "A", "John Reed"),
    ),
    "speaker after the verb": (
        "According to Jones, repair costs may rise to $4.5 million.",
        ("attribution", "Jones", "A", "John Reed"),
    ),
    "quotation after an inverted verb": (
        'Chief engineer John Reed said: "We are delighted with the plan."',
        ("attribution", "John Reed", "A", "Maria Lopez"),
    ),
}
QUIET = {
    "only a title": "The Mayor warned that repair costs may rise to $4.5 million.",
    "same speaker": "John Reed warned that repair costs may rise.",
    "surname alone": "Repair costs may rise, Reed said.",
    "no speaker": "Repair costs may rise to $4.5 million.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A statement handed to somebody else is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
