"""How much a summary repeats itself: the sign of a generator that fell into a loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from harness.errors import UsageError
from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature
from harness.text.words import WORDS, words


@dataclass(frozen=True, slots=True)
class Repetition:
    """The share of a summary's n-grams that stood in it before: 1 - distinct / all.

    0 means that no n-gram occurs twice; a summary of one phrase repeated for ever goes towards 1.
    A summary of fewer than ``n`` words has no n-gram to repeat and scores 0. Words are compared
    in lower case.
    """

    n: int = 3

    needs: ClassVar[frozenset[Need]] = frozenset()

    def __post_init__(self) -> None:
        """Refuse n-grams of no words."""
        if self.n < 1:
            msg = f"repetition(n={self.n}) is not possible: an n-gram has at least 1 word."
            raise UsageError(msg)

    def columns(self) -> tuple[Column, ...]:
        """Return the share of repeated n-grams, in percent when shown."""
        what = f"{self.n}-grams that the summary had used before, percent"
        return (Column("repeated", what, "lower", high=1.0, scale=100, digits=1, headline=True),)

    def signature(self) -> str:
        """Return what the share depends on."""
        return signature("repetition", n=self.n, words=WORDS, case="lower", v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary."""
        return Scores({"repeated": np.array([_repeated(i.summary, self.n) for i in items], float)})


def _repeated(text: str, n: int) -> float:
    tokens = words(text.lower())
    grams = [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    return 1 - len(set(grams)) / len(grams) if grams else 0.0


METRIC: type[Metric] = Repetition
