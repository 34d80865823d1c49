import pytest

from harness.facts import check, index

ARTICLE = index(
    "Members who join within the next 10 days pay nothing for the first three months. "
    "The ferry carries 40 tonnes of freight, and the crossing of 30 miles costs 9 euros. "
    "Repairs took four weeks in spring."
)
SPEAKS = {
    "time": ("Members who join within the next 10 months pay nothing.", ("months", "A")),
    "weight": ("The ferry carries 40 grams of freight.", ("grams", "A")),
    "currency": ("The crossing of 30 miles costs 9 dollars.", ("dollars", "A")),
    "length": ("The crossing of 30 kilometres costs 9 euros.", ("kilometres", "A")),
    "at the end": ("Repairs took four days in spring.", ("days", "A")),
}
QUIET = {
    "the same": "Members who join within 10 days pay nothing for three months.",
    "other spelling": "The ferry carries 40 tons of freight.",
    "another number": "The crossing is about 48 kilometres long.",
    "no company": "Nobody waited three weeks.",
    "no number": "The months went by.",
}


def flags(summary: str) -> list[tuple[str, str | None]]:
    """Return the words that the check flags, and their tiers."""
    return [(c.text, c.tier) for c in check(ARTICLE, summary).flagged if c.check == "units"]


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(summary: str, flag: tuple[str, str]) -> None:
    """The article's number with another unit of the kind is flagged."""
    assert flags(summary) == [flag]


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(summary: str) -> None:
    """The same quantity, another number, or nothing shared beside it says nothing."""
    assert flags(summary) == []
