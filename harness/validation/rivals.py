"""What any metric of faithfulness must beat: ROUGE precision of a summary against its article.

The share of a summary's n-grams, counted, that the article has as often (Lin, 2004), for n of 1, 2
and 3. It lies in [0, 1]; 1 means that nothing is new. A summary of fewer than n words scores 0.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature
from harness.text.words import WORDS, words

_ORDERS = (1, 2, 3)
Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rivals:
    """ROUGE-1, -2 and -3 precision against the article."""

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return one column for each n."""
        return tuple(
            Column(f"article{n}-p", f"{n}-grams that the article has", "higher", high=1.0)
            for n in _ORDERS
        )

    def signature(self) -> str:
        """Return what the shares depend on."""
        return signature("rivals", words=WORDS, case="lower", v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary against its article."""
        rows = np.zeros((len(items), len(_ORDERS)))
        for i, item in enumerate(items):
            have = _counts(item.article.text)
            own = words(item.summary.lower())
            rows[i] = [_precision(have[n], _grams(own, n)) for n in _ORDERS]
        names = [c.name for c in self.columns()]
        return Scores(dict(zip(names, rows.T, strict=True)))


@lru_cache(maxsize=128)
def _counts(text: str) -> dict[int, Grams]:
    tokens = words(text.lower())
    return {n: _grams(tokens, n) for n in _ORDERS}


def _grams(tokens: Sequence[str], n: int) -> Grams:
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def _precision(have: Grams, own: Grams) -> float:
    return sum(min(n, have[gram]) for gram, n in own.items()) / max(1, own.total())


METRIC: type[Metric] = Rivals
