"""Stage 5, ROUGE-N: clipped n-gram hits (Lin, 2004).

hits(n) = sum over n-grams of min(count in the reference, count in the candidate).

An n-gram that both texts hold consists of tokens that both hold, and of a shared (n-1)-gram with
a shared token behind it. So n-grams are grown from the shared ones of one length less.
"""

from dataclasses import dataclass

import numpy as np

from harness.rouge.arrays import Ints
from harness.rouge.matches import PLACE_BITS, Matches, Side, join


def ngram_hits(matches: Matches, orders: tuple[int, ...]) -> dict[int, Ints]:
    """Return the clipped hits of every pair, for each n of ``orders``."""
    found: dict[int, Ints] = {}
    pair, hits = matches.group_pair, matches.group_hits
    left, right = _unigrams(matches.reference), _unigrams(matches.candidate)
    for n in range(1, max(orders, default=0) + 1):
        if n > 1:
            left, right = _longer(matches.reference, left, n), _longer(matches.candidate, right, n)
            joined = join(np.concatenate((left.number, right.number)), len(left.number))
            pair, hits = matches.reference.pair[left.begin[joined.first]], joined.hits
            if n < max(orders):
                left, right = _shared(left, right, joined.numbers())
        if n in orders:
            found[n] = np.bincount(pair, hits, matches.pairs).astype(np.int64)
    return found


@dataclass(frozen=True, slots=True)
class _Grams:
    """N-grams of one side: the shared token each begins with, and what tells them apart."""

    begin: Ints
    number: Ints


def _unigrams(side: Side) -> _Grams:
    return _Grams(np.arange(len(side.group)), side.group)


def _longer(side: Side, shorter: _Grams, n: int) -> _Grams:
    """Put behind each (n-1)-gram the token that follows it, where that is a shared one."""
    inside = slice(None, np.searchsorted(shorter.begin, len(side.token) - (n - 1)))
    begin = shorter.begin[inside]
    last = begin + (n - 1)
    follows = side.token[last] - side.token[begin] == n - 1
    follows &= side.pair[last] == side.pair[begin]
    kept = np.flatnonzero(follows)
    return _Grams(begin[kept], shorter.number[kept] << PLACE_BITS | side.group[last[kept]])


def _shared(left: _Grams, right: _Grams, number: Ints) -> tuple[_Grams, _Grams]:
    """Keep the n-grams that both sides hold."""
    in_left, in_right = np.split(number, [len(left.begin)])
    a, b = np.flatnonzero(in_left >= 0), np.flatnonzero(in_right >= 0)
    return _Grams(left.begin[a], in_left[a]), _Grams(right.begin[b], in_right[b])
