"""Antonyms: the opposite of the word that the article has in the same place.

Tier A where the opposite stands beside the same neighbours; tier B where the article nowhere has
the word, nor one of its side, but has its opposite in the same form ("difficult" for "easy", not
"emptied" for "full"). Parts of hyphenated words are left alone: "high-end" is no opposite of "low".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts.claims import Claim, ClaimType
from harness.facts.inflection import form
from harness.facts.opposites import allied, antonyms
from harness.facts.parts import Check, Need
from harness.facts.slots import rival
from harness.facts.view import AlignedSummary


@dataclass(frozen=True, slots=True)
class Antonyms:
    """Words whose opposite stands beside the same neighbours in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("antonym",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every word that has an opposite in the article."""
        for at, token in enumerate(summary.tokens):
            if token.kind == "word":
                opposites = antonyms(token.lower)
                places = _asserted(summary, summary.article.positions(opposites))
                if places and not opposites & summary.keys:
                    yield _judge(summary, at, places)


def _asserted(summary: AlignedSummary, places: Sequence[int]) -> list[int]:
    """Return the places that hold a word of content which is not denied there ("not allowed")."""
    article = summary.article
    return [
        place
        for place in places
        if article.tokens[place].kind != "function" and not article.denied(place, 3, 0)
    ]


def _judge(summary: AlignedSummary, at: int, places: list[int]) -> Claim:
    if summary.tied(at, at - 1) or summary.tied(at, at + 1):
        found = _in_compound(summary, at, places)
        return summary.claim([at], "antonym", "antonyms", "A" if found else None, found)
    held = rival(summary, at, places)
    if held is not None:
        return summary.claim([at], "antonym", "antonyms", "A", [held])
    token, article = summary.tokens[at], summary.article
    same = [p for p in places if form(article.tokens[p].lower) == form(token.lower)]
    if summary.matches[at].how == "none" and same and not article.positions(allied(token.key)):
        return summary.claim([at], "antonym", "antonyms", "B", same[:1])
    return summary.claim([at], "antonym", "antonyms")


def _in_compound(summary: AlignedSummary, at: int, places: Sequence[int]) -> list[int]:
    """Return the opposite in the same compound: "high-quality" where ours is "low-quality"."""
    beside = {
        place + step
        for other, step in ((at - 1, 1), (at + 1, -1))
        if summary.tied(at, other)
        for place in summary.matches[other].places
    }
    return [place for place in places if place in beside][:1]


CHECK: Check = Antonyms()
