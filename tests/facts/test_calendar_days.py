import pytest

from harness.facts import check, index
from harness.facts.calendar_days import Day, days, weekday
from harness.facts.tokens import tokenise

MEETING = index("Minutes of the harbour board, Tuesday, 4 March 2025. The board met at six.")
BARE = index("The board of the harbour met on 4 March 2025 at six. It meets on Friday again.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Tuesday, 4 March 2025", (4, 3, 2025)),
        ("on March 4th", (4, 3, None)),
        ("in March 2025", None),
        ("45 March flowers", None),
    ],
    ids=["day first", "month first", "no day", "no such day"],
)
def test_dates_are_read(text: str, expected: tuple[int, int, int | None] | None) -> None:
    """A day of a month is a month with a number up to 31 right beside it."""
    tokens = [token for token in tokenise(text, [(0, len(text))]) if token.kind != "mark"]
    found = [(day.day, day.month, day.year) for day in days(tokens, range(len(tokens)))]
    assert found == ([] if expected is None else [expected])


def test_weekday_by_the_calendar() -> None:
    """4 March 2025 was a Tuesday (python -m calendar 2025 3); there is no 31 April."""
    assert weekday(Day(4, 3, None, 0, None), 2025) == "tuesday"
    assert weekday(Day(31, 4, None, 0, None), 2025) is None


def test_another_weekday_than_the_article_gives_the_date() -> None:
    """The weekday beside the same date contradicts, and is shown."""
    (claim,) = check(MEETING, "The harbour board met on Wednesday 4 March.").flagged
    assert (claim.check, claim.text, claim.tier) == ("dates", "Wednesday", "A")
    assert claim.found is not None
    assert claim.found.text == "Tuesday"


def test_the_calendar_decides_where_the_article_gives_no_weekday() -> None:
    """A weekday that the date cannot have is flagged, the right one is let pass."""
    (claim,) = check(BARE, "The board of the harbour met on Friday, 4 March.").flagged
    assert (claim.text, claim.tier) == ("Friday", "A")
    assert check(BARE, "The board of the harbour met on Tuesday, 4 March 2025.").flagged == []


def test_a_weekday_without_a_date_is_held_against_nothing_here() -> None:
    """The same weekday as in the article needs no date beside it."""
    assert check(MEETING, "The harbour board met on Tuesday.").flagged == []
