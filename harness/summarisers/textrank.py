"""TextRank: PageRank over sentences that share words (Mihalcea and Tarau, 2004), as in sumy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from harness.errors import UsageError
from harness.parts import Summariser
from harness.records import Article, Summary
from harness.signature import signature
from harness.summarisers._extract import checked_count
from harness.summarisers._terms import TERMS, Floats, TermCounts, settle, summarise_by
from harness.text.sentences import SPLITTER

_TOLERANCE = 1e-4
_NO_DIVISION_BY_ZERO = 1e-7


@dataclass(frozen=True, slots=True)
class TextRank:
    """The ``sentences`` sentences that most others vote for.

    Two sentences are joined by an edge of weight

        sum over terms of (count in the one x count in the other) / (ln |the one| + ln |the other|)

    with lengths in terms; 1 for two sentences of the same single term. Edges that leave a sentence
    are scaled to a sum of 1, and PageRank with ``damping`` runs until the scores move by 1e-4
    (Euclidean) or less. Near 0, ``damping`` lets the edges count for little; near 1 for all.

    A sentence without a term has no edge and scores lowest; where nobody has an edge, all tie.
    Ties go to the earlier sentence; an article of fewer sentences is returned whole.

    Departures from the paper, all of them sumy's: repeated terms count as often as they stand
    there, a sentence votes for itself too, and the chance of a jump is shared by all sentences.

    Raises ``UsageError`` for ``sentences`` below 1 or a ``damping`` outside (0, 1).
    """

    sentences: int = 3
    damping: float = 0.85

    batch: ClassVar[int] = 100

    def __post_init__(self) -> None:
        """Refuse an empty summary, and a damping with which no ranking comes about."""
        checked_count(self.sentences)
        if not 0 < self.damping < 1:
            msg = (
                f"textrank(damping={self.damping}) is not possible: it is the chance to follow an "
                "edge, above 0 and below 1. The paper's is 0.85."
            )
            raise UsageError(msg)

    def signature(self) -> str:
        """Return what the text depends on."""
        return signature(
            "textrank",
            sentences=self.sentences,
            damping=self.damping,
            terms=TERMS,
            splitter=SPLITTER,
            v=1,
        )

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the best-voted sentences of every article."""
        return [summarise_by(self._scores, a.text, self.sentences) for a in articles]

    def _scores(self, counts: TermCounts) -> Floats:
        weights = _edges(counts)
        weights /= weights.sum(1, keepdims=True) + _NO_DIVISION_BY_ZERO
        weights *= self.damping
        weights += (1 - self.damping) / counts.sentences
        return settle(lambda now: weights.T @ now, counts.sentences, _TOLERANCE)


def _edges(counts: TermCounts) -> Floats:
    """Return the weight between every two sentences: 0 where they share no term."""
    length = np.log(np.maximum(counts.per_sentence(counts.count), 1))
    norm = length[:, None] + length
    return counts.products(counts.count) / np.where(norm > 0, norm, 1)


SUMMARISER: type[Summariser] = TextRank
