import pytest

from harness.facts import check, index

ARTICLE = index(
    "The nurses gave doses to 188 children and 124 adults by Wednesday 15 May. Prices rose 4.1 "
    "percent, and without the error they would have risen 3.2 percent. She took the post in 1986 "
    "and left it in 2023. Of 250 voters, 110 stayed at home. The fault was found on the Thursday. "
    "Nurses were called at 22:14. The first one got there at 22:21."
)
QUIET = {
    "sum": "They gave doses to 312 people, children and adults.",
    "difference": "Doses fell short by 64 for adults, if compared with children.",
    "percentage points": "The error made prices rise 0.9 points.",
    "years": "She held the post for 37 years.",
    "share": "Some 44 percent of voters stayed at home.",
    "day after": "It emerged, on the Thursday, that is 16 May, that the fault existed.",
    "minutes between two times": "The first one got there seven minutes later.",
    "nought is told in words": "Scotland had 0 wins.",
}
SPEAKS = {
    "no sum": ("They gave doses to 314 people, children and adults.", "314"),
    "round share": ("Some 45 percent of voters stayed at home.", "45 percent"),
    "no years": ("She held the post for 36 years.", "36"),
    "no such minutes": ("The first one got there eight minutes later.", "eight"),
    "another month": ("The fault was found on 16 June, a Thursday.", "16"),
}


def numbers(summary: str) -> list[str]:
    """Return the numbers that are flagged as not found."""
    return [c.text for c in check(ARTICLE, summary).flagged if c.check == "numbers"]


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_what_follows_from_the_article_is_not_missing(summary: str) -> None:
    """A number that two of the article's numbers give is not flagged."""
    assert numbers(summary) == []


@pytest.mark.parametrize(("summary", "number"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(summary: str, number: str) -> None:
    """A number that no two of them give is flagged."""
    assert number in numbers(summary)
