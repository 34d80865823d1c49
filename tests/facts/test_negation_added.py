import pytest

from harness.facts import check, index
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


FAIR = {
    "subject denied": (
        "None of those who were brought ashore late on Friday night were reported to be injured.",
        "No injuries were reported on Friday night.",
    ),
    "rather than": (
        "The gain comes from the schedule rather than from the gate itself.",
        "The gain comes from the schedule, not from the gate.",
    ),
    "prefix": (
        "The expectations of the board for the year are unchanged, it said.",
        "The expectations of the board have not changed.",
    ),
    "raised": (
        "Mary has to move soon because I feel that this house is not safe, she says.",
        "Mary does not feel safe in the house and has to move soon.",
    ),
    "not yet": (
        "Customer: I would have to talk to my partner, Lucia, before committing to the budget.",
        "The prospect does not commit yet because his partner handles the budget.",
    ),
    "no longer": (
        "And from January applicants will not need an engineer's certificate for works under "
        "50,000 kroner. A longer list of works is to come.",
        "From January, works under 50,000 kroner will no longer require a certificate.",
    ),
    "judged": (
        "The difference in the distance walked was 3 metres after one year.",
        "The difference in the distance was not significant.",
    ),
}


@pytest.mark.parametrize(("text", "summary"), FAIR.values(), ids=FAIR)
def test_what_is_denied_otherwise_may_be_denied(text: str, summary: str) -> None:
    """The article denies it in other words, or leaves it open."""
    assert check(index(text), summary).flagged == []


def test_far_from_any_denial() -> None:
    """A word in other words is denied unfairly where the article denies nothing far and wide."""
    article = index(
        "Today we begin with a self guided meditation of thirty minutes. The bell rings now and "
        "then, and after each of them comes a short check from me before the silence goes on."
    )
    summary = "A self guided meditation of thirty minutes with no commentary at the bell."
    assert [c.text for c in check(article, summary).flagged] == ["no"]
