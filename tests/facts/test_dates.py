import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "weekday": (
        "The council voted on Monday to close the library.",
        ("dates", "Monday", "A", "Tuesday"),
    ),
    "month": ("Profits rose 12 percent in May.", ("dates", "May", "A", "March")),
    "year": ("Costs may rise to $4.5 million by 2029.", ("dates", "2029", "A", "2027")),
    "nowhere": ("The bridge was built in 1931.", ("dates", "1931", "B", None)),
}
QUIET = {
    "the same": "The council voted on Tuesday.",
    "short form": "Profits rose 12 percent in Mar., the bank said.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """Another month, weekday or year is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


def test_weekday_of_a_text_without_any_is_let_pass() -> None:
    """An article that names no weekday may have been written on the one that the summary names."""
    article = index("Alex asked Jacob for a beer tonight, and Jacob agreed at once.")
    assert check(article, "Alex asked Jacob for a beer on Friday.").flagged == []


def test_a_month_without_its_capital_is_found() -> None:
    """Lower-cased text writes "5 march" and "in may"; "they march" is no month."""
    article = index("The council met on 5 march in Harwick, and again in may..")
    assert check(article, "The council met on 5 March in Harwick, and in May.").flagged == []
    verb = index("The teachers march to the town hall of Harwick every day, and the police watch.")
    assert check(verb, "The teachers of Harwick will strike in March.").flagged != []
