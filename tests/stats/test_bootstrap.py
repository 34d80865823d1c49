import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.stats import bootstrap
from harness.stats.bootstrap import Interval, Intervals, difference_intervals, mean_intervals
from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.pairs import Pairs, against, all_pairs
from harness.stats.resampling import draws
from harness.stats.student import student_two_sided


def _cube(
    values: FloatArray, present: BoolArray | None = None, clusters: list[str | None] | None = None
) -> ScoreCube:
    return ScoreCube.of([f"{i:05}" for i in range(len(values))], values, present, clusters)


def _random(seed: int, shape: tuple[int, int, int], missing: float = 0.0) -> ScoreCube:
    rng = np.random.default_rng(seed)
    return _cube(rng.beta(2, 5, shape), rng.random(shape) >= missing)


def _level(n: int) -> float:
    return NormalDist().cdf(-math.sqrt(n / (n - 1)) * student_two_sided(0.95, n - 1))


def _same(one: Intervals, other: Intervals) -> bool:
    names = ("estimate", "low", "high", "n")
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(2, 30),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.2, 0.7]),
    st.booleans(),
)
def test_intervals_are_those_of_a_plain_loop(
    seed: int, articles: int, rows: int, missing: float, clustered: bool
) -> None:
    """Each end is numpy's percentile of the means of the same resamples, taken one by one."""
    rng = np.random.default_rng(seed)
    shape = (articles, rows, 2)
    clusters: list[str | None] = [str(c) for c in rng.integers(0, 1 + articles // 2, articles)]
    cube = _cube(
        rng.normal(size=shape), rng.random(shape) >= missing, clusters if clustered else None
    )
    pairs = all_pairs(rows)
    found = difference_intervals(cube, pairs, resamples=150, seed=seed)
    weights = np.concatenate(list(draws(cube, 150, seed, 1)))[:, cube.clusters]
    for column in range(2):
        for k in range(len(pairs)):
            a, b = pairs.first[k], pairs.second[k]
            both = cube.present[:, a, column] & cube.present[:, b, column]
            apart = (cube.values[:, a, column] - cube.values[:, b, column])[both]
            means = [float(w[both] @ apart / w[both].sum()) for w in weights if w[both].any()]
            units = len(set(cube.clusters[both].tolist()))
            interval = found.at(k, column)
            if not both.any():
                assert interval is None
                continue
            assert interval is not None
            assert interval.n == both.sum()
            assert math.isclose(interval.estimate, apart.mean(), abs_tol=1e-14)
            if units < 2:
                assert (interval.low, interval.high) == (-math.inf, math.inf)
                continue
            level = 100 * _level(units)
            ends = np.percentile(means, [level, 100 - level])
            assert np.allclose([interval.low, interval.high], ends, atol=1e-10)


def test_intervals_are_scipys_at_the_same_percentiles() -> None:
    """Scipy's percentile bootstrap, told the expanded level, gives the same ends.

    Both draw 20,000 resamples of their own; an end then has a standard error of about
    1.1 % of the interval's width, and the difference of two ends 1.6 %: four of them allowed.
    """
    stats = pytest.importorskip("scipy.stats")
    cube = _random(1, (60, 2, 3))
    level = 1 - 2 * _level(60)
    ours_mean = mean_intervals(cube, resamples=20_000, seed=1)
    ours_apart = difference_intervals(cube, all_pairs(2), resamples=20_000, seed=1)
    for column in range(3):
        x, y = cube.values[:, 0, column], cube.values[:, 1, column]
        for data, ours in ((x, ours_mean.at(0, column)), (x - y, ours_apart.at(0, column))):
            theirs = stats.bootstrap(
                (data,),
                np.mean,
                n_resamples=20_000,
                method="percentile",
                confidence_level=level,
                rng=np.random.default_rng(2),
            ).confidence_interval
            assert ours is not None
            allowed = 4 * 0.016 * (theirs.high - theirs.low)
            assert abs(ours.low - theirs.low) < allowed
            assert abs(ours.high - theirs.high) < allowed


def test_the_mean_of_a_row_is_over_what_it_scored() -> None:
    """A missing article is left out of the mean and of n, and is no zero."""
    present = np.ones((4, 2, 1), bool)
    present[3, 0] = False
    values = np.array([0.5, 0.6, 0.7, 0.0]).reshape(4, 1, 1).repeat(2, axis=1)
    found = mean_intervals(_cube(values, present), resamples=100)
    whole, part = found.at(1, 0), found.at(0, 0)
    assert part is not None
    assert whole is not None
    assert (part.n, whole.n) == (3, 4)
    assert part.estimate == pytest.approx(0.6, abs=1e-15)
    assert whole.estimate == pytest.approx(0.45, abs=1e-15)
    assert part.low == pytest.approx(0.5, abs=1e-12)


def test_scores_from_zero_up_have_no_negative_end() -> None:
    """Where most scores are 0 the lower end is 0 exactly, and prints without a minus sign."""
    values = np.zeros((40, 1, 1))
    values[[3, 17]] = 1 / 3
    found = mean_intervals(_cube(values), resamples=200).at(0, 0)
    assert found is not None
    assert f"{found.low:.2f} {found.estimate:.4f}" == "0.00 0.0167"


def test_a_constant_column_has_an_interval_of_no_width() -> None:
    """Where every score is 0.3 the mean is 0.3, and so are both ends, to the last digit."""
    found = mean_intervals(_cube(np.full((7, 1, 1), 0.3)), resamples=100).at(0, 0)
    assert found is not None
    assert found.low == found.estimate == found.high == pytest.approx(0.3, abs=1e-16)


def test_one_article_excludes_nothing() -> None:
    """An interval from a single article, or a single cluster, reaches from -inf to inf."""
    alone = mean_intervals(_cube(np.full((1, 1, 1), 0.3)), resamples=100).at(0, 0)
    assert alone == Interval(0.3, -math.inf, math.inf, 1)
    values = np.array([0.2, 0.4]).reshape(2, 1, 1)
    together = mean_intervals(_cube(values, clusters=["x", "x"]), resamples=100).at(0, 0)
    assert together is not None
    assert (together.low, together.high, together.n) == (-math.inf, math.inf, 2)


def test_no_shared_article_has_no_interval() -> None:
    """Rows that scored different articles have no difference, and a row without scores no mean."""
    present = np.array([[True, False, False], [False, True, False]])[:, :, None]
    cube = _cube(np.full((2, 3, 1), 0.5), present)
    assert difference_intervals(cube, all_pairs(3), resamples=100).at(0, 0) is None
    assert mean_intervals(cube, resamples=100).at(2, 0) is None


def test_a_single_row_has_no_pairs() -> None:
    """One row alone has its mean, and an empty table of differences."""
    cube = _random(0, (5, 1, 2))
    assert mean_intervals(cube, resamples=100).estimate.shape == (1, 2)
    assert difference_intervals(cube, all_pairs(1), resamples=100).estimate.shape == (0, 2)


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_the_order_of_rows_columns_and_articles_changes_no_bit(missing: float) -> None:
    """Any order of the input gives the same intervals, bit for bit."""
    cube = _random(2, (40, 5, 3), missing)
    rng = np.random.default_rng(0)
    ids, rows, columns = rng.permutation(40), rng.permutation(5), rng.permutation(3)
    turned = ScoreCube.of(
        [cube.articles[i] for i in ids],
        cube.values[np.ix_(ids, rows, columns)],
        cube.present[np.ix_(ids, rows, columns)],
    )
    means, again = mean_intervals(cube, resamples=300), mean_intervals(turned, resamples=300)
    apart = difference_intervals(cube, against(0, 5), resamples=300)
    place = int(np.flatnonzero(rows == 0)[0])
    apart_again = difference_intervals(turned, against(place, 5), resamples=300)
    others = rows[rows != 0] - 1
    for name in ("estimate", "low", "high", "n"):
        grid = np.ix_(rows, columns)
        assert np.array_equal(getattr(means, name)[grid], getattr(again, name))
        grid = np.ix_(others, columns)
        assert np.array_equal(getattr(apart, name)[grid], getattr(apart_again, name))


def test_swapping_a_pair_mirrors_its_interval() -> None:
    """The difference the other way round has the ends exchanged and negated, bit for bit."""
    cube = _random(3, (33, 2, 4), 0.1)
    one = difference_intervals(cube, Pairs(np.array([0]), np.array([1])), resamples=201)
    other = difference_intervals(cube, Pairs(np.array([1]), np.array([0])), resamples=201)
    assert np.array_equal(one.low, -other.high)
    assert np.array_equal(one.high, -other.low)
    assert np.array_equal(one.estimate, -other.estimate)


def test_memory_limits_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs drawn for in several passes get the intervals of a single pass."""
    cube = _random(4, (20, 5, 2), 0.1)
    whole = difference_intervals(cube, all_pairs(5), resamples=150)
    monkeypatch.setattr(bootstrap, "STORE_BYTES", 8 * 150 * 2 * 3)
    assert _same(whole, difference_intervals(cube, all_pairs(5), resamples=150))


def test_a_row_or_column_more_changes_nothing() -> None:
    """What another row or column scores leaves the intervals of the others alone."""
    cube = _random(5, (25, 4, 3))
    part = _cube(cube.values[:, :2, :2])
    all_means = mean_intervals(cube, resamples=200)
    assert np.allclose(mean_intervals(part, resamples=200).low, all_means.low[:2, :2], atol=1e-11)


def test_differences_use_the_resamples_of_the_means() -> None:
    """The mean and its difference from a row of zeros are the same thing, from the same draws."""
    cube = _random(6, (30, 1, 2))
    zeros = _cube(np.concatenate([cube.values, np.zeros((30, 1, 2))], axis=1))
    apart = difference_intervals(zeros, all_pairs(2), resamples=200, seed=9)
    assert _same(mean_intervals(cube, resamples=200, seed=9), apart)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"resamples": 10}, "10 resamples", id="too few"),
        pytest.param({"confidence": 95.0}, "confidence is 95.0", id="per cent"),
    ],
)
def test_options_without_meaning_are_refused(options: dict[str, float], message: str) -> None:
    """The message holds the offending value."""
    with pytest.raises(UsageError, match=message):
        mean_intervals(_random(0, (3, 1, 1)), **options)  # type: ignore[arg-type]
