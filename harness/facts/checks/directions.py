"""Directions: a number that rose where the article says it fell.

The number is the same in both, and holds the slot; what counts is the nearest word of movement
beside it, in the same clause. Function words count here ("up 3%", "down 3%"), which no other check
holds against anything. Quiet where the number stands beside both directions in the article, and
under a negation in either.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.inflection import key
from harness.facts.parts import Check, Need
from harness.facts.tokens import Token, is_year
from harness.facts.view import AlignedSummary

_REACH = 6
_ADJECTIVES = frozenset(("lower", "higher"))
"""Before a number they belong to the noun: "into the lower river, up from 85"."""


@dataclass(frozen=True, slots=True)
class Directions:
    """Words of rising and falling beside a number that the article has."""

    types: ClassVar[tuple[ClaimType, ...]] = ("comparative",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every word of movement beside a number."""
        for at, token in enumerate(summary.tokens):
            exact = token.kind == "number" and summary.matches[at].how == "exact"
            moved = _moved(summary.tokens, at) if exact and not is_year(token) else None
            if moved is not None:
                yield _judge(summary, at, moved)


def _judge(summary: AlignedSummary, at: int, moved: int) -> Claim:
    """Hold our direction against those beside the number in the article, wherever it stands."""
    tokens, unit = summary.article.tokens, summary.tokens[at].unit
    places = [place for place in summary.matches[at].places if tokens[place].unit == unit]
    theirs = [_moved(tokens, place) for place in places]
    known = [place for place in theirs if place is not None]
    ways = {_ways()[tokens[place].key] for place in known}
    other = ways == {not _ways()[summary.tokens[moved].key]} and len(known) == len(theirs)
    if not other or _denied(summary, moved) or summary.article.denied(known[0], 3, 1):
        return summary.claim([moved], "comparative", "directions")
    return summary.claim([moved], "comparative", "directions", "A", known[:1])


def _denied(summary: AlignedSummary, at: int) -> bool:
    around = summary.tokens[max(0, at - _REACH) : at + 2]
    return any(words.denies(token) for token in around)


def _moved(tokens: Sequence[Token], at: int) -> int | None:
    """Return the nearest word of movement in the clause of a number, before it or right after."""
    sentence = tokens[at].sentence
    for place in range(at - 1, max(at - _REACH, 0) - 1, -1):
        token = tokens[place]
        if token.sentence != sentence or token.lower in words.word_set("conjunctions"):
            break
        if token.key in _ways() and token.lower not in _ADJECTIVES:
            return place
    return at + 1 if _follows(tokens, at) else None


def _follows(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word of movement follows a number: "3% up", but not "60 lower steps"."""
    after = [t for t in tokens[at + 1 : at + 3] if t.sentence == tokens[at].sentence]
    if not after or after[0].key not in _ways():
        return False
    return after[0].lower not in _ADJECTIVES or after[-1].kind != "word" or len(after) == 1


@cache
def _ways() -> Mapping[str, bool]:
    """Return for each key whether it moves up."""
    (line,) = words.lines("directions")
    up, down = line.split("|")
    return {key(word): way for side, way in ((up, True), (down, False)) for word in side.split()}


CHECK: Check = Directions()
