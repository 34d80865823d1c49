"""Concordant less discordant pairs of all resamples at once, in n log n steps.

The summaries are taken in the order of their scores. A binary indexed tree (Fenwick 1994) over the
judgements holds, for every resample, how often the summaries taken so far are in it; each summary
asks it for those below and those above its own judgement. Summaries of one score ask before any of
them enters, so that ties count for nothing.
"""

import numpy as np

from harness.stats.cube import FloatArray, IntArray


def concordance(x: IntArray, y: IntArray, weights: FloatArray) -> FloatArray:
    """Return the difference for each resample, of series given by the places of their values.

    ``weights`` are (points, resamples), whole numbers. Single precision is exact: every number in
    the tree is a whole one of at most the summaries drawn, and that is far below 2^24.
    """
    order = np.argsort(x, kind="stable")
    drawn = weights[order].astype(np.float32)
    below, above = _paths(int(y.max()) + 1)
    tree = np.zeros((len(below) + 1, weights.shape[1]), np.float32)
    taken = np.zeros(weights.shape[1], np.float32)
    found = np.zeros(weights.shape[1])
    at = y[order].tolist()
    start = 0
    for end in (np.flatnonzero(np.diff(x[order], append=-1)) + 1).tolist():
        for i in range(start, end):
            lower = tree[below[at[i]]].sum(axis=0)
            upto = tree[below[at[i] + 1]].sum(axis=0)
            found += drawn[i] * (lower + upto - taken)
        for i in range(start, end):
            tree[above[at[i]]] += drawn[i]
            taken += drawn[i]
        start = end
    return found


def _paths(size: int) -> tuple[list[IntArray], list[IntArray]]:
    """Return the nodes that sum up what lies below each place, and those that each place is in."""
    below = [_path(place, -1, size) for place in range(size + 1)]
    above = [_path(place + 1, 1, size) for place in range(size)]
    return below, above


def _path(node: int, step: int, size: int) -> IntArray:
    found = []
    while 0 < node <= size:
        found.append(node)
        node += step * (node & -node)
    return np.array(found, np.intp)
