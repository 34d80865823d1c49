import pytest

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
