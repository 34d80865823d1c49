"""LSA: sentences that carry most of an article's main topics (Steinberger and Ježek, 2004)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from harness.errors import UsageError
from harness.parts import Summariser
from harness.records import Article, Summary
from harness.signature import signature
from harness.summarisers._extract import checked_count
from harness.summarisers._terms import TERMS, Floats, TermCounts, summarise_by
from harness.text.sentences import SPLITTER

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Lsa:
    """The ``sentences`` sentences that are longest in the space of the article's topics.

    The matrix of terms by sentences, cells holding counts, is decomposed into U S V^T; a topic is
    a singular vector. Those with a singular value of at least ``share`` times the largest are
    kept, and sentence k scores sqrt(sum over kept i of s_i^2 v_ki^2). With ``share=1`` that is the
    first topic alone, with ``share=0`` every topic; the score is then just the length of the
    sentence's own vector, and the longest sentences win.

    A sentence without a term scores 0; where nobody has one, all tie. Ties go to the earlier
    sentence; an article of fewer sentences is returned whole.

    Departure from the paper: cells are bare counts, which it leaves open. sumy's LSA keeps every
    topic and gives terms that a sentence lacks a weight too, so it chooses otherwise.

    Raises ``UsageError`` for ``sentences`` below 1 or a ``share`` outside [0, 1].
    """

    sentences: int = 3
    share: float = 0.5

    batch: ClassVar[int] = 100

    def __post_init__(self) -> None:
        """Refuse an empty summary, and a share that is none."""
        checked_count(self.sentences)
        if not 0 <= self.share <= 1:
            msg = (
                f"lsa(share={self.share}) is not possible: it is a share of the largest singular "
                "value, from 0 to 1. The paper's is 0.5."
            )
            raise UsageError(msg)

    def signature(self) -> str:
        """Return what the text depends on."""
        return signature(
            "lsa",
            sentences=self.sentences,
            share=self.share,
            terms=TERMS,
            splitter=SPLITTER,
            v=1,
        )

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the sentences richest in topics of every article."""
        return [summarise_by(self._scores, a.text, self.sentences) for a in articles]

    def _scores(self, counts: TermCounts) -> Floats:
        """Decompose A^T A = V S^2 V^T, of sentences by sentences, in place of the larger A."""
        squares, vectors = np.linalg.eigh(counts.products(counts.count))
        squares = np.maximum(squares, 0)
        kept = np.sqrt(squares) >= self.share * np.sqrt(squares.max()) - _NOISE
        lengths: Floats = np.sqrt(vectors[:, kept] ** 2 @ squares[kept])
        return lengths


SUMMARISER: type[Summariser] = Lsa
