"""What the checks say: claims with their verdict, and the findings on one summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tier = Literal["A", "B", "C"]
"""A: contradicts the article, check this. B: not found in the article. C: a new word, quiet."""

ClaimType = Literal[
    "number",
    "date",
    "entity",
    "quotation",
    "attribution",
    "negation",
    "antonym",
    "role",
    "comparative",
    "out of article",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the article: the words themselves and their offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of a summary that asserts something checkable, and the verdict on it.

    ``start`` and ``end`` are offsets in the summary, ``text`` what stands there. ``tier`` is None
    where nothing was found against it, which does not make it right. ``found`` are the article's
    own words beside it, ``evidence`` the article's sentence that comes nearest.
    """

    start: int
    end: int
    text: str
    type: ClaimType
    check: str
    tier: Tier | None = None
    found: Evidence | None = None
    evidence: Evidence | None = None

    @property
    def flagged(self) -> bool:
        """Whether the claim belongs in a count of errors: tier A or B."""
        return self.tier in ("A", "B")


@dataclass(frozen=True, slots=True)
class SentenceSupport:
    """How much of one summary sentence was read out of the article: 1 copied, 0 nothing of it."""

    start: int
    end: int
    support: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found on one summary; ``notes`` say which checks were off, and why."""

    claims: tuple[Claim, ...]
    sentences: tuple[SentenceSupport, ...]
    notes: tuple[str, ...] = ()

    @property
    def flagged(self) -> Sequence[Claim]:
        """The claims of tier A and B, in the order of the summary."""
        return [claim for claim in self.claims if claim.flagged]

    @property
    def support(self) -> float:
        """The support of the summary in [0, 1]; 1 for one that says nothing.

        The mean over its sentences for three quarters, the weakest of them for one: a summary is as
        wrong as its worst sentence to whoever trips over that.
        """
        found = [sentence.support for sentence in self.sentences]
        return 0.75 * sum(found) / len(found) + 0.25 * min(found) if found else 1.0
