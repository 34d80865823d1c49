from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.stats.cube import ScoreCube
from harness.stats.fixedpoint import SCORE_BITS, FixedPoint


def _cube(values: list[float], clusters: list[str | None] | None = None) -> ScoreCube:
    ids = [f"{i:05}" for i in range(len(values))]
    return ScoreCube.of(ids, np.array(values).reshape(-1, 1, 1), clusters=clusters)


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20), st.integers(1, 4))
def test_numbers_are_whole_and_close(values: list[float], sharing: int) -> None:
    """Each score becomes a whole number, off by at most half a unit, and sums stay below 2^52."""
    cube = _cube(values, [str(i // sharing) for i in range(len(values))])
    fixed = FixedPoint.of(cube)
    unit = Fraction(2) ** -int(fixed.shift[0])
    for value, number in zip(cube.values.ravel(), fixed.numbers.ravel(), strict=True):
        assert float(number).is_integer()
        assert abs(Fraction(float(value)) - Fraction(float(number)) * unit) <= unit / 2
    largest = float(np.abs(fixed.numbers).max())
    assert largest <= 2.0**SCORE_BITS
    # The heaviest resample draws the largest cluster as often as there are clusters.
    assert largest * cube.units * int(np.bincount(cube.clusters).max()) <= 2.0**52


@pytest.mark.parametrize("sharing", [1, 1000])
def test_many_articles_get_a_coarser_grid(sharing: int) -> None:
    """With 50,000 articles, each alone or a thousand to a cluster, sums still stay below 2^52."""
    values = np.linspace(0.0, 0.999, 50_000).tolist()
    fixed = FixedPoint.of(_cube(values, [str(i // sharing) for i in range(50_000)]))
    assert 2.0**50 < float(fixed.numbers.max()) * 50_000 <= 2.0**52


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.randoms())
def test_sums_do_not_depend_on_their_order(values: list[float], random: Random) -> None:
    """The whole numbers of any order add up to the same float, bit for bit."""
    numbers = FixedPoint.of(_cube(values)).numbers.ravel().tolist()
    shuffled = numbers.copy()
    random.shuffle(shuffled)
    assert float(np.sum(numbers)) == float(np.sum(shuffled)) == sum(map(Fraction, numbers))


def test_residue_and_numbers_make_up_the_score() -> None:
    """Nothing is lost: what rounding takes is the residue."""
    cube = _cube([0.1, 1 / 3, 2.5])
    fixed = FixedPoint.of(cube)
    back = fixed.scaled(fixed.numbers[:, 0]) + fixed.residue(cube, 0)
    assert np.array_equal(back.ravel(), cube.values.ravel())


@pytest.mark.parametrize("value", [0.0, 5e-324, 1e-300, 1.0, 1e300])
def test_any_magnitude_is_kept(value: float) -> None:
    """A column of the smallest or largest floats, or of zeros, comes back to twelve digits."""
    fixed = FixedPoint.of(_cube([value, value]))
    assert fixed.scaled(fixed.numbers).ravel().tolist() == pytest.approx([value] * 2, rel=1e-12)
