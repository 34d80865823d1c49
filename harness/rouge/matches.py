"""Stage 4, matches: the tokens that the two texts of a pair share.

Every later stage works on shared tokens alone: a clipped n-gram hit consists of them, and a
token that only one side holds can stand in no common subsequence. They are found for a whole
batch of pairs by ONE sort of numbers that hold (pair, token, side, place), in this order: a run
of reference places followed by a run of candidate places of the same pair and token is a
**group**, a token that the pair shares.

Numbers are packed into 63 bits. A batch holds less than 2**20 tokens in all and at most 2**11
pairs, and token numbers are below 2**21 (the engine sees to it), so that all widths fit.
"""

from dataclasses import dataclass

import numpy as np

from harness.rouge.arrays import Ints, ranges, run_starts
from harness.rouge.tokens import Tokens

PLACE_BITS = 20
_NUMBER_BITS = 21


@dataclass(frozen=True, slots=True)
class Join:
    """The keys that left and right entries share, in ascending order.

    ``left`` and ``right`` count the entries that hold each key; ``hits``, the smaller of the
    two, is the clipped count. ``first`` is a left entry of each key.
    """

    left: Ints
    right: Ints
    first: Ints
    _order: Ints
    _start: Ints

    @property
    def hits(self) -> Ints:
        """Count the entries that can be paired off, for each shared key."""
        return np.minimum(self.left, self.right)

    def numbers(self) -> Ints:
        """Return for every entry, left ones first, the position of its key, or -1."""
        size = self.left + self.right
        numbers = np.full(len(self._order), -1)
        numbers[self._order[ranges(self._start, size)]] = np.repeat(np.arange(len(size)), size)
        return numbers


def join(keys: Ints, lefts: int) -> Join:
    """Join ``keys[:lefts]`` with the rest; the keys are below 2**42 and are overwritten."""
    keys <<= PLACE_BITS + 1
    keys[lefts:] |= 1 << PLACE_BITS
    keys |= np.arange(len(keys))
    keys.sort()
    order = keys & ((1 << PLACE_BITS) - 1)
    keys >>= PLACE_BITS
    bounds = run_starts(keys)
    sided = keys[bounds]
    bounds = np.append(bounds, len(keys))
    # an even key and the odd one that follows it: the same key on the left and on the right
    shared = np.flatnonzero((sided[1:] - sided[:-1] == 1) & (sided[1:] & 1 == 1))
    start, middle, end = bounds[shared], bounds[shared + 1], bounds[shared + 2]
    return Join(middle - start, end - middle, order[start], order, start)


@dataclass(frozen=True, slots=True)
class Side:
    """The shared tokens of one side of all pairs, pair by pair in the order of the text.

    ``token`` is the position in ``Tokens``, ``group`` the number of the group.
    """

    pair: Ints
    token: Ints
    group: Ints

    def part(self, span: slice) -> "Side":
        """Return some of the tokens."""
        return Side(self.pair[span], self.token[span], self.group[span])


@dataclass(frozen=True, slots=True)
class Matches:
    """The shared tokens of many pairs: both sides, and per group its pair and its clipped hits."""

    pairs: int
    reference: Side
    candidate: Side
    group_pair: Ints
    group_hits: Ints
    group_candidate: Ints


def match(tokens: Tokens, references: Ints, candidates: Ints) -> Matches:
    """Find what text ``references[i]`` shares with text ``candidates[i]``, for all i."""
    texts = np.concatenate((references, candidates))
    length = tokens.lengths[texts]
    pair = np.repeat(np.tile(np.arange(len(references)), 2), length)
    token = ranges(tokens.bounds[texts], length)
    keys = pair << _NUMBER_BITS
    keys |= tokens.numbers[token]
    lefts = int(length[: len(references)].sum())
    joined = join(keys, lefts)
    group = joined.numbers()
    shared = np.flatnonzero(group >= 0)
    both = Side(pair[shared], token[shared], group[shared])
    middle = int(joined.left.sum())
    return Matches(
        pairs=len(references),
        reference=both.part(slice(None, middle)),
        candidate=both.part(slice(middle, None)),
        group_pair=pair[joined.first],
        group_hits=joined.hits,
        group_candidate=joined.right,
    )
