from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import InputError
from harness.stats import correlation
from harness.stats.correlation import kendall, pearson, spearman
from harness.stats.cube import FloatArray
from harness.stats.ranks import Coefficients

Correlation = Callable[[FloatArray, FloatArray], Coefficients]
ALL: list[Correlation] = [pearson, spearman, kendall]
NAMES: dict[Correlation, str] = {pearson: "pearsonr", spearman: "spearmanr", kendall: "kendalltau"}


def _series(seed: int, points: int, levels: int) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    x = rng.integers(0, levels, (5, points)).astype(float)
    return x, 0.5 * x + rng.integers(0, levels, (5, points))


@pytest.mark.parametrize("of", ALL)
@pytest.mark.parametrize("levels", [2, 5, 10**6])
@pytest.mark.parametrize("points", [3, 24, 100, 700])
def test_coefficients_are_scipys(of: Correlation, points: int, levels: int) -> None:
    """With many ties and with none, on few points and on many, scipy gives the same."""
    stats = pytest.importorskip("scipy.stats")
    x, y = _series(points + levels, points, levels)
    found = of(x, y)
    for i in range(5):
        if np.ptp(x[i]) and np.ptp(y[i]):
            expected = getattr(stats, NAMES[of])(x[i], y[i]).statistic
            assert found.values[i] == pytest.approx(expected, abs=1e-12)
            assert found.defined[i]
        else:
            assert not found.defined[i]


@pytest.mark.parametrize("of", ALL)
@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        pytest.param([1, 2, 3], [10, 20, 30], 1.0, id="same order"),
        pytest.param([1, 2, 3], [3, 2, 1], -1.0, id="opposite order"),
        pytest.param([1, 2, 3], [1, 0, 1], 0.0, id="none"),
        pytest.param([1, 1, 1], [1, 2, 3], None, id="constant"),
        pytest.param([0.1, 0.1, 0.1], [1, 2, 3], None, id="constant, in spite of rounding"),
        pytest.param([1], [2], None, id="one point"),
        pytest.param([], [], None, id="no point"),
        pytest.param([1e-200, 2e-200, 3e-200], [1e200, 2e200, 3e200], 1.0, id="any magnitude"),
    ],
)
def test_small_cases(
    of: Correlation, x: list[float], y: list[float], expected: float | None
) -> None:
    """Ends of the range, no relation, and what has no coefficient."""
    found = of(np.array(x, float), np.array(y, float)).one()
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-12))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 6))
def test_both_ways_to_count_pairs_agree(seed: int, points: int, levels: int) -> None:
    """Counting by sorting gives what looking at every pair of points gives."""
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, levels, (2, points)).astype(float)
    pairs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i in range(points) for j in range(i)]
    expected = [
        sum(a * b for a, b in pairs),
        sum(a != 0 for a, _ in pairs),
        sum(b != 0 for _, b in pairs),
    ]
    assert correlation._by_pairs(x[None], y[None])[0].tolist() == expected
    assert list(correlation._by_sorting(x, y)) == expected


def test_batches_leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """More series than a batch holds come out as they would one by one."""
    x, y = _series(0, 12, 4)
    whole = kendall(x, y)
    monkeypatch.setattr(correlation, "BATCH", 2)
    assert np.array_equal(kendall(x, y).values, whole.values)


@pytest.mark.parametrize("of", ALL)
def test_axes_before_the_last_are_kept_and_spread(of: Correlation) -> None:
    """One series against many gives one coefficient for each; none give none."""
    x, y = _series(1, 8, 9)
    found = of(x[0], np.stack([y, y[::-1]]))
    assert found.values.shape == (2, 5)
    assert found.values[0, 3] == pytest.approx(of(x[0], y[3]).one())
    assert of(np.zeros((0, 8)), np.zeros((0, 8))).values.shape == (0,)


@pytest.mark.parametrize("of", ALL)
def test_what_is_no_number_is_refused(of: Correlation) -> None:
    """An unscored point must be left out by the caller, who can say how many there were."""
    with pytest.raises(InputError, match="Leave out the points"):
        of(np.array([1.0, np.nan]), np.array([1.0, 2.0]))
