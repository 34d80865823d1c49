import pytest

from harness.facts import check, index

ARTICLE = index(
    "The group reports on the third quarter and on the first half of fiscal 2024. "
    "Revenue in the quarter was $12 million."
)
SPEAKS = {
    "quarter": ("Revenue in Q2 was $12 million.", ("Q2", "A")),
    "lower case": ("q4 revenue was $12 million.", ("q4", "A")),
    "half": ("Revenue in H2 was good.", ("H2", "A")),
    "turned round": ("Revenue in 4Q was good.", ("4Q", "A")),
    "year": ("Revenue in FY22 was good.", ("FY22", "A")),
}
QUIET = {
    "spelled out": "Revenue in Q3 was $12 million.",
    "lower case": "q3 revenue was $12 million.",
    "half": "Revenue in the 1H was good.",
    "two digits": "Revenue in FY24 was good.",
    "four digits": "Revenue in FY2024 was good.",
}


def flags(summary: str) -> list[tuple[str, str | None]]:
    """Return the words that the check flags, and their tiers."""
    return [(c.text, c.tier) for c in check(ARTICLE, summary).flagged if c.check == "periods"]


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(summary: str, flag: tuple[str, str]) -> None:
    """A period that the article does not name is flagged."""
    assert flags(summary) == [flag]


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(summary: str) -> None:
    """A code stands for the period that the article spells out."""
    assert flags(summary) == []


def test_several_periods_are_no_contradiction() -> None:
    """Where the article names two quarters, a third is only not found."""
    article = index("Sales fell in Q1 and rose in Q2.")
    assert [(c.text, c.tier) for c in check(article, "Sales rose in Q3.").flagged] == [("Q3", "B")]


def test_an_article_without_periods_says_nothing_of_one() -> None:
    """Who reads a report knows which quarter it is of."""
    article = index("Revenue in the quarter was $12 million.")
    assert check(article, "Revenue in Q3 was $12 million.").flagged == []
