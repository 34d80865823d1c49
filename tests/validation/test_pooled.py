from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.stats.cube import FloatArray
from harness.validation import pooled

stats = pytest.importorskip("scipy.stats")
SCIPY: dict[str, Callable[..., Any]] = {
    "pearson": stats.pearsonr,
    "spearman": stats.spearmanr,
    "kendall": stats.kendalltau,
}
drawn = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        *[st.lists(st.integers(-2, 2), min_size=n, max_size=n)] * 2,
        st.lists(st.lists(st.integers(0, 3), min_size=n, max_size=n), min_size=1, max_size=3),
    )
)


def all_three(x: FloatArray, y: FloatArray, weights: FloatArray) -> dict[str, Any]:
    """Return the three coefficients of all resamples."""
    sx, sy = pooled.series(x, weights), pooled.series(y, weights)
    return {
        "pearson": pooled.pearson(x, y, weights, sx, sy),
        "spearman": pooled.spearman(sx, sy, weights),
        "kendall": pooled.kendall(sx, sy, weights),
    }


@given(drawn)
@settings(deadline=None)
def test_weights_are_copies(case: tuple[list[int], list[int], list[list[int]]]) -> None:
    """Each coefficient is scipy's of the summaries written out as often as they were drawn."""
    x, y = (np.array(s, float) for s in case[:2])
    weights = np.array(case[2], float).T
    for name, found in all_three(x, y, weights).items():
        for row, times in enumerate(np.array(case[2])):
            a, b = np.repeat(x, times), np.repeat(y, times)
            if len(a) < 2 or len(set(a)) < 2 or len(set(b)) < 2:
                assert not found.defined[row]
            else:
                assert found.defined[row]
                assert found.values[row] == pytest.approx(SCIPY[name](a, b)[0], abs=1e-9)


@given(drawn)
@settings(deadline=None)
def test_the_area_is_the_share_of_pairs_in_order(
    case: tuple[list[int], list[int], list[list[int]]],
) -> None:
    """Of all pairs of a positive and a negative, written out, ties count half."""
    x, positive = np.array(case[0], float), np.array(case[1]) > 0
    weights = np.array(case[2], float).T
    found = pooled.area(pooled.series(x, weights), positive, weights)
    for row, times in enumerate(np.array(case[2])):
        good, bad = (np.repeat(x[side], times[side]) for side in (positive, ~positive))
        assert found.defined[row] == bool(len(good) and len(bad))
        if found.defined[row]:
            above = (good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean()
            assert found.values[row] == pytest.approx(above)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points are multiplied in blocks for speed alone; all sums here are of whole numbers."""
    rng = np.random.default_rng(1)
    x, y = rng.integers(0, 9, (2, 60)).astype(float)
    weights = rng.integers(0, 3, (60, 5)).astype(float)
    whole = all_three(x, y, weights)
    monkeypatch.setattr(pooled, "BLOCK", 7)
    for name, found in all_three(x, y, weights).items():
        assert found.values.tolist() == whole[name].values.tolist()
