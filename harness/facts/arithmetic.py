"""Numbers that follow from the article's by simple arithmetic: a summary may add up.

Sums, differences and shares of two numbers that stand near each other, the years between two years,
and the date of a weekday that the article names beside another date. Fair only for what the summary
sentence was read from, so that a long table does not bear out every number; and no round share is
held to be computed.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from harness.facts import words
from harness.facts.tokens import Token, is_year
from harness.facts.view import AlignedSummary

_WEEK = 7
_SLACK = 1e-6
_MOST = 40
_BESIDE = 4


def derivable(summary: AlignedSummary, at: int) -> bool:
    """Return whether the number ``at`` follows from numbers of the sentences it was read from."""
    token, value = summary.tokens[at], summary.tokens[at].value
    if _minutes_between(summary, at):
        return True
    if value is None or token.unit in ("rank", "clock"):
        return False
    numbers = list({(n.value, n.text): n for n in _near(summary, at)}.values())[:_MOST]
    following = summary.tokens[at + 1 : at + 2]
    points = "point" in token.text or any(other.key == "point" for other in following)
    return (
        any(_follows(token, value, one, other, points) for one, other in combinations(numbers, 2))
        or _years_between(summary, at, value)
        or _day_beside(summary, at, value)
    )


def listed_sum(summary: AlignedSummary, at: int) -> bool:
    """Return whether the count ``at`` adds up two counts side by side: 188 boys, 124 girls."""
    token, article = summary.tokens[at], summary.article
    for number in summary.sentence_of(at).evidence if token.unit == "" else ():
        start, stop = article.extent(number)
        counts = [p for p in range(start, stop) if article.tokens[p].kind == "number"]
        for one, other in pairwise(counts):
            total = (article.tokens[one].value or 0) + (article.tokens[other].value or 0)
            if other - one <= _BESIDE and total == token.value and _worth(total):
                return True
    return False


def _near(summary: AlignedSummary, at: int) -> Iterator[Token]:
    """Yield the numbers of the evidence and of the sentence before and after each."""
    article = summary.article
    wanted = {n + step for n in summary.sentence_of(at).evidence for step in (-1, 0, 1)}
    for number in sorted(wanted & set(range(len(article.sentences)))):
        for token in article.tokens[slice(*article.extent(number))]:
            if token.kind == "number" and token.unit not in ("rank", "clock"):
                yield token


def _follows(token: Token, value: float, one: Token, other: Token, points: bool) -> bool:
    if not one.value or not other.value or is_year(one) or is_year(other):
        return False
    units = {one.unit, other.unit}
    if points:
        return units == {"share"} and abs(abs(one.value - other.value) - value) < _SLACK
    if token.unit == "share":
        low, high = sorted((one.value, other.value))
        computed = "share" not in units and len(units) == 1 and value % 5
        return bool(computed) and abs(value - 100 * low / high) <= 0.5
    got = (one.value + other.value, abs(one.value - other.value))
    return _worth(value) and units <= {token.unit} and any(abs(value - g) < _SLACK for g in got)


def _worth(value: float) -> bool:
    """Return whether a sum is no accident: small whole numbers are the sum of many others."""
    return value > _WEEK or value != round(value)


def _years_between(summary: AlignedSummary, at: int, value: float) -> bool:
    following = [token.key for token in summary.tokens[at + 1 : at + 3]]
    if following[:1] != ["year"] or "old" in following:
        return False
    years = {token.value for token in summary.article.tokens if is_year(token) and token.value}
    return any(one + value in years for one in years)


def _minutes_between(summary: AlignedSummary, at: int) -> bool:
    """Return whether a number of minutes lies between two times of day that stand near each other.

    Each time is held against the next only, so that a timetable does not bear out every number.
    """
    following = summary.tokens[at + 1 : at + 2]
    if not following or following[0].key != "minut":
        return False
    article, clocks = summary.article, []
    for number in summary.sentence_of(at).evidence:
        first, last = article.extent(max(0, number - 1))[0], article.extent(number)[1]
        clocks += [t.value or 0 for t in article.tokens[first:last] if t.unit == "clock"]
    minutes = [60 * int(clock) + round(clock % 1 * 100) for clock in clocks]
    return any(abs(one - other) == summary.tokens[at].value for one, other in pairwise(minutes))


def _day_beside(summary: AlignedSummary, at: int, value: float) -> bool:
    """Return whether the article has a day of the same month at most a week off, and a weekday."""
    months, weekdays = (words.table("dates")[kind] for kind in ("months", "weekdays"))
    around = [t.key.lower() for t in summary.tokens[max(0, at - 1) : at + 2]]
    month = next((key for key in around if key in months), None)
    article = summary.article
    if month is None or not any(key in weekdays for key in _keys(summary, at)):
        return False
    return any(
        other.value is not None and abs(other.value - value) <= _WEEK
        for place in article.positions((month, month.title()))  # "May" keeps its capital
        for other in article.tokens[max(0, place - 1) : place + 2]
        if other.kind == "number"
    )


def _keys(summary: AlignedSummary, at: int) -> Iterator[str]:
    article = summary.article
    for number in summary.sentence_of(at).evidence:
        yield from (t.key.lower() for t in article.tokens[slice(*article.extent(number))])
