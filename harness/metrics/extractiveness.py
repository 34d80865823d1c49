"""How much of a summary is copied from its article (Grusky, Naaman and Artzi, 2018).

The summary is read from left to right and cut into extractive fragments: at each word the longest
run of words that also stands in the article, the greedy procedure F(A, S) of the paper. As in the
authors' code, the search goes on behind a run that it has found, so that of "a a b" only "a a" is
found in "a a a b". Unlike there, punctuation marks are not words. Extractive summaries look
faithful to every detector of errors, so these columns stand beside them.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature
from harness.text.words import WORDS, words

_ORDERS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Extractiveness:
    """Coverage, density and compression, and the share of n-grams that the article lacks.

    With |S| words in the summary, |A| in the article and fragments f:

        coverage    = sum |f| / |S|     0: no word of the article; 1: nothing but its words
        density     = sum |f|^2 / |S|   average length of the fragment a word stands in
        compression = |A| / |S|
        novel n     = n-grams of the summary that are not in the article / all its n-grams

    Words are compared in lower case. A summary without a word is unscored; one of fewer than n
    words has no n-gram, and 0 of them novel.
    """

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return coverage, density, compression, and novel 1-, 2- and 3-grams."""
        fixed = (
            Column(
                "coverage", "words copied from the article, percent", high=1.0, scale=100, digits=1
            ),
            Column("density", "mean length of the copied run a word stands in", headline=True),
            Column("compression", "article words per summary word", digits=1),
        )
        return fixed + tuple(
            Column(
                f"novel{n}",
                f"{n}-grams that the article lacks, percent",
                high=1.0,
                scale=100,
                digits=1,
                headline=n == 2,
            )
            for n in _ORDERS
        )

    def signature(self) -> str:
        """Return what the shares depend on."""
        return signature("extractiveness", words=WORDS, case="lower", v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary against its article."""
        rows = np.zeros((len(items), 3 + len(_ORDERS)))
        unscored = {}
        for i, item in enumerate(items):
            tokens = words(item.summary.lower())
            if tokens:
                rows[i] = _row(_index(item.article.text), tokens)
            else:
                unscored[i] = "the summary has no word"
        names = [c.name for c in self.columns()]
        return Scores(dict(zip(names, rows.T, strict=True)), unscored)


@dataclass(frozen=True, slots=True)
class _Index:
    """An article's words, and where each pair of neighbours stands."""

    tokens: list[str]
    starts: Mapping[tuple[str, str], list[int]]
    grams: Mapping[int, frozenset[tuple[str, ...]]]


@lru_cache(maxsize=128)
def _index(text: str) -> _Index:
    tokens = words(text.lower())
    starts: dict[tuple[str, str], list[int]] = {}
    for position, pair in enumerate(itertools.pairwise(tokens)):
        starts.setdefault(pair, []).append(position)
    return _Index(tokens, starts, {n: frozenset(_grams(tokens, n)) for n in _ORDERS})


def _grams(tokens: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[i:] for i in range(n)), strict=False))


def _row(index: _Index, tokens: Sequence[str]) -> list[float]:
    lengths = fragments(index, tokens)
    size = len(tokens)
    return [
        sum(lengths) / size,
        sum(n * n for n in lengths) / size,
        len(index.tokens) / size,
        *(_novel(index.grams[n], _grams(tokens, n)) for n in _ORDERS),
    ]


def _novel(known: frozenset[tuple[str, ...]], grams: Sequence[tuple[str, ...]]) -> float:
    return sum(g not in known for g in grams) / len(grams) if grams else 0.0


def fragments(index: _Index, tokens: Sequence[str]) -> list[int]:
    """Return the lengths of the extractive fragments of a summary, from left to right."""
    found = []
    position = 0
    while position < len(tokens):
        length = _longest(index, tokens, position)
        if length:
            found.append(length)
        position += max(length, 1)
    return found


def _longest(index: _Index, tokens: Sequence[str], at: int) -> int:
    """Return the length of the longest run from ``at`` that the article has too, 0 for none."""
    best = int((tokens[at],) in index.grams[1])
    if at + 1 == len(tokens):
        return best
    behind = 0
    for start in index.starts.get((tokens[at], tokens[at + 1]), ()):
        if start < behind:
            continue  # inside the last run; this also keeps "ha ha ha ..." from taking for ever
        length = 2
        while (
            at + length < len(tokens)
            and start + length < len(index.tokens)
            and tokens[at + length] == index.tokens[start + length]
        ):
            length += 1
        best = max(best, length)
        behind = start + length
    return best


METRIC: type[Metric] = Extractiveness
