import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.effect import PairedEffect, paired_effects
from harness.stats.pairs import all_pairs


def _cube(
    values: FloatArray, present: BoolArray | None = None, clusters: list[str | None] | None = None
) -> ScoreCube:
    return ScoreCube.of([f"{i:05}" for i in range(len(values))], values, present, clusters)


def _effect(apart: list[float], clusters: list[str | None] | None = None) -> PairedEffect | None:
    values = np.zeros((len(apart), 2, 1))
    values[:, 0, 0] = apart
    return paired_effects(_cube(values, clusters=clusters), all_pairs(2)).at(0, 0)


def test_a_worked_example() -> None:
    """Differences 1, 2, 3, -2, 0: mean 0.8, squares of the rest 14.8, sd sqrt(3.7), d_z 0.416."""
    found = _effect([1.0, 2.0, 3.0, -2.0, 0.0])
    assert found is not None
    assert (found.higher, found.equal, found.lower, found.n) == (3, 1, 1, 5)
    assert found.mean == pytest.approx(0.8)
    assert found.sd == found.spread == pytest.approx(math.sqrt(3.7))
    assert found.d_z == pytest.approx(0.8 / math.sqrt(3.7))


@pytest.mark.parametrize(
    ("apart", "d_z"),
    [
        pytest.param([0.0, 0.0], 0.0, id="the same row twice"),
        pytest.param([0.5, 0.5], math.inf, id="always the same, above"),
        pytest.param([-0.5, -0.5], -math.inf, id="always the same, below"),
    ],
)
def test_effects_without_spread(apart: list[float], d_z: float) -> None:
    """Where all differences are the same, the effect is none or infinite."""
    found = _effect(apart)
    assert found is not None
    assert found.d_z == d_z


def test_one_article_has_no_spread() -> None:
    """A single shared article tells nothing of how differences vary."""
    assert _effect([0.5]) is None


def test_rounding_makes_no_winner() -> None:
    """Scores that differ in the sixteenth digit are a tie."""
    found = _effect([0.1 + 0.2 - 0.3, 1.0])
    assert found is not None
    assert (found.higher, found.equal, found.lower) == (1, 1, 0)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 15), st.sampled_from([0.0, 0.4]))
def test_effects_are_those_of_a_plain_loop(seed: int, articles: int, missing: float) -> None:
    """Every pair's numbers are those of its differences on what both rows scored."""
    rng = np.random.default_rng(seed)
    shape = (articles, 3, 2)
    cube = _cube(rng.integers(0, 5, shape) / 4, rng.random(shape) >= missing)
    pairs = all_pairs(3)
    found = paired_effects(cube, pairs)
    for column in range(2):
        for k in range(3):
            a, b = pairs.first[k], pairs.second[k]
            both = cube.present[:, a, column] & cube.present[:, b, column]
            apart = (cube.values[:, a, column] - cube.values[:, b, column])[both]
            effect = found.at(k, column)
            assert (effect is None) == (len(apart) < 2)
            if effect is not None:
                assert effect.n == len(apart)
                assert effect.mean == pytest.approx(apart.mean())
                assert effect.sd == pytest.approx(apart.std(ddof=1))
                assert (effect.higher, effect.lower) == ((apart > 0).sum(), (apart < 0).sum())


def test_clusters_widen_the_spread() -> None:
    """Articles that come in identical pairs carry half the information: sqrt(2) times the spread.

    Twenty clusters of two alike: the cluster sums are 2 r, so that, summing r^2 over clusters,
    spread^2 = 20/19 x 4 sum / 40, against sd^2 = 2 sum / 39: a ratio of 39/19.
    """
    apart = np.random.default_rng(0).normal(size=20).repeat(2).tolist()
    found = _effect(apart, [str(i // 2) for i in range(40)])
    assert found is not None
    assert found.spread / found.sd == pytest.approx(math.sqrt(39 / 19))


def test_swapping_rows_changes_the_sign_alone() -> None:
    """Wins become losses, and nothing else moves."""
    values = np.random.default_rng(1).normal(size=(30, 2, 1))
    one = paired_effects(_cube(values), all_pairs(2)).at(0, 0)
    other = paired_effects(_cube(values[:, ::-1]), all_pairs(2)).at(0, 0)
    assert one is not None
    assert other is not None
    assert (one.mean, one.sd, one.d_z) == (-other.mean, other.sd, -other.d_z)
    assert (one.higher, one.lower) == (other.lower, other.higher)
