"""Dates: a month, weekday or year that the article does not give, or gives to something else.

The day of the month is a number and is checked as one. Tier A where the article has another month,
weekday or year in the same slot, tier B where it has ours nowhere. A weekday beside a date is held
against the article's weekday of that date and, where the year is known, against the calendar. For
an article that names none, a weekday is let pass, and a year beside a name ("the Masters 2015"):
who writes a summary knows from the page which day "tonight" was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.calendar_days import of_other_day, of_this_day
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.inflection import key
from harness.facts.parts import Check, Need
from harness.facts.slots import replaced, rival
from harness.facts.tokens import Token, is_year
from harness.facts.view import AlignedSummary


@dataclass(frozen=True, slots=True)
class Dates:
    """Months, weekdays and years."""

    types: ClassVar[tuple[ClaimType, ...]] = ("date",)
    needs: ClassVar[frozenset[Need]] = frozenset()
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every month, weekday and year."""
        for at, token in enumerate(summary.tokens):
            kind = _kind(token)
            if kind is not None:
                yield _judge(summary, at, kind)


def _judge(summary: AlignedSummary, at: int, kind: str) -> Claim:
    place = replaced(summary, at)
    if place is not None and _kind(summary.article.tokens[place]) == kind:
        return summary.claim([at], "date", "dates", "A", [place])
    if kind == "weekdays" and (found := of_other_day(summary, at)) is not None:
        return summary.claim([at], "date", "dates", "A", found)
    if summary.matches[at].how != "none" or _in_lower_case(summary, at) or of_this_day(summary, at):
        return summary.claim([at], "date", "dates")
    others = [p for p, token in enumerate(summary.article.tokens) if _kind(token) == kind]
    held = rival(summary, at, others)
    if held is None:
        known = not others and (kind == "weekdays" or _edition(summary, at))
        tier: Tier | None = None if known else "B"
        return summary.claim([at], "date", "dates", tier)
    return summary.claim([at], "date", "dates", "A", [held])


def _edition(summary: AlignedSummary, at: int) -> bool:
    """Return whether a year stands right beside a name of the article: "the Masters 2015"."""
    sentence = summary.sentence_of(at)
    return any(
        summary.tokens[other].kind == "name" and summary.matches[other].how == "exact"
        for other in (at - 1, at + 1)
        if sentence.start <= other < sentence.stop
    )


_BEFORE = frozenset({"in", "last", "next", "this", "since", "until", "early", "late", "mid"})


def _in_lower_case(summary: AlignedSummary, at: int) -> bool:
    """Return whether the article gives the month without its capital: "march 5", "in march"."""
    tokens = summary.article.tokens
    return any(
        any(t.lower in _BEFORE or t.kind == "number" for t in tokens[max(place - 1, 0) : place])
        or any(t.kind == "number" for t in tokens[place + 1 : place + 2])
        for place in summary.article.positions((key(summary.tokens[at].lower),))
    )


def _kind(token: Token) -> str | None:
    """Return which part of a date a token is: a key of the calendar, "years", or None."""
    if is_year(token):
        return "years"
    if token.kind != "name":
        return None
    calendar = words.table("dates")
    return next((kind for kind in calendar if token.key.lower() in calendar[kind]), None)


CHECK: Check = Dates()
