"""LexRank: sentences that are like many others (Erkan and Radev, 2004), as sumy computes it."""

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

_TOLERANCE = 0.1
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class LexRank:
    """The ``sentences`` sentences that stand most in the middle of a graph of likeness.

    A sentence is a vector of tf x idf over its terms: tf the term's count in the sentence, and
    idf = ln(n / (1 + df)), where df of the article's n sentences hold the term. Two sentences are
    neighbours where the cosine of their vectors is above ``threshold`` (0: any shared term of
    weight; towards 1: the same terms); a sentence is its own neighbour. Scores are the stationary
    vector of the walk that goes from each sentence to a neighbour at random.

    Sentences without a term have no neighbour and the score 0; where nobody has one, all tie.
    Ties go to the earlier sentence; an article of fewer sentences is returned whole.

    Departures from the paper, all of them sumy's: the walk has no damping, the iteration stops
    when the vector of length 1 moves by 0.1 or less, and df is counted in the article alone.

    Raises ``UsageError`` for ``sentences`` below 1 or a ``threshold`` outside [0, 1).
    """

    sentences: int = 3
    threshold: float = 0.1

    batch: ClassVar[int] = 100

    def __post_init__(self) -> None:
        """Refuse an empty summary, and a cosine that nothing or everything exceeds."""
        checked_count(self.sentences)
        if not 0 <= self.threshold < 1:
            msg = (
                f"lexrank(threshold={self.threshold}) is not possible: a cosine to be exceeded "
                "is at least 0 and below 1. The paper's is 0.1."
            )
            raise UsageError(msg)

    def signature(self) -> str:
        """Return what the text depends on."""
        return signature(
            "lexrank",
            sentences=self.sentences,
            threshold=self.threshold,
            terms=TERMS,
            splitter=SPLITTER,
            v=1,
        )

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the most central sentences of every article."""
        return [summarise_by(self._scores, a.text, self.sentences) for a in articles]

    def _scores(self, counts: TermCounts) -> Floats:
        neighbours = _cosines(counts) > self.threshold + _NOISE
        share = neighbours / np.maximum(neighbours.sum(1, keepdims=True), 1)
        return settle(lambda now: _unit(share.T @ now), counts.sentences, _TOLERANCE)


def _cosines(counts: TermCounts) -> Floats:
    """Return the cosine of every two sentences; 0 where one has no term of weight."""
    frequency = np.bincount(counts.term, minlength=counts.terms)
    idf = np.log(counts.sentences / (1 + frequency))
    cells = counts.count * idf[counts.term]
    norm = np.sqrt(counts.per_sentence(cells * cells))
    return counts.products(cells / np.where(norm > 0, norm, 1)[counts.sentence])


def _unit(vector: Floats) -> Floats:
    """Scale a vector to length 1, a vector of zeros to itself."""
    length = np.linalg.norm(vector)
    return vector / length if length > 0 else vector


SUMMARISER: type[Summariser] = LexRank
