"""Periods: the quarter, half or fiscal year that a report names by a code, "Q3", "1H", "FY24".

A code is found where the article has it, or spells it out ("third quarter", "fiscal 2024"). Tier A
where the article names just one other period of the kind, tier B where it names several. An article
that names none is of a period that its reader knows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.tokens import Token, is_year
from harness.facts.view import AlignedSummary

_CODE = re.compile(
    r"(?P<before>[qh])(?P<number>[1-4])|(?P<after>[1-4])(?P<kind>[qh])|fy(?P<year>\d\d|20\d\d)"
)
Period = tuple[str, int]
"""The kind of a period, "q", "h" or "y", and its number."""
_SPELLED = {"quarter": "q", "half": "h"}


@dataclass(frozen=True, slots=True)
class Periods:
    """Codes of quarters, halves and fiscal years."""

    types: ClassVar[tuple[ClaimType, ...]] = ("date",)
    needs: ClassVar[frozenset[Need]] = frozenset()
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every code of a period."""
        ours = [(at, period) for at, t in enumerate(summary.tokens) if (period := coded(t))]
        theirs = _named(summary.article.tokens) if ours else {}
        for at, mine in ours:
            yield _judge(summary, at, mine, theirs)


def _judge(summary: AlignedSummary, at: int, mine: Period, theirs: Mapping[Period, int]) -> Claim:
    """Flag a period that is not among the article's of its kind."""
    same = {period: place for period, place in theirs.items() if period[0] == mine[0]}
    if mine in same or not same:
        return summary.claim([at], "date", "periods")
    if len(same) > 1:
        return summary.claim([at], "date", "periods", "B")
    return summary.claim([at], "date", "periods", "A", list(same.values()))


def _named(tokens: Sequence[Token]) -> dict[Period, int]:
    """Return every period that an article names, and where last."""
    found = ((named(tokens, at), at) for at in range(len(tokens)))
    return {period: at for period, at in found if period is not None}


def coded(token: Token) -> Period | None:
    """Return the period that a code names: its kind and its number, or None."""
    found = _CODE.fullmatch(token.lower)
    if found is None:
        return None
    if found["year"]:
        return "y", 2000 + int(found["year"]) % 100
    return (found["before"] or found["kind"]), int(found["number"] or found["after"])


def named(tokens: Sequence[Token], at: int) -> Period | None:
    """Return the period that an article names at a place, by its code or in words."""
    token = tokens[at]
    if is_year(token):
        return "y", int(token.text)
    if token.unit == "rank" and token.value is not None:
        kinds = [_SPELLED[t.lower] for t in tokens[at + 1 : at + 3] if t.lower in _SPELLED]
        return (kinds[0], int(token.value)) if kinds else None
    return coded(token)


CHECK: Check = Periods()
