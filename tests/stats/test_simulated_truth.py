"""Simulated data whose truth is known: every column of a cube is one data set of its own.

All rates are shares of thousands of data sets; the standard error of a rate is at most 0.4 points.
"""

from collections.abc import Callable

import numpy as np
import pytest

from harness.stats.bootstrap import difference_intervals, mean_intervals
from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.effect import paired_effects
from harness.stats.paired import compare_pairs
from harness.stats.pairs import all_pairs
from harness.stats.permutation import sign_flip_test
from harness.stats.power import detectable_difference

Shape = tuple[int, int, int]
Sample = Callable[[np.random.Generator, Shape], FloatArray]
SETS = 6000


def _cube(
    values: FloatArray, present: BoolArray | None = None, clusters: list[str | None] | None = None
) -> ScoreCube:
    return ScoreCube.of([f"{i:05}" for i in range(len(values))], values, present, clusters)


def _normal(rng: np.random.Generator, shape: Shape) -> FloatArray:
    return rng.normal(size=shape)


def _uniform(rng: np.random.Generator, shape: Shape) -> FloatArray:
    return rng.random(shape) - 0.5


def _rouge_like(rng: np.random.Generator, shape: Shape) -> FloatArray:
    """Scores in [0, 1], mean 0.2, skewness 0.83."""
    return rng.beta(2, 8, shape) - 0.2


def _skewed(rng: np.random.Generator, shape: Shape) -> FloatArray:
    """Scores in [0, 1] that pile up at 0, mean 0.1, skewness 1.47."""
    return rng.beta(1, 9, shape) - 0.1


def _exponential(rng: np.random.Generator, shape: Shape) -> FloatArray:
    """One long tail, skewness 2."""
    return rng.exponential(size=shape) - 1.0


@pytest.mark.parametrize(
    ("sample", "articles"),
    [
        pytest.param(_normal, 50, id="normal-50"),
        pytest.param(_normal, 200, id="normal-200"),
        pytest.param(_uniform, 50, id="uniform-50"),
        pytest.param(_rouge_like, 50, id="rouge-like-50"),
        pytest.param(_skewed, 50, id="skewed-50"),
        pytest.param(_skewed, 100, id="skewed-100"),
        pytest.param(_exponential, 100, id="exponential-100"),
    ],
)
def test_intervals_of_a_mean_cover_what_they_promise(sample: Sample, articles: int) -> None:
    """The 95 % interval holds the true mean, here 0, in 93.5 to 96.5 % of data sets."""
    values = sample(np.random.default_rng(articles), (articles, 1, SETS))
    found = mean_intervals(_cube(values), resamples=1000)
    assert 0.935 <= ((found.low <= 0) & (found.high >= 0)).mean() <= 0.965


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_intervals_of_a_difference_cover_what_they_promise(missing: float) -> None:
    """So does the interval of a paired difference, where some articles are missing too."""
    rng = np.random.default_rng(7)
    values = _rouge_like(rng, (60, 1, SETS)) + 0.5 * _rouge_like(rng, (60, 2, SETS))
    cube = _cube(values, rng.random(values.shape) >= missing)
    found = difference_intervals(cube, all_pairs(2), resamples=1000)
    assert 0.935 <= ((found.low <= 0) & (found.high >= 0)).mean() <= 0.965


def _clustered(rng: np.random.Generator, rows: int) -> tuple[FloatArray, list[str | None]]:
    """Sixty clusters of one to four articles that share most of what makes them differ."""
    sizes = np.arange(60) % 4 + 1
    shared = rng.normal(size=(60, rows, SETS)).repeat(sizes, axis=0)
    labels = np.arange(60).repeat(sizes)
    return shared + 0.5 * rng.normal(size=shared.shape), [str(label) for label in labels]


def test_clusters_are_what_is_resampled() -> None:
    """With articles that share clusters, intervals over clusters cover; over articles they do not.

    Cluster means of variance 1 + 0.25 / m make articles count for far less than their number.
    """
    values, clusters = _clustered(np.random.default_rng(11), 1)
    coverage = []
    for given in (clusters, None):
        found = mean_intervals(_cube(values, clusters=given), resamples=500)
        coverage.append(float(((found.low <= 0) & (found.high >= 0)).mean()))
    assert 0.935 <= coverage[0] <= 0.965
    assert coverage[1] < 0.85


def _rejected(cube: ScoreCube) -> float:
    return float((sign_flip_test(cube, all_pairs(2), patterns=999).p <= 0.05).mean())


@pytest.mark.parametrize(
    ("sample", "articles", "missing"),
    [
        pytest.param(_normal, 20, 0.0, id="normal-20"),
        pytest.param(_normal, 100, 0.0, id="normal-100"),
        pytest.param(_rouge_like, 50, 0.0, id="rouge-like-50"),
        pytest.param(_exponential, 50, 0.0, id="exponential-50"),
        pytest.param(_rouge_like, 100, 0.3, id="rouge-like-with-gaps"),
    ],
)
def test_true_nulls_are_rejected_as_often_as_promised(
    sample: Sample, articles: int, missing: float
) -> None:
    """At a nominal 5 % between 4 and 6 % of pairs without any difference are called different."""
    rng = np.random.default_rng(articles)
    values = sample(rng, (articles, 1, SETS)) + sample(rng, (articles, 2, SETS))
    assert 0.04 <= _rejected(_cube(values, rng.random(values.shape) >= missing)) <= 0.06


def test_a_lopsided_null_is_rejected_as_often_as_promised() -> None:
    """Differences with mean 0 and one long tail, which flipping signs does not leave alike.

    There the test is not exact, and 100 articles suffice for it to hold its level.
    """
    values = np.zeros((100, 2, SETS))
    values[:, 0] = _exponential(np.random.default_rng(1), (100, 1, SETS))[:, 0]
    assert 0.04 <= _rejected(_cube(values)) <= 0.06


def test_clusters_are_what_is_flipped() -> None:
    """Flipping whole clusters keeps the level; flipping their articles one by one does not."""
    values, clusters = _clustered(np.random.default_rng(12), 2)
    assert 0.04 <= _rejected(_cube(values, clusters=clusters)) <= 0.06
    assert _rejected(_cube(values)) > 0.15


def test_holm_keeps_the_chance_of_any_false_claim() -> None:
    """Among six rows that are all alike, at most 5 % of columns hold any claim after Holm.

    Without it, a column's fifteen pairs hold one in over a third of the cases.
    """
    rng = np.random.default_rng(3)
    values = rng.normal(size=(40, 1, 3000)) + rng.normal(size=(40, 6, 3000))
    tests = compare_pairs(_cube(values), patterns=999)
    assert (tests.adjusted <= 0.05).any(axis=0).mean() <= 0.055
    assert (tests.p <= 0.05).any(axis=0).mean() > 0.3


def test_power_is_what_was_promised() -> None:
    """A true difference of the smallest detectable size is found in 80 % of data sets."""
    rng = np.random.default_rng(5)
    values = rng.normal(size=(100, 1, SETS)) + rng.normal(size=(100, 2, SETS))
    values[:, 0] += detectable_difference(2**0.5, 100)
    assert 0.78 <= _rejected(_cube(values)) <= 0.82
    found = paired_effects(_cube(values), all_pairs(2))
    assert found.sd.mean() == pytest.approx(2**0.5, rel=0.01)
