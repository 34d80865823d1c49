"""Negation added: a "not" that the article does not have.

The negator is held against the negators around the same words in the article, and words that deny
by their meaning ("failed to"). Tier A where the sentence that was read has the denied word without
one; tier B where only the words around it are found. A supposed denial ("if it does not work")
asserts nothing, and "without" with a verb says how, not that not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary


@dataclass(frozen=True, slots=True)
class NegationAdded:
    """Negators, held against the negators around the same words in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("negation",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every negator."""
        for at, token in enumerate(summary.tokens):
            if token.lower in words.word_set("negators"):
                head = _head(summary, at)
                if head is not None:
                    yield _judge(summary, at, head)


def _head(summary: AlignedSummary, at: int) -> int | None:
    content = summary.content(summary.sentence_of(at))
    after = next((head for head in content if at < head <= at + 4), None)
    return after if after is not None else next(iter(summary.near(at, 1)), None)


def _judge(summary: AlignedSummary, at: int, head: int) -> Claim:
    article, places = summary.article, summary.matches[head].places
    evidence = summary.sentence_of(at).evidence
    read = summary.places[head]
    here = [read] if read >= 0 and article.tokens[read].sentence in evidence else []
    denied = any(article.denied(place, 6, 3) for place in places)
    kept = _copied(summary, at) or denied or (not places and summary.evidence_denies(at))
    if kept or _supposed(summary, at):
        return summary.claim([at], "negation", "negation_added")
    manner = summary.tokens[at].lower == "without" and summary.tokens[head].lower.endswith("ing")
    if manner and not here:
        return summary.claim([at], "negation", "negation_added")
    sure = summary.matches[head].how in ("exact", "variant") and here and not manner
    return summary.claim([at], "negation", "negation_added", "A" if sure else "B", here)


def _copied(summary: AlignedSummary, at: int) -> bool:
    """Return whether the negator and the word after it were read as one piece."""
    following = summary.places[at + 1 : at + 2]
    return summary.places[at] >= 0 and list(following) == [summary.places[at] + 1]


def _supposed(summary: AlignedSummary, at: int) -> bool:
    """Return whether the negation is only supposed: "if it is not working" asserts nothing."""
    before = range(max(summary.sentence_of(at).start, at - 6), at)
    return any(summary.tokens[other].lower in ("if", "whether", "unless") for other in before)


CHECK: Check = NegationAdded()
