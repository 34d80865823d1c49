"""Antonyms: the opposite of the word that the article has in the same place.

An opposite contradicts only where both words stand in one slot: they go with the same word of
content right beside them ("hard lyrics" for "easy lyrics"), or the sentence around was read out of
the article so closely that nothing else can be meant. Opposites in another form ("a win", "they
lost") are often said of different things and need the shared neighbour. A word that is merely new,
with its opposite somewhere in the article, is no contradiction; tier B is left for words that deny
the article's own word by a prefix ("unprofessional") and for sentences that are nearly copied.
Parts of hyphenated words are left alone: "high-end" is no opposite of "low".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts.claims import Claim, ClaimType
from harness.facts.inflection import form
from harness.facts.opposites import allied, antonyms, by_prefix
from harness.facts.parts import Check, Need
from harness.facts.slots import beside_same, closely_read, only_beside, rival, surely_read
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
                places = _asserted(summary, at, summary.article.positions(opposites))
                if places and not _both_told(summary, at, opposites):
                    yield _judge(summary, at, places)


def _both_told(summary: AlignedSummary, at: int, opposites: frozenset[str]) -> bool:
    """Return whether the sentence has an opposite itself, as it is or done again: "reopened"."""
    sentence = summary.sentence_of(at)
    keys = {token.key for token in summary.tokens[sentence.start : sentence.stop]}
    return any(word in keys or f"re{word}" in keys for word in opposites)


def _asserted(summary: AlignedSummary, at: int, places: Sequence[int]) -> list[int]:
    """Return the places that hold a word of content which is not denied there ("not allowed").

    A capital inside a sentence makes a word part of a name, which asserts nothing ("New Year"),
    unless the word after it is ours: "Improve Customer Retention".
    """
    article = summary.article
    following = summary.matches[at + 1].places if at + 1 < len(summary.matches) else ()
    return [
        place
        for place in places
        if article.tokens[place].kind == "word"
        or (article.tokens[place].kind == "name" and place + 1 in following)
        if not article.denied(place, 3, 0)
        and not _other_side(summary, at, place)
        and not _parted(summary, at, place)
    ]


def _parted(summary: AlignedSummary, at: int, place: int) -> bool:
    """Return whether the article writes our prefix apart: "nonprofit" for its "non-profit"."""
    ours, theirs = summary.tokens[at].lower, summary.article.tokens[place].lower
    return ours.endswith(theirs) and ours in summary.article.squeezed


def _other_side(summary: AlignedSummary, at: int, place: int) -> bool:
    """Return whether both words have owners, and other ones: "his wife" has "her husband"."""
    ours = {token.lower for token in summary.tokens[max(0, at - 2) : at]} & _OWNERS
    before = summary.article.tokens[max(0, place - 2) : place]
    theirs = {token.lower for token in before} & _OWNERS
    return bool(ours and theirs and not ours & theirs)


_OWNERS = frozenset(("my", "your", "his", "her", "their", "our", "'s"))


def _judge(summary: AlignedSummary, at: int, places: list[int]) -> Claim:
    if summary.tied(at, at - 1) or summary.tied(at, at + 1):
        found = _in_compound(summary, at, places)
        return summary.claim([at], "antonym", "antonyms", "A" if found else None, found)
    same = [place for place in places if _same_form(summary, at, place)]
    beside = [place for place in places if beside_same(summary, at, place)]
    held = rival(summary, at, beside)
    if held is None and closely_read(summary, at):
        held = rival(summary, at, same)
    if held is not None:
        return summary.claim([at], "antonym", "antonyms", "A", [held])
    held = _instead(summary, at, places)
    if held is not None:
        return summary.claim([at], "antonym", "antonyms", "B", [held])
    new = summary.matches[at].how == "none"
    if new and not summary.article.positions(allied(summary.tokens[at].key)):
        found = [p for p in same if p in beside or _by_prefix(summary, at, p)]
        found = found or (same if surely_read(summary, at) else [])
        if found:
            return summary.claim([at], "antonym", "antonyms", "B", found[:1])
    return summary.claim([at], "antonym", "antonyms")


def _instead(summary: AlignedSummary, at: int, places: Sequence[int]) -> int | None:
    """Return the opposite that stands where a word stands that the article does not have.

    Right before the same noun ("crewed aircraft"), or wherever the article has the neighbour.
    """
    if summary.matches[at].how not in ("none", "variant"):
        return None
    following = summary.matches[at + 1].places if at + 1 < len(summary.matches) else ()
    joined = summary.sentence_of(at).stop > at + 1 and summary.tokens[at + 1].kind == "word"
    if joined and not summary.article.positions(allied(summary.tokens[at].key)):
        for place in places:
            if place + 1 in following:
                return place
    return only_beside(summary, at, places)


def _same_form(summary: AlignedSummary, at: int, place: int) -> bool:
    mine, other = summary.tokens[at].lower, summary.article.tokens[place].lower
    return form(mine) == form(other)


def _by_prefix(summary: AlignedSummary, at: int, place: int) -> bool:
    return by_prefix(summary.tokens[at].lower, summary.article.tokens[place].lower)


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
