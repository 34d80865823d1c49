"""Closed classes: another colour, relative or animal than the article has in that place.

Tier A where the article's member holds the slot, or stands between the very words that stand around
ours; tier B where it alone stands beside the only neighbour, or in the sentence that was read. A
word beside another of its class that was read ("phones and tablets") is one more, and no other. A
unit of time points ("last week"), counts (then `units` reads it) or excludes no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.conversions import converted
from harness.facts.inflection import key
from harness.facts.opposites import allied, antonyms, siblings
from harness.facts.parts import Check, Need
from harness.facts.slots import beside_same, only_beside, replaced, rival
from harness.facts.view import AlignedSummary

_TIMES = ("seasons:", "parts of the day:")
_UNITS = ("time units:",)
_POINTING = frozenset(("last", "next", "this", "past", "recent", "previous", "coming"))
_POINTING |= {"earlier", "later", "ago", "before", "after", "over"}


@dataclass(frozen=True, slots=True)
class Classes:
    """Words of a contrast class that the article does not have, where it has another member."""

    types: ClassVar[tuple[ClaimType, ...]] = ("entity",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every new word of which the article has a sibling."""
        for at, token in enumerate(summary.tokens):
            others = siblings().get(token.key)
            if others is None or token.kind != "word" or _loose(summary, at):
                continue
            if _counted(summary, at) and converted(summary, at - 1):
                continue
            held = replaced(summary, at)
            if held is not None and summary.article.tokens[held].key in others:
                yield summary.claim([at], "entity", "classes", "A", [held])
            elif summary.matches[at].how == "none":
                tokens = summary.article.tokens
                places = summary.article.positions(others)
                places = [p for p in places if tokens[p].kind != "number"]  # a second quarter
                if places and not summary.article.positions(antonyms(token.lower)):
                    yield _judge(summary, at, places)


def _loose(summary: AlignedSummary, at: int) -> bool:
    """Return whether a word excludes no other here: it speaks of the text, or points in time.

    "Last week" and "last year" may both be true, and "a year earlier" too.
    """
    token = summary.tokens[at]
    around = {t.lower for t in summary.tokens[max(0, at - 1) : at + 2]}
    pointed = token.key in _members(_UNITS) and not around.isdisjoint(_POINTING)
    return words.about_the_text(token) or _age(summary, at) or pointed


def _counted(summary: AlignedSummary, at: int) -> bool:
    """Return whether the word counts with the number before it, which the check of units reads."""
    return at > 0 and summary.tokens[at - 1].kind == "number"


def _listed(summary: AlignedSummary, at: int) -> bool:
    """Return whether the word is named beside another of its class: "phones and tablets"."""
    others, sentence = siblings()[summary.tokens[at].key], summary.sentence_of(at)
    around = range(max(sentence.start, at - 3), min(sentence.stop, at + 4))
    return any(summary.tokens[o].key in others and summary.places[o] >= 0 for o in around)


def _age(summary: AlignedSummary, at: int) -> bool:
    """Return whether a unit belongs to an age, which no other unit contradicts: 75-year-old."""
    return summary.tied(at, at + 1) and summary.tokens[at + 1].lower == "old"


def _judge(summary: AlignedSummary, at: int, places: list[int]) -> Claim:
    held = rival(summary, at, places)
    if held is not None:
        return summary.claim([at], "entity", "classes", "A", [held])
    if _listed(summary, at):
        return summary.claim([at], "entity", "classes")
    held = only_beside(summary, at, places)
    if held is not None:
        return summary.claim([at], "entity", "classes", "B", [held])
    evidence = summary.sentence_of(at).evidence
    near = [p for p in places if summary.article.tokens[p].sentence in evidence]
    # seasons and parts of the day follow from a date or a time: "last October"
    if summary.tokens[at].key in _members(_TIMES):
        near = [p for p in near if beside_same(summary, at, p)]
    pointless = summary.tokens[at].key in _members(_UNITS) and not _counted(summary, at)
    if near and not pointless and not summary.article.positions(allied(summary.tokens[at].key)):
        return summary.claim([at], "entity", "classes", "B", near[:1])
    return summary.claim([at], "entity", "classes")


@cache
def _members(classes: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the words of some classes, named as in the list."""
    lines = [line for line in words.lines("classes") if line.startswith(classes)]
    return frozenset(
        key(word) for line in lines for word in line.partition(":")[2].replace("=", " ").split()
    )


CHECK: Check = Classes()
