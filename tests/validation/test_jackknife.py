import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.stats.correlation import spearman
from harness.validation import jackknife
from harness.validation.jackknife import rho_without

cases = st.integers(1, 14).flatmap(
    lambda n: st.tuples(
        *[st.lists(st.integers(-2, 2), min_size=n, max_size=n)] * 2,
        st.lists(st.integers(0, 4), min_size=n, max_size=n),
    )
)


@pytest.mark.parametrize("cost", [0, 1 << 40], ids=["by-pairs", "ranked-anew"])
@given(cases)
@settings(deadline=None)
def test_rho_is_that_of_the_rest(cost: int, case: tuple[list[int], list[int], list[int]]) -> None:
    """Leaving a group out is ranking what is left, whichever way is the quicker one."""
    x, y = (np.array(s, float) for s in case[:2])
    group = np.unique(case[2], return_inverse=True)[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jackknife, "PAIR_COST", cost)
        found = rho_without(x, y, group)
    for name in range(int(group.max()) + 1):
        rest = group != name
        expected = spearman(x[rest], y[rest]).one() if rest.any() else None
        assert found.defined[name] == (expected is not None)
        assert found.values[name] == pytest.approx(expected or 0.0, abs=1e-12)


def test_blocks_and_cells_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts are cut into blocks for memory alone, and kept at every few points for speed alone."""
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 40, (2, 300)).astype(float)
    group = rng.permutation(np.arange(300) // 2)
    whole = rho_without(x, y, group).values
    for name, value in (("BLOCK", 16), ("CELL", 8), ("CELL", 1000)):
        monkeypatch.setattr(jackknife, name, value)
        assert rho_without(x, y, group).values.tolist() == whole.tolist()
