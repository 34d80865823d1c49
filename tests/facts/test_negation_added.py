import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "not": (
        "The council did not vote to close the library.",
        ("negation_added", "not", "A", "voted"),
    ),
    "short form": ("Repair costs may never rise.", ("negation_added", "never", "A", "rise")),
}
QUIET = {
    "denied there too": "The report did not mention the bridge.",
    "sums up": "Nobody wondered afterwards who might be hired.",
    "contrast of places": "The visitors came before noon and not on the bridge.",
    "other words": "The engineer cannot tell what the work will come to.",
    "only supposed": "Reed was asked if costs may not rise.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A "not" that the article does not have is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
