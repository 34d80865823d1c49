"""Whether a weekday belongs to the date beside it: "Tuesday, 4 March 2025"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from harness.facts import words
from harness.facts.inflection import key
from harness.facts.tokens import Token, is_year
from harness.facts.view import AlignedSummary

_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month in a text: what is known of it, and where its month and weekday stand."""

    day: int
    month: int
    year: int | None
    at: int
    weekday: int | None


def of_other_day(summary: AlignedSummary, at: int) -> list[int] | None:
    """Return the article positions that say that the weekday ``at`` is another, or None.

    Its own words where it gives the date a weekday, else the date, for a year given by either
    text: then the calendar decides. An empty list where the summary contradicts itself.
    """
    ours = next((day for day in days(summary.tokens) if day.weekday == at), None)
    if ours is None:
        return None
    name = summary.tokens[at].key.lower()
    tokens = summary.article.tokens
    same = [d for d in days(tokens) if (d.day, d.month) == (ours.day, ours.month)]
    given = [d.weekday for d in same if d.weekday is not None]
    if given:
        named = any(tokens[place].key.lower() == name for place in given)
        return None if named else given[:1]
    years = {d.year for d in (ours, *same) if d.year is not None}
    if len(years) != 1 or weekday(ours, years.pop()) in (None, name):
        return None
    return [d.at for d in same[:1]]


def of_this_day(summary: AlignedSummary, at: int) -> bool:
    """Return whether the calendar gives the date beside the weekday ``at`` this very weekday."""
    ours = next((day for day in days(summary.tokens) if day.weekday == at), None)
    if ours is None:
        return False
    same = [d for d in days(summary.article.tokens) if (d.day, d.month) == (ours.day, ours.month)]
    name = summary.tokens[at].key.lower()
    return any(weekday(ours, d.year) == name for d in (ours, *same) if d.year is not None)


def weekday(day: Day, year: int) -> str | None:
    """Return the lower-case weekday of a date in the Gregorian calendar; None for no such day."""
    try:
        at = date(year, day.month, day.day).weekday()
    except ValueError:
        return None
    return list(words.table("dates")["weekdays"])[at]


def days(tokens: Sequence[Token]) -> Iterator[Day]:
    """Yield the days of months in a text: "4 March", "March 4th", with a weekday and a year."""
    months = [key(name) for name in words.table("dates")["months"]]
    for at, token in enumerate(tokens):
        name = key(token.key.lower())
        if name not in months or not (token.kind == "name" or token.kind == "word"):
            continue
        near = [p for p in (at - 1, at + 1) if 0 <= p < len(tokens) and _is_day(tokens[p])]
        if not near:
            continue
        first, last = min(at, near[0]), max(at, near[0])
        before = range(max(0, first - _BESIDE), first)
        yield Day(
            day=int(tokens[near[0]].value or 0),
            month=months.index(name) + 1,
            year=next((int(t.text) for t in tokens[last + 1 : last + 2] if is_year(t)), None),
            at=at,
            weekday=next((p for p in reversed(before) if _is_weekday(tokens, p, first)), None),
        )


def _is_day(token: Token) -> bool:
    whole = token.value is not None and token.value == int(token.value)
    return whole and token.unit in ("", "rank") and 1 <= (token.value or 0) <= 31


def _is_weekday(tokens: Sequence[Token], at: int, before: int) -> bool:
    """Return whether a weekday leads up to a date with function words between at most."""
    between = tokens[at + 1 : before]
    return tokens[at].key.lower() in words.table("dates")["weekdays"] and all(
        token.kind == "function" for token in between
    )
