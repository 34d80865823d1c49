"""What the plots of a validation show: agreement, systems, curves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from harness.stats.cube import BoolArray, FloatArray
from harness.stats.ranks import Coefficients
from harness.validation.interval import Agreement, agreement
from harness.validation.levels import LEVELS
from harness.validation.plots import Panel, Point, Whisker, curves, scatter, whiskers
from harness.validation.points import Labels, Points, Row
from harness.validation.run import Table, Validation
from harness.validation.sheets import cell, named
from harness.validation.weights import draw

SCATTERS = 12
"""Plots of systems that are drawn at most."""
CURVES = 6
"""Curves that one plot can hold apart."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A heading, what it shows, and its plots as SVG."""

    title: str
    text: str
    plots: tuple[str, ...]


def figures(found: Validation, table: Table) -> Iterator[Figure]:
    """Yield the figures of one human dimension; none where nothing agrees with anything."""
    if panels := list(_panels(found, table)):
        what = f"{found.name}: how far each column agrees with {table.labels.name}"
        plot = _agreement(found.points.rows, panels, what)
        text = (
            "Dots are what was measured, lines 95 % intervals over resamples, hollow dots the "
            "cheap rivals. The strong line is no agreement at all. The tables below hold the same "
            "numbers."
        )
        yield Figure("Agreement", text, (plot,))
    if plots := tuple(_scatters(found, table)):
        text = (
            "Means over articles with their 95 % intervals; a point is a system, named when "
            f"pointed at. Shown are at most {SCATTERS} columns, those that agree best."
        )
        yield Figure("Metric against people, by system", text, plots)
    if plot := _roc(found, table):
        text = (
            "A threshold that flags more of the bad flags more of the good as well. Shown are at "
            f"most {CURVES} columns, those with the largest area."
        )
        yield Figure("Found and falsely flagged", text, (plot,))


def _agreement(rows: Sequence[Row], panels: Sequence[Panel], what: str) -> str:
    """Plot the rows of which any panel has a number; the tables tell why the others have none."""
    at = [i for i in range(len(rows)) if any(p.whiskers[i].value is not None for p in panels)]
    kept = [Panel(p.title, p.level, tuple(p.whiskers[i] for i in at)) for p in panels]
    return whiskers([named(rows[i]) for i in at], [rows[i].rival for i in at], kept, what)


def _panels(found: Validation, table: Table) -> Iterator[Panel]:
    if any(table.detections):
        held = table.detections
        areas, balanced = (
            [getattr(d, n) if d else None for d in held] for n in ("area", "balanced")
        )
        yield _panel("ROC-AUC", 0.5, areas)
        yield _panel("balanced accuracy", 0.5, balanced)
    if table.pairwise:
        yield _panel("pairs in order", 0.5, list(table.pairwise))
    for level in LEVELS:
        rho = [one.get((level, "spearman")) for one in table.agreements]
        if level in table.tests and (not table.labels.binary or found.points.ranked):
            yield _panel(f"Spearman, {level} level", 0.0, rho)


def _panel(title: str, level: float, held: list[Agreement | None]) -> Panel:
    return Panel(title, level, tuple(map(_whisker, held)))


def _whisker(one: Agreement | None, scale: float = 1.0) -> Whisker:
    if one is None:
        return Whisker(None)
    ends = (one.estimate, one.low, one.high)
    return Whisker(*(None if end is None else scale * end for end in ends))


def _scatters(found: Validation, table: Table) -> Iterator[str]:
    if "system" not in table.tests:
        return
    there = table.labels.there
    people = _by_system(found, table.labels.values, there)
    for i in _best([one.get(("system", "pearson")) for one in table.agreements], SCATTERS):
        row = found.points.rows[i]
        own = _by_system(found, row.sign * found.points.scores[i], there & found.points.there[i])
        points = [
            Point(name, _whisker(x, row.column.scale), _whisker(y))
            for name, x, y in zip(found.points.systems, own, people, strict=True)
        ]
        r = table.agreements[i]["system", "pearson"].estimate
        what = f"{named(row)} against {table.labels.name} of {len(points)} systems, r {r:.2f}"
        title = f"{named(row)}, r {r:.2f}"
        yield scatter(title, points, row.name, table.labels.name, what)


def _best(held: list[Agreement | None], most: int) -> list[int]:
    """Return the positions of the largest estimates, in the order of the rows."""
    known = [(a.estimate, -i) for i, a in enumerate(held) if a and a.estimate is not None]
    return sorted(-i for _, i in sorted(known, reverse=True)[:most])


def _by_system(found: Validation, values: FloatArray, use: BoolArray) -> list[Agreement]:
    """Return every system's mean with its interval, over the articles that have a value."""
    p = found.points
    place, shape = (p.unit[use], p.system[use]), (len(p.units), len(p.systems))
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, place, values[use])
    np.add.at(counts, place, 1.0)
    drawn = draw(len(p.units), 0, "articles", found.resamples, found.seed).articles
    whole, again = (
        _means(sums.sum(axis=0), counts.sum(axis=0)),
        _means(drawn @ sums, drawn @ counts),
    )
    return [
        agreement(
            float(whole.values[s]) if whole.defined[s] else None,
            Coefficients(again.values[:, s], again.defined[:, s]),
            int((counts[:, s] > 0).sum()),
        )
        for s in range(shape[1])
    ]


def _means(sums: FloatArray, counts: FloatArray) -> Coefficients:
    return Coefficients(
        np.divide(sums, counts, out=np.zeros(sums.shape), where=counts > 0), counts > 0
    )


def _roc(found: Validation, table: Table) -> str:
    areas = [d.area if d else None for d in table.detections]
    known = sorted(((areas[i], i) for i in _best(areas, CURVES)), key=_largest_first)
    if not known:
        return ""
    named_curves = []
    for area, i in known:
        told = f"{named(found.points.rows[i])} {cell(area)}"
        named_curves.append((told, *roc(found.points, i, table.labels)))
    best = named_curves[0][0]
    what = f"{found.name}: ROC curves of {table.labels.name}; the largest area is that of {best}"
    return curves(named_curves, what)


def _largest_first(held: tuple[Agreement | None, int]) -> float:
    return -(held[0].estimate or 0.0) if held[0] else 0.0


def roc(points: Points, row: int, labels: Labels) -> tuple[FloatArray, FloatArray]:
    """Return the shares of good and of bad summaries below each threshold, from none to all."""
    use = points.there[row] & labels.there
    scores, good = points.scores[row, use], labels.values[use] > 0
    order = np.argsort(scores, kind="stable")
    last = np.append(scores[order][1:] != scores[order][:-1], True)
    shares = [np.append(0.0, np.cumsum(side[order])[last] / side.sum()) for side in (good, ~good)]
    return shares[0], shares[1]
