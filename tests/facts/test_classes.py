import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "colour": ("The blue door of the north tower was painted.", ("classes", "blue", "A", "red")),
}
QUIET = {
    "the same": "The red door of the north tower was painted.",
    "both in the article": "The old library may close.",
    "another sense in a compound": "The door was painted in a two-day effort.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """Another member of a closed class in the same place is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


def test_the_unit_of_an_age_is_left_alone() -> None:
    """A year in "90-year-old" is no other unit than the week of the article."""
    article = index("The old man was in court last week for the stolen car.")
    assert check(article, "The 90-year-old man was in court.").flagged[1:] == []


def test_a_unit_of_time_needs_a_number() -> None:
    """Last week and last year may both be true; a second quarter is no second."""
    article = index("The old man was in court last week. In the second quarter he sold a car.")
    assert check(article, "The man was in court last year.").flagged == []
    assert check(article, "The old man sold a car, a year earlier.").flagged == []


def test_the_only_member_beside_a_neighbour() -> None:
    """A class member that alone stands beside the only neighbour excludes the others."""
    article = index("So he said he wants to major in sociology, and he has time to think of it.")
    summary = "One of the friends talks of a future and of plans to major in physics."
    assert [(c.text, c.check) for c in check(article, summary).flagged] == [("physics", "classes")]


def test_two_of_a_class_side_by_side() -> None:
    """A member beside another that was read is one more, and no other."""
    article = index("These battery improvements could be rolled out to existing phones soon.")
    summary = "Critics wrote of phones and tablets whose battery only lasts a day."
    assert check(article, summary).flagged == []


def test_between_the_very_words() -> None:
    """A member that the article has elsewhere is flagged between the words of another."""
    article = index("The man was guilty of manslaughter in the death. It was no murder, they say.")
    (claim,) = check(article, "The man was guilty of murder in the death.").flagged
    assert (claim.text, claim.check, claim.tier) == ("murder", "classes", "A")


def test_a_unit_has_spellings() -> None:
    """A kilometre is a km, and neither excludes the other."""
    article = index("The train ran at 600 kilometres an hour, 10 cm above the rails.")
    assert check(article, "The train ran 10 cm above the rails at 600 km an hour.").flagged == []


def test_yesterday_is_not_tomorrow() -> None:
    """Days told from today exclude each other in one slot."""
    article = index("The council of Harwick met yesterday evening to vote on the library.")
    (claim,) = check(article, "The council of Harwick will vote tomorrow evening.").flagged
    assert (claim.text, claim.check) == ("tomorrow", "classes")
