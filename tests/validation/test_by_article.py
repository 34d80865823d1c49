from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.stats.ranks import Coefficients
from harness.validation.by_article import averaged, within

stats = pytest.importorskip("scipy.stats")
SCIPY: dict[str, Callable[..., Any]] = {
    "pearson": stats.pearsonr,
    "spearman": stats.spearmanr,
    "kendall": stats.kendalltau,
}
cases = st.integers(2, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.tuples(*[st.integers(-1, 2)] * (2 * n)), min_size=1, max_size=3),
        st.lists(st.booleans(), min_size=3 * n, max_size=3 * n),
        st.lists(st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=3),
    )
)


@given(cases)
@settings(deadline=None)
def test_each_article_is_scipy_s(
    case: tuple[list[tuple[int, ...]], list[bool], list[list[int]]],
) -> None:
    """Each coefficient is scipy's of the systems drawn, written out, that have a score there."""
    cells = np.array(case[0], float)
    n = cells.shape[1] // 2
    x, y = cells[:, :n], cells[:, n:]
    there = np.array(case[1]).reshape(3, n)[: len(cells)]
    found = within(x, y, there, np.array(case[2], float))
    for article in range(len(cells)):
        for row, times in enumerate(np.array(case[2])):
            kept = np.where(there[article], times, 0)
            a, b = np.repeat(x[article], kept), np.repeat(y[article], kept)
            for name, scipy in SCIPY.items():
                one: Coefficients = getattr(found, name)
                if len(a) < 2 or len(set(a)) < 2 or len(set(b)) < 2:
                    assert not one.defined[article, row]
                else:
                    assert one.defined[article, row]
                    assert one.values[article, row] == pytest.approx(scipy(a, b)[0], abs=1e-9)


def test_an_article_without_a_coefficient_is_no_nought() -> None:
    """The mean is over the articles drawn that have one, as often as they were drawn."""
    values = np.array([[1.0], [0.0], [0.5]])
    found = Coefficients(values, np.array([[True], [False], [True]]))
    mean = averaged(found, np.array([[1.0, 1.0, 1.0], [3.0, 0.0, 1.0], [0.0, 2.0, 0.0]]))
    assert mean.values.tolist() == [0.75, (3 * 1.0 + 0.5) / 4, 0.0]
    assert mean.defined.tolist() == [True, True, False]
