"""New words: every word of content that the article has in no form. Quiet: off unless asked for.

In very free summaries the share of new words says more than any check, and one of them says next to
nothing; so they are listed in tier C, never counted as errors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words without a match, a variant or a synonym in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("out of article",)
    needs: ClassVar[frozenset[Need]] = frozenset()
    quiet: ClassVar[bool] = True

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every new word, in tier C."""
        for at, token in enumerate(summary.tokens):
            new = token.kind in ("word", "name") and summary.matches[at].how == "none"
            if new and not words.about_the_text(token):
                yield summary.claim([at], "out of article", "new_words", "C")


CHECK: Check = NewWords()
