"""All pairs of 24 rows in 10 columns over 11,490 articles, against a plain loop over scipy.stats.

    OMP_NUM_THREADS=2 python -m bench.stats [articles]

Ours: the sign-flip test of all pairs with Holm, the bootstrap intervals of all means, and those of
all paired differences, 10,000 resamples each; seconds on the clock, CPU seconds, and the peak
memory of the process before scipy is loaded. On a busy machine go by the CPU seconds of one
thread. Theirs: `permutation_test` and `bootstrap`, vectorised, in batches, on the first few of the
same pairs; the seconds for one are multiplied by how many there are, which the output says. Both
sides must agree within their noise before a ratio is printed. Then 200 rows and 1 row.
"""

import importlib
import math
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import numpy as np

from harness.stats.bootstrap import difference_intervals, mean_intervals
from harness.stats.cube import FloatArray, ScoreCube
from harness.stats.paired import compare_pairs
from harness.stats.pairs import all_pairs

ARTICLES, ROWS, COLUMNS, RESAMPLES = 11_490, 24, 10, 10_000
SAMPLED = 3  # pairs that scipy is asked for
BATCH = 500  # scipy's resamples at a time: 10,000 at once take gigabytes

Found = TypeVar("Found")


def main() -> None:
    """Print seconds, memory and ratios."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    print(f"{os.cpu_count()} cores, OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'unset')}")
    compare_with_scipy(scores(articles, ROWS, COLUMNS))
    for rows in (200, 1):
        cube = scores(100, rows, COLUMNS)
        tests, _ = timed(partial(compare_pairs, cube))
        means, _ = timed(partial(mean_intervals, cube))
        print(f"{rows} rows x {COLUMNS} columns x 100 articles: {tests:.2f} s + {means:.2f} s")


def scores(articles: int, rows: int, columns: int) -> ScoreCube:
    """Make scores in [0, 1] that share half of what varies, rows a little apart."""
    rng = np.random.default_rng(0)
    shared, own = rng.random((articles, 1, columns)), rng.random((articles, rows, columns))
    values = 0.49 * (shared + own) + 0.02 * np.linspace(0, 1, rows)[:, None]
    return ScoreCube.of([f"{i:06}" for i in range(articles)], values)


def compare_with_scipy(cube: ScoreCube) -> None:
    """Time our three computations, then scipy's on a few cases of each."""
    pairs = all_pairs(cube.rows)
    cpu = time.process_time()
    test_seconds, tests = timed(lambda: compare_pairs(cube))
    mean_seconds, means = timed(lambda: mean_intervals(cube))
    apart_seconds, apart = timed(lambda: difference_intervals(cube, pairs))
    cpu = time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = test_seconds + mean_seconds + apart_seconds
    print(f"ours, {len(pairs)} pairs x {cube.columns} columns x {len(cube.articles)} articles:")
    print(f"  {total:.2f} s in all ({cpu:.2f} s of CPU), peak memory {peak:.0f} MB")
    stats = importlib.import_module("scipy.stats")
    cells = len(pairs) * cube.columns
    asked = [cube.values[:, [pairs.first[k], pairs.second[k]], 0].T for k in range(SAMPLED)]
    report("tests", test_seconds, cells, lambda x: _flip(stats, x), asked, tests.p[:SAMPLED, 0])
    rows = [cube.values[:, k, 0] for k in range(SAMPLED)]
    low = means.low[:SAMPLED, 0]
    report("means", mean_seconds, cube.rows * cube.columns, lambda x: _low(stats, x), rows, low)
    low, gaps = apart.low[:SAMPLED, 0], [x - y for x, y in asked]
    report("differences", apart_seconds, cells, lambda x: _low(stats, x), gaps, low)


def report(
    name: str,
    ours: float,
    cells: int,
    work: Callable[[FloatArray], tuple[float, float]],
    asked: list[FloatArray],
    expected: FloatArray,
) -> None:
    """Check scipy's numbers against ours, within four of their standard errors, and print."""
    seconds, found = timed(lambda: [work(x) for x in asked])
    for (value, error), own in zip(found, expected.tolist(), strict=True):
        assert abs(value - own) <= 4 * error, (name, value, own, error)
    theirs = seconds / len(asked) * cells
    print(
        f"  {name}: {ours:.2f} s; scipy {seconds / len(asked):.2f} s each, measured on {len(asked)}"
        f" of {cells}, so {theirs:.0f} s: {theirs / ours:.0f} times as long"
    )


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Return the seconds on the clock, and what came out."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _flip(stats: Any, pair: FloatArray) -> tuple[float, float]:
    """Return scipy's p, and the standard error of the difference of two such."""
    p = stats.permutation_test(
        tuple(pair),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        n_resamples=RESAMPLES,
        batch=BATCH,
        vectorized=True,
        rng=np.random.default_rng(1),
    ).pvalue
    return float(p), math.sqrt(2 * (p * (1 - p) + 1 / RESAMPLES) / RESAMPLES)


def _low(stats: Any, data: FloatArray) -> tuple[float, float]:
    """Return scipy's lower end, and the standard error of the difference of two such.

    A 2.5th percentile of B draws has that of sqrt(0.025 x 0.975 / B) over the density there.
    """
    interval = stats.bootstrap(
        (data,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=BATCH,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(1),
    ).confidence_interval
    spread = (interval.high - interval.low) / (2 * 1.96)
    return float(interval.low), spread * math.sqrt(2 * 0.025 * 0.975 / RESAMPLES) / 0.0584


if __name__ == "__main__":
    main()
