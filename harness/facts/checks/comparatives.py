"""Comparisons and order: more or less, before or after, up or down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.inflection import key
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary

_REACH = 4


@dataclass(frozen=True, slots=True)
class Comparatives:
    """Small words of comparison beside what they compare."""

    types: ClassVar[tuple[ClaimType, ...]] = ("comparative",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every word of comparison whose neighbours the article has."""
        for at, token in enumerate(summary.tokens):
            opposites = _opposites().get(token.lower)
            if opposites is not None:
                yield _judge(summary, at, opposites)


def _judge(summary: AlignedSummary, at: int, opposites: frozenset[str]) -> Claim:
    """Flag the word if the article has its opposite between the same words, on the same sides."""
    article, mine = summary.article, summary.tokens[at].lower
    found: list[int] = []
    sentence = summary.sentence_of(at)
    before, after = _beside(summary, at)
    for place in (p for word in sorted(opposites) for p in article.places.get(key(word), ())):
        around = range(max(0, place - _REACH), min(len(article.tokens), place + _REACH + 1))
        if any(article.tokens[p].lower == mine for p in around):
            continue
        left = _any_in(before, around.start, place) or at == sentence.start
        if left and _any_in(after, place + 1, around.stop):
            found.append(place)
    tier: Tier | None = "A" if found else None
    return summary.claim([at], "comparative", "comparatives", tier, found[:1])


def _beside(summary: AlignedSummary, at: int) -> tuple[list[int], list[int]]:
    """Return where the article has the nearest word of content before, and the nearest after."""
    content = summary.content(summary.sentence_of(at))
    before = [other for other in content if at - _REACH <= other < at][-1:]
    after = [other for other in content if at < other <= at + _REACH][:1]
    left, right = ([p for o in side for p in summary.matches[o].places] for side in (before, after))
    return left, right


def _any_in(places: Sequence[int], start: int, stop: int) -> bool:
    return any(start <= place < stop for place in places)


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for line in words.lines("comparatives"):
        left, right = (frozenset(side.split()) for side in line.split("|"))
        out |= dict.fromkeys(left, right) | dict.fromkeys(right, left)
    return out


CHECK: Check = Comparatives()
