import pytest

from harness.facts import check, index

ARTICLE = index(
    "Sales of the group were up 8% at $40 million, while costs fell 3%. "
    "Profit increased by 12% in Spain; in Italy it was down 12%. "
    "The council did not raise the fee by 5%. "
    "The path leads into the lower town, up from the 60 steps."
)
SPEAKS = {
    "function word": ("The group was down 8% in sales.", ("down", "A")),
    "verb": ("Costs rose 3%.", ("rose", "A")),
    "noun": ("The group had a decrease of 8% in sales.", ("decrease", "A")),
}
QUIET = {
    "the same way": "The group's sales climbed 8%, and costs declined 3%.",
    "both ways": "Profit decreased by 12% in Italy.",
    "denied there": "The fee was not cut by 5%.",
    "denied here": "Sales did not fall 8%.",
    "adjective before": "There are 60 lower steps.",
    "another number": "Costs rose 4%.",
}


def flags(summary: str) -> list[tuple[str, str | None]]:
    """Return the words of comparison that are flagged, and their tiers."""
    return [(c.text, c.tier) for c in check(ARTICLE, summary).flagged if c.type == "comparative"]


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(summary: str, flag: tuple[str, str]) -> None:
    """A number moves the other way than in the article."""
    assert flags(summary) == [flag]


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(summary: str) -> None:
    """The same way, both ways, a denial or another number is no contradiction."""
    assert flags(summary) == []
