"""The numbers of the page: what the script draws, scaled as they are shown and rounded."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import numpy as np

from harness.analysis import ALPHA, Analysis
from harness.comparison import Heading
from harness.records import JSON
from harness.reports._table import compressed
from harness.stats.bootstrap import Interval
from harness.stats.letters import letter

BINS = 24
"""Bars of a histogram: wide enough to be told apart where a row is 200 pixels wide."""


def numbers(analysis: Analysis, shown: Sequence[int]) -> dict[str, JSON]:
    """Return everything but the texts; lists by column, and within them by row.

    ``shown`` are the positions of the columns that the results table begins with.
    """
    comparison = analysis.comparison
    columns, rows = range(len(comparison.headings)), range(len(comparison.rows))
    scales = [h.column.scale for h in comparison.headings]
    return {
        "articles": len(comparison.articles),
        "alpha": ALPHA,
        "baseline": analysis.baseline,
        "shown": list(shown),
        "columns": [_column(h, label) for h, label in _labelled(comparison.headings)],
        "rows": [{**asdict(row), "letter": letter(r)} for r, row in enumerate(comparison.rows)],
        "means": [[_interval(analysis.mean(r, c), scales[c]) for r in rows] for c in columns],
        "top": [[int(top) for top in analysis.top[c]] for c in columns],
        "beats": [[compressed(letters) for letters in analysis.letters[c]] for c in columns],
        "differences": [[_difference(analysis, r, c) for r in rows] for c in columns],
        "pairs": [_pairs(analysis, c) for c in columns],
        "spreads": [_spread(analysis, c) for c in columns],
    }


def rounded(value: float, digits: int = 5) -> float | int:
    """Return a number to some significant digits, without a fraction that says nothing.

    >>> rounded(12.345678), rounded(3.0), rounded(0.000123456)
    (12.346, 3, 0.00012346)
    """
    kept = float(f"{value:.{digits}g}")
    return int(kept) if kept.is_integer() else kept


def _labelled(headings: Sequence[Heading]) -> Iterable[tuple[Heading, str]]:
    """Yield every heading and its name, with its metric where two metrics use one name."""
    names = [h.column.name for h in headings]
    for name, heading in zip(names, headings, strict=True):
        yield heading, name if names.count(name) == 1 else f"{name} {heading.metric}"


def _column(heading: Heading, label: str) -> dict[str, JSON]:
    column = heading.column
    return {
        "label": label,
        "metric": heading.metric,
        "about": column.description,
        "better": column.better,
        "digits": column.digits,
        "headline": column.headline,
    }


def _interval(found: Interval | None, scale: float) -> list[JSON] | None:
    """Return estimate, low, high and n; an end that a single article leaves open is null."""
    if found is None:
        return None
    ends = (None if math.isinf(e) else rounded(e * scale) for e in (found.low, found.high))
    return [rounded(found.estimate * scale), *ends, found.n]


def _difference(analysis: Analysis, row: int, column: int) -> list[JSON] | None:
    """Return the interval, then adjusted p, and on how many articles higher, equal, lower."""
    found = analysis.difference(row, column)
    if found is None:
        return None
    interval = _interval(found.interval, analysis.comparison.headings[column].column.scale) or []
    effect = found.effect
    counts = [] if effect is None else [effect.higher, effect.equal, effect.lower]
    return [*interval, rounded(found.test.adjusted, 2), *counts]


def _pairs(analysis: Analysis, column: int) -> list[JSON]:
    """Return the adjusted p of every pair of rows, first before second: ab, ac, ..., bc, ...

    It is negative where the second row's mean is the higher one, null where nothing is shared.
    """
    tests = analysis.tests
    p = (np.sign(tests.difference[:, column]) + (tests.difference[:, column] == 0)) * (
        tests.adjusted[:, column]
    )
    shared = (tests.n[:, column] > 0).tolist()
    return [rounded(v, 2) if known else None for v, known in zip(p.tolist(), shared, strict=True)]


def _spread(analysis: Analysis, column: int) -> dict[str, JSON]:
    """Return a column's histograms over one set of bins, and every row's quartiles."""
    comparison = analysis.comparison
    values = comparison.values[:, :, column] * comparison.headings[column].column.scale
    present = comparison.present[:, :, column]
    if not present.any():
        return {"low": 0, "high": 0, "rows": [None] * present.shape[1]}
    low, high = float(values[present].min()), float(values[present].max())
    return {
        "low": rounded(low),
        "high": rounded(high),
        "rows": [_histogram(values[present[:, r], r], low, high) for r in range(present.shape[1])],
    }


def _histogram(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]", low: float, high: float
) -> dict[str, JSON] | None:
    if not len(values):
        return None
    counts = np.histogram(values, BINS, (low, high if high > low else low + 1))[0]
    quartiles = np.quantile(values, (0.25, 0.5, 0.75))
    return {"counts": counts.tolist(), "quartiles": [rounded(q, 4) for q in quartiles.tolist()]}
