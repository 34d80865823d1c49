import pytest

from harness.facts import check, index
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


FAIR = {
    "cents": ("It earned $0.87 a share.", "It earned 87 cents a share."),
    "pence": ("The dividend is 3.2p a share.", "The dividend is 3.2 pence a share."),
    "basis points": ("Margins rose 120 basis points.", "Margins rose 1.2 percentage points."),
    "spoken decimal": ("It was point three percent worse.", "It was 0.3% worse."),
    "spoken price": ("A unit costs twelve fifty.", "A unit costs 12.50."),
    "spoken year": ("It began in twenty twenty-four.", "It began in 2024."),
    "fraction": ("Two-thirds of members agree.", "67% of members agree."),
    "half a million": ("It has two and a half million users.", "It has 2.5 million users."),
    "half added": ("They met two hours later.", "They met an hour and a half later."),
    "range": ("It expects $575 million to $590 million.", "It expects $575-590 million."),
    "table": ("Sales (in thousands) 63,606 61,530", "Sales were 63.6 million."),
    "carried size": ("They saw 1.5 million, and you had 1.2.", "You had 1.2 million."),
    "rounded decimal": ("The mean age was 67.4 years.", "The mean age was 67 years."),
    "other clock": ("It rang at 22:14 in town.", "It rang at 10:14 p.m. in town."),
    "other clock the other way": ("It rang at 9:05 pm in town.", "It rang at 21:05 in town."),
    "times": ("Debt was 1.9 times profit.", "Debt was 1.9x profit."),
    "said to be worked out": (
        "Income was £2.3m and the budget £2.1m.",
        "Income was £200,000 above the budget.",
    ),
    "points of difference": (
        "It was 84% at home, 61% there.",
        "At home it was 23 percentage points more.",
    ),
    "corrected": ("Ann: You run 14 stores? Bo: Fifteen, now.", "Bo runs 15 stores."),
}


@pytest.mark.parametrize(("text", "summary"), FAIR.values(), ids=FAIR)
def test_one_value_in_many_guises(text: str, summary: str) -> None:
    """A value may be written, spoken, rounded or worked out."""
    assert [c.text for c in check(index(text), summary).flagged if c.type == "number"] == []


WRONG = {
    "cents": ("It earned $0.87 a share.", "It earned 97 cents a share.", "97"),
    "fraction": ("Two-thirds of members agree.", "77% of members agree.", "77%"),
    "between the very words": (
        "The slide killed at least two people on Monday. The three sons of one are safe.",
        "The slide killed at least three people.",
        "three",
    ),
    "age": ("Ann, 58 years old, came.", "The 68-year-old came.", "68"),
    "no table": ("Sales 63,606 61,530", "Sales were 63.6 million.", "63.6 million"),
    "clock": ("It rang at 22:14 in town.", "It rang at 10:41 p.m. in town.", "10:41 p.m."),
    "counted": ("Exactly 67 came.", "Exactly 68 came.", "68"),
}


@pytest.mark.parametrize(("text", "summary", "number"), WRONG.values(), ids=WRONG)
def test_another_value_in_the_same_guise(text: str, summary: str, number: str) -> None:
    """Another value is flagged in any of them."""
    assert number in [c.text for c in check(index(text), summary).flagged]


def test_an_age_is_no_rival_of_a_span() -> None:
    """A number of years ago does not contradict an age."""
    article = index("Ann got the sentence for the drugs two years ago and shares a cell with Bea.")
    (claim,) = check(article, "The 58-year-old shares a cell.").flagged
    assert (claim.text, claim.tier) == ("58", "B")
