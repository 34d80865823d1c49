import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.stats.cube import ScoreCube
from harness.stats.pairs import Pairs, all_pairs
from harness.stats.sums import SharedSums


def _cube(
    seed: int, articles: int, rows: int, columns: int, missing: float, clusters: int = 0
) -> ScoreCube:
    rng = np.random.default_rng(seed)
    shape = (articles, rows, columns)
    ids = [f"{i:05}" for i in range(articles)]
    shared = [str(c) for c in rng.integers(0, clusters, articles)] if clusters else None
    return ScoreCube.of(ids, rng.normal(size=shape), rng.random(shape) >= missing, shared)


cubes = st.builds(
    _cube,
    st.integers(0, 10**6),
    st.integers(1, 12),
    st.integers(1, 5),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.1, 0.6, 1.0]),
    st.integers(0, 4),
)


@settings(max_examples=60, deadline=None)
@given(cubes, st.integers(0, 10**6))
def test_sums_are_those_of_a_plain_loop(cube: ScoreCube, seed: int) -> None:
    """Sums and counts of every pair are those over the articles that both rows scored.

    The sums of whole numbers are exact: equal to those in Python's unlimited integers.
    """
    drawn = np.random.default_rng(seed).integers(0, 4, (6, cube.units)).astype(float)
    pairs = all_pairs(cube.rows)
    sums = SharedSums.of(cube, pairs)
    whole = np.array(list(sums.differences(drawn)))
    found = sums.fixed.scaled(whole)
    counts = np.array([np.array(c) for c in sums.counts(drawn)])
    weights = drawn[:, cube.clusters]
    for column in range(cube.columns):
        for k in range(len(pairs)):
            a, b = pairs.first[k], pairs.second[k]
            both = cube.present[:, a, column] & cube.present[:, b, column]
            apart = (cube.values[:, a, column] - cube.values[:, b, column])[both]
            assert np.allclose(found[column, k], weights[:, both] @ apart, atol=1e-9)
            numbers = sums.fixed.numbers[column, [a, b]][:, both].astype(int).tolist()
            for draw, w in enumerate(weights[:, both].astype(int).tolist()):
                exact = sum(t * (x - y) for t, x, y in zip(w, *numbers, strict=True))
                assert int(whole[column, k, draw]) == exact
            assert np.array_equal(counts[column, k], weights[:, both].sum(axis=1))


@settings(max_examples=60, deadline=None)
@given(cubes)
def test_observed_means_are_those_of_a_plain_loop(cube: ScoreCube) -> None:
    """The observed difference is the mean over shared articles, to the last digits."""
    pairs = all_pairs(cube.rows)
    sums = SharedSums.of(cube, pairs)
    seen, units = sums.observed(), sums.units()
    for column in range(cube.columns):
        for k in range(len(pairs)):
            a, b = pairs.first[k], pairs.second[k]
            both = cube.present[:, a, column] & cube.present[:, b, column]
            apart = (cube.values[:, a, column] - cube.values[:, b, column])[both]
            assert seen.n[column, k] == both.sum()
            assert units[column, k] == len(set(cube.clusters[both].tolist()))
            mean = apart.mean() if both.any() else 0.0
            assert abs(seen.mean[column, k] - mean) < 1e-14
            assert abs(seen.coarse[column, k] - mean) < 1e-10


def test_pairs_may_be_any() -> None:
    """A pair may name the later row first, and come twice."""
    cube = _cube(1, 9, 3, 2, 0.3)
    pairs = Pairs(np.array([2, 0, 2]), np.array([0, 2, 0]))
    mean = SharedSums.of(cube, pairs).observed().mean
    assert np.array_equal(mean[:, 0], -mean[:, 1])
    assert np.array_equal(mean[:, 0], mean[:, 2])
