"""A comparison made by hand, so that what reports show of it is the same on every machine."""

import numpy as np
import pytest

from harness.comparison import Cell, Comparison, Heading, Row
from harness.records import Column

ARTICLES = 40


def row(name: str, role: str | None = None, **more: object) -> Row:
    """Return a complete row of 40 summaries."""
    fields: dict[str, object] = {
        "name": name,
        "run": f"20260302-093000-{name}-0123abcd",
        "spec": name,
        "status": "complete",
        "role": role,
        "written": ARTICLES,
        "unwritten": {},
        "articles_cut": 0,
        "summaries_cut": 0,
        "seconds": 0.0123,
    }
    return Row(**(fields | more))  # type: ignore[arg-type] # the fields of a Row


def column(name: str, better: str | None = "higher", **more: object) -> Heading:
    """Return a headline column."""
    fields: dict[str, object] = {"headline": True, "scale": 100.0, "high": 1.0}
    made = Column(name, f"the {name}", better, **(fields | more))  # type: ignore[arg-type]
    return Heading("metric", f"metric|{name}|v:1", made)


@pytest.fixture
def comparison() -> Comparison:
    """Return four rows in three columns: a clear winner, two alike, one with things missing."""
    rng = np.random.default_rng(7)
    difficulty = rng.normal(0.4, 0.1, ARTICLES)
    values = np.empty((ARTICLES, 4, 3))
    for r, lift in enumerate((0.0, 0.05, 0.004, -0.02)):
        values[:, r, 0] = difficulty + lift + rng.normal(0, 0.03, ARTICLES)
        values[:, r, 1] = rng.random(ARTICLES) < 0.1 * (r + 1)
        values[:, r, 2] = rng.integers(40, 60, ARTICLES)
    present = np.ones(values.shape, bool)
    present[:3, 3] = False
    present[:5, 2, 0] = False
    headings = (
        column("quality"),
        column("errors", "lower", share=True, digits=1),
        column("words", None, scale=1.0, high=None, digits=0),
    )
    rows = (
        row("lead-3", "baseline"),
        row("better"),
        row("alike", status="interrupted"),
        row("x|y_<b>&$%", written=37, unwritten={"empty summary": 3}, seconds=None),
    )
    means = values.sum(axis=0, where=present) / present.sum(axis=0)
    told = [{}, {}, {"no reference": 5}, {"no summary: empty summary": 3}]
    cells = tuple(
        tuple(
            Cell(
                float(means[r, c]),
                int(present[:, r, c].sum()),
                told[r] if not present[:, r, c].all() else {},
                {"loses letters": 2} if (r, c) == (1, 0) else {},
            )
            for c in range(3)
        )
        for r in range(4)
    )
    return Comparison(
        corpus="newsroom",
        fingerprint="0123456789abcdef" * 4,
        articles=tuple(f"a{i:02}" for i in range(ARTICLES)),
        clusters=(None,) * ARTICLES,
        headings=headings,
        rows=rows,
        cells=cells,
        values=values,
        present=present,
    )
