"""Both ways of counting a summary that was never written: left out, and as the worst there is.

A candidate that answers only where it is easy looks good on what it answered. So each row that
lacks summaries gets a twin, in which a column where higher is better holds 0 for each article
without a summary. Columns where lower is better, or neither, have no such worst value and stay.
"""

from dataclasses import replace

import numpy as np

from harness.comparison import Cell, Comparison
from harness.runs import Run
from harness.stats.cube import BoolArray, FloatArray


def both_ways(comparison: Comparison) -> Comparison:
    """Return the comparison with a twin below it for each row that lacks summaries."""
    order, missing = [], []
    for r, row in enumerate(comparison.rows):
        order.append(r)
        missing.append(np.zeros(len(comparison.articles), bool))
        if row.unwritten:
            order.append(r)
            missing.append(_unwritten(comparison.runs[r], comparison.articles))
    values, present = comparison.values[:, order].copy(), comparison.present[:, order].copy()
    better = np.array([h.column.better == "higher" for h in comparison.headings])
    for r, absent in enumerate(missing):
        cells = np.ix_(absent, np.array([r]), better)
        values[cells], present[cells] = 0.0, True
    twins = [bool(absent.any()) for absent in missing]
    rows = tuple(
        replace(comparison.rows[r], name=f"{comparison.rows[r].name}, missing = 0", role=None)
        if twin
        else comparison.rows[r]
        for r, twin in zip(order, twins, strict=True)
    )
    return replace(
        comparison,
        rows=rows,
        cells=tuple(
            _counted(comparison, r, values[:, i], present[:, i])
            if twins[i]
            else comparison.cells[r]
            for i, r in enumerate(order)
        ),
        values=values,
        present=present,
        runs=tuple(comparison.runs[r] for r in order),
    )


def _unwritten(run: Run, articles: tuple[str, ...]) -> BoolArray:
    without = {
        article
        for _, table in run.summaries_kept.read(["article", "reason"])
        for article, reason in zip(*(table[c].to_pylist() for c in table.column_names), strict=True)
        if reason is not None
    }
    return np.array([article in without for article in articles])


def _counted(
    comparison: Comparison, row: int, values: FloatArray, present: BoolArray
) -> tuple[Cell, ...]:
    counts, sums = present.sum(axis=0), values.sum(axis=0, where=present)
    return tuple(
        replace(
            cell,
            mean=float(sums[c]) / int(counts[c]) if counts[c] else None,
            scored=int(counts[c]),
            unscored={
                why: n
                for why, n in cell.unscored.items()
                if heading.column.better != "higher" or not why.startswith("no summary: ")
            },
        )
        for c, (cell, heading) in enumerate(
            zip(comparison.cells[row], comparison.headings, strict=True)
        )
    )
