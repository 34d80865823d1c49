"""How long a summary is: the hidden metric, which therefore stands in every table.

On REALSumm the bare word count ranks systems closer to human recall than ROUGE-1 F1 does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature
from harness.text.sentences import SPLITTER, sentences
from harness.text.words import WORDS, count_words


@dataclass(frozen=True, slots=True)
class Length:
    """Words and sentences of the summary; neither more nor fewer is better."""

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return words and sentences."""
        return (
            Column("words", "words of the summary", digits=0, headline=True),
            Column("sentences", "sentences of the summary", digits=1),
        )

    def signature(self) -> str:
        """Return what the counts depend on."""
        return signature("length", words=WORDS, splitter=SPLITTER, v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Count every summary."""
        words = [count_words(item.summary) for item in items]
        found = [len(sentences(item.summary)) for item in items]
        return Scores({"words": np.array(words, float), "sentences": np.array(found, float)})


METRIC: type[Metric] = Length
