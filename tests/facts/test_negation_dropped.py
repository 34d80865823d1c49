import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "auxiliary": (
        "The report did mention the bridge.",
        ("negation_dropped", "did", "A", "mention"),
    ),
    "none": (
        "The report mentioned the bridge on Mill Street.",
        ("negation_dropped", "mentioned", "A", "mention"),
    ),
    "prefix beside a preposition": (
        "In March the report did mention the bridge.",
        ("negation_dropped", "did", "A", "mention"),
    ),
}
QUIET = {
    "kept": "The report did not mention the bridge.",
    "denied by meaning": "The report failed to mention the bridge.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A "not" of the article that the summary leaves out is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
