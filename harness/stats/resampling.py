"""Draws and sign flips of whole clusters, as weights of the clusters, block by block.

Every block is a matrix (draws, clusters), of as many draws as keep both it and the sums of
``pairs`` pairs small. The stream of draws depends on the seed and the number of clusters alone,
never on the size of the blocks.
"""

from collections.abc import Iterator

import numpy as np

from harness.errors import UsageError
from harness.stats.cube import FloatArray, ScoreCube

BLOCK_BYTES = 1 << 25
"""Most memory for a block of weights, or for one column's sums of all pairs under it."""

FEWEST = 100
"""Fewest draws that can be asked for: fewer say nothing about a 2.5th percentile."""


def draws(cube: ScoreCube, count: int, seed: int, pairs: int) -> Iterator[FloatArray]:
    """Yield how often each cluster is in each of ``count`` samples of the clusters.

    A sample draws as many clusters as there are, with replacement (Efron 1979).
    """
    rng, units = np.random.default_rng(seed), cube.units
    for size in _sizes(cube, count, pairs):
        drawn = rng.integers(0, units, size=(size, units))
        drawn += units * np.arange(size)[:, None]
        times = np.bincount(drawn.ravel(), minlength=size * units).reshape(size, units)
        yield times.astype(np.float64)


def flips(cube: ScoreCube, count: int, seed: int, pairs: int) -> Iterator[FloatArray]:
    """Yield ``count`` random choices of clusters, each in or out by the toss of a coin: 1 or 0."""
    rng, units = np.random.default_rng(seed), cube.units
    words = -(-units // 64)
    for size in _sizes(cube, count, pairs):
        # Whole 64-bit words per choice: the stream is the same however it is cut into blocks.
        tosses = rng.integers(0, 1 << 64, size=(size, words), dtype=np.uint64).astype("<u8")
        bits = np.unpackbits(tosses.view(np.uint8), axis=1, count=units)
        yield bits.astype(np.float64)


def every_flip(cube: ScoreCube, pairs: int) -> Iterator[FloatArray]:
    """Yield all 2^(units - 1) choices of clusters that leave out the first.

    The other half are their complements, whose sums have the same size and the opposite sign, so
    that a two-sided test counts the same share in either half.
    """
    total, start = 1 << (cube.units - 1), 0
    for size in _sizes(cube, total, pairs):
        codes = np.arange(start, start + size)[:, None]
        bits = np.zeros((size, cube.units))
        bits[:, 1:] = (codes >> np.arange(cube.units - 1)) & 1
        start += size
        yield bits


def at_least(count: int, what: str) -> None:
    """Refuse a number of draws too small to mean anything."""
    if count < FEWEST:
        msg = f"{count} {what} were asked for. Ask for {FEWEST} or more; 10000 is usual."
        raise UsageError(msg)


def _sizes(cube: ScoreCube, count: int, pairs: int) -> Iterator[int]:
    most = max(1, min(1024, BLOCK_BYTES // (8 * max(cube.units, pairs))))
    for start in range(0, count, most):
        yield min(most, count - start)
