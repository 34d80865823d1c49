"""Roles swapped: who does it to whom, the other way round than in the article."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSentence, AlignedSummary

_REACH = 4


@dataclass(frozen=True, slots=True)
class Roles:
    """Two names with a verb between, both of them and the verb in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("role",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every active "A verb B" whose three parts the article has together."""
        for sentence in summary.sentences:
            for doer, verb, other in _clauses(summary, sentence):
                straight = _order(summary, doer, verb, other)
                swapped = _order(summary, other, verb, doer)
                if straight or swapped:
                    tier: Tier | None = "A" if swapped and not straight else None
                    span = range(doer, other + 1)
                    yield summary.claim(span, "role", "roles", tier, swapped if tier else ())


def _clauses(summary: AlignedSummary, part: AlignedSentence) -> Iterator[tuple[int, int, int]]:
    """Yield name, verb and name of the clauses that are not passive and have no name between."""
    tokens = summary.tokens
    names = [at for at in range(part.start, part.stop) if tokens[at].kind == "name"]
    for doer, other in pairwise(names):
        between = range(doer + 1, other)
        verbs = [at for at in between if tokens[at].kind == "word"]
        if 0 < len(verbs) <= 2 and len(between) <= _REACH and not _passive(summary, between):
            yield doer, verbs[0], other


def _passive(summary: AlignedSummary, between: range) -> bool:
    """Return whether a word stands between that hides who does it: "by", "was", "and"."""
    return any(summary.tokens[at].lower in words.word_set("unordered") for at in between)


def _order(summary: AlignedSummary, first: int, verb: int, last: int) -> list[int]:
    """Return the places where the article has the three in this order, near and not passive."""
    article = summary.article
    for place in summary.matches[verb].places:
        before = range(max(0, place - _REACH), place)
        after = range(place + 1, min(len(article.tokens), place + 1 + _REACH))
        left = [p for p in summary.matches[first].places if p in before]
        right = [p for p in summary.matches[last].places if p in after]
        if left and right and _active(summary, left[-1], right[0]):
            return [left[-1], place, right[0]]
    return []


def _active(summary: AlignedSummary, start: int, stop: int) -> bool:
    tokens = summary.article.tokens[start : stop + 1]
    same = tokens[0].sentence == tokens[-1].sentence
    return same and not any(token.lower in words.word_set("unordered") for token in tokens)


CHECK: Check = Roles()
