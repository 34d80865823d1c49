"""What ranks sentences by their words: how often each sentence of an article holds each term.

Words are found by the Unicode tokeniser of ``harness.rouge``: runs of letters and digits in lower
case, and single characters where a script puts no spaces between words. English function words
and single ASCII letters and digits (``'s``, initials, "1") are left out. What remains of more than
three ASCII letters counts as its Porter stem. So other languages are ranked too, by whole words.
"""

import math
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from harness.records import Summary
from harness.rouge.porter import stem
from harness.rouge.spelling import BYTE_TABLES, spell
from harness.summarisers._extract import extract
from harness.text.sentences import sentences

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TERMS = "own-1"
"""The version of words, stop words and stems, for signatures."""

LONGEST = 2000
"""Sentences of an article that are ranked at most, because every pair of them is compared."""

_FUNCTION_WORDS = """
    a about above across after again against ain all almost along already also although always
    am among an and another any anybody anyone anything are aren around as at away back be
    became because become becomes been before behind being below beneath beside besides between
    beyond both but by can cannot could couldn despite did didn do does doesn doing don done
    down during each either else enough even ever every everybody everyone everything except few
    for from further had hadn has hasn have haven having he hence her here hers herself him
    himself his how however i if in indeed inside instead into is isn it its itself just least
    less like ll many may maybe me meanwhile might mine more moreover most much must mustn my
    myself near needn neither never nevertheless no nobody none nor not nothing now nowhere of
    off often on once only onto or other others otherwise ought our ours ourselves out outside
    over own per perhaps quite rather re same shall shan she should shouldn since so some
    somebody someone something sometimes somewhere still such than that the their theirs them
    themselves then there therefore these they this those though through throughout thus till to
    together too toward towards under unless until unto up upon us ve very via was wasn we were
    weren what whatever when whenever where whereas wherever whether which whichever while who
    whoever whole whom whose why will with within without would wouldn yet you your yours
    yourself yourselves
"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split()) | frozenset(string.ascii_lowercase + string.digits)
"""English function words, pieces of contractions (``don``, ``t``), single letters and digits."""

_BLOCK_CELLS = 1 << 22  # 32 MB: articles of ordinary length fit into one block
_STEPS = 1000
_TIE = 10


@dataclass(frozen=True, slots=True)
class TermCounts:
    """The filled cells of a matrix of sentences by terms, in the order of the terms.

    Sentence ``sentence[i]`` holds term ``term[i]`` ``count[i]`` times, at least once. Arrays of
    shape (cells,).
    """

    sentences: int
    terms: int
    sentence: Ints
    term: Ints
    count: Floats

    def per_sentence(self, cells: Floats) -> Floats:
        """Sum what stands in the cells of each sentence: shape (sentences,)."""
        return np.bincount(self.sentence, cells, self.sentences).astype(np.float64)

    def products(self, cells: Floats) -> Floats:
        """Return the inner product of every two sentences: shape (sentences, sentences).

        One product of a dense matrix by itself; a very wide one is taken some terms at a time.
        """
        total = np.zeros((self.sentences, self.sentences))
        width = _BLOCK_CELLS // self.sentences + 1
        for first in range(0, self.terms, width):
            here = slice(*np.searchsorted(self.term, (first, first + width)))
            block = np.zeros((self.sentences, min(width, self.terms - first)))
            block[self.sentence[here], self.term[here] - first] = cells[here]
            total += block @ block.T
        return total


def words(sentence: str) -> list[bytes]:
    """Return the words of a sentence in lower case, stop words included, as UTF-8."""
    return spell(sentence, "unicode").translate(BYTE_TABLES["unicode"]).split()


@lru_cache(maxsize=1 << 17)
def term(word: bytes) -> str:
    """Return the term that a word counts as; nothing for a stop word."""
    text = word.decode()
    if text in STOP_WORDS:
        return ""
    return stem(text) if len(text) > 3 and text.isascii() else text


class _Numbers(dict[str, int]):
    """Numbers of terms, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


def count_terms(found: Sequence[str]) -> TermCounts:
    """Count the terms of some sentences."""
    numbers = _Numbers()
    number = numbers.__getitem__
    held = [[*map(number, filter(None, map(term, words(sentence))))] for sentence in found]
    sentence = np.repeat(np.arange(len(held)), [*map(len, held)])
    every = np.fromiter(chain.from_iterable(held), np.int64, len(sentence))
    cells, counts = np.unique(every * len(held) + sentence, return_counts=True)
    at, row = np.divmod(cells, max(len(held), 1))
    return TermCounts(len(held), len(numbers), row, at, counts.astype(np.float64))


def settle(step: Callable[[Floats], Floats], size: int, tolerance: float) -> Floats:
    """Iterate from equal shares of 1 until a step moves by ``tolerance`` or less (Euclidean).

    After 1,000 steps that did not settle, the last one is returned.
    """
    now = np.full(size, 1 / size)
    for _ in range(_STEPS):
        before, now = now, step(now)
        gap = now - before
        if math.sqrt(gap @ gap) <= tolerance:
            break
    return now


def summarise_by(rank: Callable[[TermCounts], Floats], text: str, count: int) -> Summary:
    """Return the ``count`` best sentences of a text by ``rank``, in their order.

    ``rank`` gives each sentence a score, the higher the better. Scores that agree to ten decimals
    are a tie, which the earlier sentence wins, so that rounding never chooses. Of a text of more
    than ``LONGEST`` sentences the first ones are ranked and the summary is marked ``article_cut``.
    """
    found = sentences(text)
    ranked = found[:LONGEST]
    if not ranked:
        return extract(ranked, ())
    scores = rank(count_terms(ranked))
    best = np.argsort(-np.round(scores, _TIE), kind="stable")[:count]
    return replace(extract(ranked, best.tolist()), article_cut=len(found) > LONGEST)
