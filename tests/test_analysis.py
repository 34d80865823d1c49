"""What a comparison of many articles may claim: the same as of few, in less memory."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from harness import analysis
from harness.analysis import Analysis, analyse
from harness.comparison import Cell, Comparison, Heading, Row
from harness.records import Column

ARTICLES = 60


@pytest.fixture
def comparison() -> Comparison:
    """Return three rows in four columns, some of it missing."""
    rng = np.random.default_rng(5)
    values = rng.gamma(2.0, size=(ARTICLES, 3, 4))
    present = np.ones(values.shape, bool)
    present[:7, 1, 2] = present[:4, 2] = False
    row = Row("r", "run", "lead", "complete", None, ARTICLES, {}, 0, 0, None)
    return Comparison(
        corpus="made-up",
        fingerprint="0" * 64,
        articles=tuple(f"a{i:02}" for i in range(ARTICLES)),
        clusters=(None,) * ARTICLES,
        headings=tuple(Heading("m", f"m|{c}", Column(f"c{c}", "c", "higher")) for c in range(4)),
        rows=tuple(replace(row, name=f"r{i}") for i in range(3)),
        cells=((Cell(0.0, ARTICLES, {}, {}),) * 4,) * 3,
        values=np.where(present, values, 0.0),
        present=present,
    )


def flat(found: Any) -> dict[str, Any]:
    """Return the arrays of what was found, by name."""
    return {f.name: getattr(found, f.name) for f in fields(found)}


def same(one: Any, other: Any) -> bool:
    """Return whether two findings hold the same numbers, to the last bit for intervals and p."""
    return all(
        np.allclose(value, flat(other)[name], rtol=1e-13, atol=0)
        for name, value in flat(one).items()
        if isinstance(value, np.ndarray)
    )


@pytest.mark.parametrize("columns", [1, 3])
def test_columns_taken_in_parts_say_what_all_say_together(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Intervals, tests, differences, letters and reach depend on no amount read at once."""
    whole = analyse(comparison, baseline=0)
    monkeypatch.setattr(analysis, "AT_ONCE", columns * ARTICLES * 4)
    parts = analyse(comparison, baseline=0)
    assert same(whole.means, parts.means)
    assert same(whole.tests, parts.tests)
    assert same(whole._differences, parts._differences)
    assert same(whole._effects, parts._effects)
    assert (parts.letters, parts.top) == (whole.letters, whole.top)
    assert [r and r.needed for r in parts.reach] == [r and r.needed for r in whole.reach]


GROUPS = [
    pytest.param(ARTICLES, "articles", id="one-by-one"),
    pytest.param(20, "20 random groups of articles", id="in-groups"),
]


@pytest.mark.parametrize(("most", "told"), GROUPS)
def test_what_is_resampled_is_told(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch, most: int, told: str
) -> None:
    """More articles than are drawn one by one are drawn in groups, which a table says."""
    monkeypatch.setattr(analysis, "MOST_UNITS", most)
    found: Analysis = analyse(comparison)
    assert found.resampled == told
    interval = found.mean(0, 0)
    assert interval is not None
    assert interval.n == ARTICLES
    assert interval.low < interval.estimate < interval.high
