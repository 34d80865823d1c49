"""Bit-parallel rows for many LCS tables at once: a lane of 64 bits per table.

The recurrence (Crochemore et al., 2001; Hyyro, 2004). Row i of an LCS table t grows by at most 1
from column to column. Let bit j-1 of V be set where it does not grow: t[i][j] == t[i][j-1].
With M the columns that match the token of row i, and u = V & M:

    V' = ((V + u) | (V - u)) & full,        and t[i][n] is the number of zero bits of V.

The additions stay inside a lane, so that one numpy operation does one row of every lane. Lanes
have different numbers of rows. They are stood side by side, longest first, and their rows are
stored one row of all lanes after the other: the lanes that still have an i-th row are then a
beginning, and every step works on contiguous memory.
"""

from dataclasses import dataclass

import numpy as np

from harness.rouge.arrays import Ints, Words, ranges, stable_order

LANE = 64
BIT = np.left_shift(np.uint64(1), np.arange(LANE, dtype=np.uint64))
FULL = np.array([(1 << n) - 1 for n in range(LANE + 1)], np.uint64)

MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class Stack:
    """Where the rows of lanes are stored.

    ``order`` lists the lanes, longest first; ``place`` is where each row goes; row i of all lanes
    that have one lies in ``slices[i]``.
    """

    order: Ints
    place: Ints
    slices: list[slice]


def stack(rows: Ints) -> Stack:
    """Lay out lanes with so many rows each; ``place`` expects the rows lane by lane."""
    most = int(rows.max(initial=0))
    order = stable_order(most - rows)
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    # how many lanes have more than i rows
    width = np.searchsorted(-rows[order], -np.arange(most))
    end = np.cumsum(width)
    start = end - width
    place = start[ranges(np.zeros_like(rows), rows)]
    place += np.repeat(rank, rows)
    return Stack(order, place, [*map(slice, start.tolist(), end.tolist())])


def mirror(words: Words) -> Words:
    """Turn every word around: bit 0 becomes bit 63."""
    turned = np.frombuffer(words.tobytes().translate(MIRRORED), ">u8")
    return turned.astype(np.uint64)
