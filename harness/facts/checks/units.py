"""Units: the article's number counted in another unit, "10 months" for "10 days".

A number in another unit is another quantity, and a fair conversion changes the number too. Flagged
only where the article has the number before a unit of the same kind, never before ours, and
another word beside it that the summary has beside it too. Where the evidence counts
something else in our unit, the number is the claim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.facts.claims import Claim, ClaimType
from harness.facts.opposites import kinds_of_unit, siblings, units
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary

_REACH = 10


@dataclass(frozen=True, slots=True)
class Units:
    """Units of time, length, weight, volume and money right after a number."""

    types: ClassVar[tuple[ClaimType, ...]] = ("number",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every unit whose number the article has."""
        for at in range(1, len(summary.tokens)):
            number, unit = summary.tokens[at - 1], summary.tokens[at]
            same = number.sentence == unit.sentence and summary.matches[at - 1].how == "exact"
            if unit.key in units() and number.kind == "number" and same:
                yield _judge(summary, at)


def _judge(summary: AlignedSummary, at: int) -> Claim:
    """Flag the unit, or the number where the evidence counts something else in our unit."""
    held = _rival(summary, at)
    if held is None:
        return summary.claim([at], "number", "units")
    wrong = at - 1 if _counted(summary, at, held) else at
    return summary.claim([wrong], "number", "units", "A", [held - 1, held])


def _counted(summary: AlignedSummary, at: int, held: int) -> bool:
    """Return whether another number stands before our unit in the evidence, held apart."""
    article = summary.article
    evidence = {*summary.sentence_of(at).evidence} - {article.tokens[held].sentence}
    return any(
        place > 0
        and article.tokens[place].sentence in evidence
        and article.tokens[place - 1].kind == "number"
        for place in article.positions((summary.tokens[at].key,))
    )


def _rival(summary: AlignedSummary, at: int) -> int | None:
    """Return where the article has another unit of the same kind after the number, never ours."""
    article, mine = summary.article, summary.tokens[at].key
    places = [
        place + 1
        for place in summary.matches[at - 1].places
        if place + 1 < len(article.tokens)
        and article.tokens[place].value == summary.tokens[at - 1].value
    ]
    others = siblings().get(mine, frozenset())
    kind = next(kind for kind in kinds_of_unit() if mine in kind)
    if any(article.tokens[place].key in kind - others for place in places):
        return None
    found = (place for place in places if article.tokens[place].key in others)
    return next((place for place in found if _kept(summary, at, place)), None)


def _kept(summary: AlignedSummary, at: int, place: int) -> bool:
    """Return whether another word stands near the number in both."""
    others = [other for other in summary.near(at, 5) if other != at - 1]
    together = summary.article.together
    return any(together([place], summary.matches[o].places, _REACH) is not None for o in others)


CHECK: Check = Units()
