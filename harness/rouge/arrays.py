"""The numpy idioms that several stages share: types, runs, ranges, a stable order."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]

# Positions in a batch are below 2**23; so are the keys that leave room for them below 2**40.
_POSITION_BITS = 23


def run_starts(*keys: Ints) -> Ints:
    """Return where a new run begins in rows that are equal while every key is.

    >>> run_starts(np.array([4, 4, 4, 9]), np.array([1, 1, 2, 2])).tolist()
    [0, 2, 3]
    """
    begins = np.ones(len(keys[0]), bool)
    np.not_equal(keys[0][1:], keys[0][:-1], out=begins[1:])
    for key in keys[1:]:
        begins[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(begins)


def ranges(start: Ints, length: Ints) -> Ints:
    """Return the ranges ``start[i]:start[i] + length[i]``, one behind the other.

    >>> ranges(np.array([7, 2]), np.array([3, 2])).tolist()
    [7, 8, 9, 2, 3]
    """
    end = np.cumsum(length)
    joined = np.repeat(start - end + length, length)
    joined += np.arange(len(joined))
    return joined


def stable_order(keys: Ints) -> Ints:
    """Return the order that sorts keys from 0 to 2**40 - 1, equal ones as they stand.

    Sorting keys that carry their position is several times quicker than ``argsort``.

    >>> stable_order(np.array([3, 1, 3, 0])).tolist()
    [3, 1, 0, 2]
    """
    packed = keys << _POSITION_BITS
    packed |= np.arange(len(keys))
    packed.sort()
    packed &= (1 << _POSITION_BITS) - 1
    return packed
