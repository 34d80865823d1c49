"""Whether a weekday belongs to the date beside it: "Tuesday, 4 March 2025"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from harness.facts import words
from harness.facts.article import ArticleIndex
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
    ours = _beside(summary, at)
    if ours is None:
        return None
    name = summary.tokens[at].key.lower()
    tokens, same = summary.article.tokens, _same(summary.article, ours)
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
    ours = _beside(summary, at)
    if ours is None:
        return False
    name, every = summary.tokens[at].key.lower(), (ours, *_same(summary.article, ours))
    return any(weekday(ours, d.year) == name for d in every if d.year is not None)


def _beside(summary: AlignedSummary, at: int) -> Day | None:
    """Return the date that follows the weekday ``at`` in the summary."""
    after = range(at + 1, min(at + 2 * _BESIDE, len(summary.tokens)))
    return next((day for day in days(summary.tokens, after) if day.weekday == at), None)


def _same(article: ArticleIndex, ours: Day) -> list[Day]:
    """Return every mention of a date in the article, whatever its year."""
    month = list(words.table("dates")["months"])[ours.month - 1]
    places = article.positions({month, key(month), month.title()})
    return [day for day in days(article.tokens, places) if day.day == ours.day]


def weekday(day: Day, year: int) -> str | None:
    """Return the lower-case weekday of a date in the Gregorian calendar; None for no such day."""
    try:
        at = date(year, day.month, day.day).weekday()
    except ValueError:
        return None
    return str(list(words.table("dates")["weekdays"])[at])


def days(tokens: Sequence[Token], places: Iterable[int]) -> Iterator[Day]:
    """Yield the dates at ``places``: "4 March", "March 4th", with a weekday and a year."""
    months = [key(name) for name in words.table("dates")["months"]]
    for at in places:
        token = tokens[at]
        name = key(token.key.lower()) if token.value is None else ""
        if name not in months or token.kind not in ("name", "word"):
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
