import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "before the same noun": (
        "Smith won by 15 votes.",
        ("numbers", "15", "A", "12"),
    ),
    "after the same verb": (
        "Profits rose 14 percent.",
        ("numbers", "14 percent", "A", "12 percent"),
    ),
    "another magnitude": (
        "Repair costs may rise to $4.5 billion.",
        ("numbers", "$4.5 billion", "A", "$4.5 million"),
    ),
    "nowhere": ("The library has 60,000 books.", ("numbers", "60,000", "B", None)),
}
QUIET = {
    "the same": "Smith won by 12 votes to 9.",
    "in words": "Smith won by twelve votes.",
    "another spelling": "Costs may rise to 4.5m dollars.",
    "sign for word": "Profits rose 12% in March.",
    "rounded after a hedge": "About 3,800 people were hired.",
    "small count of what is named": "Two people stood in the vote.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A value that the article gives otherwise, or not at all, is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
