from collections.abc import Callable, Iterator

import numpy as np
import pytest

from harness.errors import UsageError
from harness.stats import resampling
from harness.stats.cube import FloatArray, ScoreCube
from harness.stats.resampling import at_least, draws, every_flip, flips


def _cube(articles: int, clusters: list[str | None] | None = None) -> ScoreCube:
    ids = [f"{i:05}" for i in range(articles)]
    return ScoreCube.of(ids, np.zeros((articles, 1, 1)), clusters=clusters)


def _all(blocks: Iterator[FloatArray]) -> FloatArray:
    return np.concatenate(list(blocks))


Source = Callable[[ScoreCube, int, int, int], Iterator[FloatArray]]


def test_a_sample_draws_as_many_units_as_there_are() -> None:
    """The counts of one sample add up to the number of articles, and each is drawn once on average.

    The standard error of a mean of 4,000 counts of variance 1 - 1/30 is 0.0155; five of them.
    """
    found = _all(draws(_cube(30), 4000, 0, 1))
    assert (found.sum(axis=1) == 30).all()
    assert np.abs(found.mean(axis=0) - 1).max() < 5 * 0.0155
    assert abs(found.var() - 29 / 30) < 0.02


def test_flips_are_fair_coins() -> None:
    """Each article keeps its sign in half of the patterns, independently of the others.

    The standard error of a share of 4,000 tosses is 0.0079; five of them.
    """
    found = _all(flips(_cube(70), 4000, 0, 1))
    assert set(np.unique(found)) == {0.0, 1.0}
    assert np.abs(found.mean(axis=0) - 0.5).max() < 5 * 0.0079
    together = (found.T @ found / 4000)[np.triu_indices(70, 1)]
    assert np.abs(together - 0.25).max() < 6 * 0.0069


@pytest.mark.parametrize("source", [draws, flips])
def test_what_is_drawn_is_a_cluster(source: Source) -> None:
    """Articles of a cluster have one weight between them, and each cluster has its own."""
    found = _all(source(_cube(5, ["x", None, "y", "x", "y"]), 500, 1, 1))
    assert found.shape == (500, 3)
    assert len(np.unique(found, axis=0)) > 3


@pytest.mark.parametrize("source", [draws, flips])
@pytest.mark.parametrize("articles", [7, 64, 65, 130])
def test_blocks_leave_no_trace(
    source: Source, articles: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same seed gives the same draws however they are cut into blocks."""
    whole = _all(source(_cube(articles), 333, 5, 1))
    monkeypatch.setattr(resampling, "BLOCK_BYTES", 8 * articles * 10)
    parts = list(source(_cube(articles), 333, 5, 1))
    assert len(parts) == 34
    assert np.array_equal(whole, np.concatenate(parts))


@pytest.mark.parametrize("source", [draws, flips])
def test_the_seed_decides(source: Source) -> None:
    """The same seed draws the same, another seed something else."""
    first, again, other = (_all(source(_cube(20), 200, seed, 1)) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("units", [1, 2, 5, 11])
def test_every_pattern_comes_once(units: int) -> None:
    """All patterns that leave out the first unit are there, each once."""
    found = _all(every_flip(_cube(units), 1))
    assert found.shape == (2 ** (units - 1), units)
    assert not found[:, 0].any()
    assert len(np.unique(found, axis=0)) == len(found)


def test_few_draws_are_refused() -> None:
    """The message says how many are usual."""
    at_least(100, "resamples")
    with pytest.raises(UsageError, match=r"99 resamples.*100 or more; 10000 is usual"):
        at_least(99, "resamples")
