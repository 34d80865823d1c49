"""Negation dropped: the article denies what the summary states.

A word that the article has only under a negator is flagged where the summary has it under none. The
claim is the verb before it, where the "not" is missing ("was" in "was happy" for "wasn't happy").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary

_BEFORE, _AFTER = 6, 4
_PREFIXES = ("un", "in", "im", "dis", "non")


@dataclass(frozen=True, slots=True)
class NegationDropped:
    """Words that the article denies wherever it has them, and the summary does not."""

    types: ClassVar[tuple[ClaimType, ...]] = ("negation",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every word that the article has, and denies wherever it has it."""
        for at, token in enumerate(summary.tokens):
            match = summary.matches[at]
            if token.kind != "word" or match.how != "exact" or not _from_evidence(summary, at):
                continue
            if all(_denied(summary, place) for place in match.places):
                tier: Tier | None = None if _denies_too(summary, at) else "A"
                verb = _verb(summary, at)
                yield summary.claim([verb], "negation", "negation_dropped", tier, match.places[:1])


def _from_evidence(summary: AlignedSummary, at: int) -> bool:
    place = summary.places[at]
    evidence = summary.sentence_of(at).evidence
    return place >= 0 and summary.article.tokens[place].sentence in evidence


def _denied(summary: AlignedSummary, place: int) -> bool:
    """Return whether a negator stands before the place with only function words between."""
    tokens = summary.article.tokens
    for before in range(place - 1, max(place - 4, -1), -1):
        if tokens[before].sentence != tokens[place].sentence:
            return False
        if tokens[before].lower in words.word_set("negators"):
            return True
        if tokens[before].kind != "function":
            return False
    return False


def _denies_too(summary: AlignedSummary, at: int) -> bool:
    """Return whether the summary denies around the word, by "not", by meaning or by a prefix."""
    sentence = summary.sentence_of(at)
    around = summary.tokens[max(sentence.start, at - _BEFORE) : min(sentence.stop, at + _AFTER)]
    return any(words.denies(token) or token.lower.startswith(_PREFIXES) for token in around)


def _verb(summary: AlignedSummary, at: int) -> int:
    """Return the auxiliary that the word hangs on, if only adverbs are between; else the word."""
    for before in range(at - 1, max(at - 3, summary.sentence_of(at).start - 1), -1):
        if summary.tokens[before].lower in words.word_set("auxiliaries"):
            return before
    return at


CHECK: Check = NegationDropped()
