"""Stages 4 to 7 for one pair, on Python's integers, which are as wide as they need to be.

The same recurrence and the same walk as in ``lanes`` and ``union_lcs``, where the proofs are.
This is how pairs are scored that come alone (numpy's calls cost more than the work they do) and
pairs whose sentences do not fit a lane of 64 bits.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from harness.rouge.lanes import MIRRORED

Lines = list[list[int]]


def ngram_hits(reference: Sequence[int], candidate: Sequence[int], n: int) -> int:
    """Return the clipped n-gram hits of two texts."""
    left, right = Counter(_grams(reference, n)), Counter(_grams(candidate, n))
    return sum([min(left[gram], right[gram]) for gram in left.keys() & right.keys()])


def _grams(text: Sequence[int], n: int) -> Iterable[Hashable]:
    return text if n == 1 else zip(*(text[i:] for i in range(n)), strict=False)


def lcs_length(reference: Iterable[int], candidate: Iterable[int]) -> int:
    """Return the length of a longest common subsequence of two texts."""
    masks: dict[int, int] = {}
    bit = 1
    for token in candidate:
        masks[token] = masks.get(token, 0) | bit
        bit <<= 1
    full = state = bit - 1
    for token in reference:
        u = state & masks.get(token, 0)
        if u:
            state = ((state + u) | (state - u)) & full
    return full.bit_count() - state.bit_count()


def union_hits(reference: Lines, candidate: Lines) -> int:
    """Return the clipped union-LCS hits of two texts, given line by line."""
    left = Counter(chain.from_iterable(candidate))
    shared = left.keys() & set(chain.from_iterable(reference))
    columns = _columns(candidate, shared)
    hits = 0
    for line in reference:
        for token in _united([token for token in line if token in shared], columns):
            if left[token]:
                left[token] -= 1
                hits += 1
    return hits


@dataclass(frozen=True, slots=True)
class _Columns:
    """All candidate sentences side by side in one integer, a spare bit in front of each.

    The spare bit takes the carry out of the sentence before it and is the wall where a walk
    through the sentence behind it ends. ``masks`` holds the columns of every token and
    ``mirrored`` the same turned around; ``full`` all columns; ``last`` the last column of every
    sentence, turned around. ``size`` is in bytes.
    """

    masks: dict[int, int]
    mirrored: dict[int, int]
    full: int
    last: int
    size: int


def _columns(candidate: Lines, shared: set[int]) -> _Columns:
    masks = dict.fromkeys(shared, 0)
    bit, full, last = 2, 0, 0
    for line in candidate:
        first, gap = bit, False
        for token in line:
            if token in masks:
                masks[token] |= bit
                bit <<= 1
                gap = True
            elif gap:  # the first of a run of tokens that match nothing
                bit <<= 1
                gap = False
        if bit > first:
            full |= bit - first
            last |= bit >> 1
            bit <<= 1
    size = (bit.bit_length() + 7) // 8
    mirrored = dict(zip(masks, _mirror(masks.values(), size), strict=True))
    return _Columns(masks, mirrored, full, _mirror([last], size)[0], size)


def _mirror(numbers: Iterable[int], size: int) -> list[int]:
    """Turn numbers of so many bytes around, bit by bit."""
    read, turn = int.from_bytes, MIRRORED
    return [read(number.to_bytes(size, "little").translate(turn)) for number in numbers]


def _united(line: list[int], columns: _Columns) -> list[int]:
    """Return the tokens of a reference sentence that any walk takes, last one first."""
    masks, mirrored = columns.masks, columns.mirrored
    state = full = columns.full
    runs = []
    for token in line:
        mask = masks[token]
        u = state & mask
        raised = (state + u) | (state - u)
        runs.append((raised - state) & ~mask)
        state = raised & full
    place = columns.last
    united = []
    for token, run in zip(reversed(line), _mirror(reversed(runs), columns.size), strict=True):
        place = (run + place) & ~run
        match = place & mirrored[token]
        if match:
            place += match
            united.append(token)
    return united
