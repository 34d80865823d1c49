"""A card for each metric: what it measures, its range and cost, how far it agrees, where it fails.

Everything on it is from the validations at hand; nothing is remembered.
"""

import inspect
from collections.abc import Iterator, Sequence

from harness.parts import Metric
from harness.spec import show
from harness.validation.interval import Agreement
from harness.validation.levels import Level
from harness.validation.run import Table, Validation
from harness.validation.sheets import Sheet, cell, named, number
from harness.validation.told import escape, marked, notes

FEWEST = 10
"""Errors of a type below which a share says nothing."""


def cards(found: Sequence[Validation]) -> str:
    """Return a card in Markdown for each metric of the validations, which share their metrics."""
    texts = [_card(metric, found) for metric in found[0].metrics]
    told = [f"- {escape(one.name)}: {escape(note)}" for one in found for note in notes(one)[:2]]
    return "\n\n".join([*texts, "\n".join(told)]) + "\n"


def _card(metric: Metric, found: Sequence[Validation]) -> str:
    name = show(metric)
    module = inspect.getmodule(type(metric))
    text = inspect.cleandoc((module and module.__doc__) or type(metric).__doc__ or "")
    cost = ", ".join(f"{number(v.costs[name].per_thousand, 2)} ({v.name})" for v in found)
    columns = [
        (c.name, c.description, _range(c.low, c.high), c.better or "neither")
        for c in metric.columns()
    ]
    sheets = [
        Sheet("Columns", ("", "what", "range", "better"), tuple(columns)),
        Sheet(
            "Agreement with people",
            ("", "against", "of what", "agreement", "best rival"),
            tuple(_rows(name, found)),
        ),
    ]
    fails = list(_fails(name, found)) or ["nothing was found that it misses more than its rivals"]
    parts = [
        f"## {escape(name)}",
        text,
        f"Signature: `{metric.signature()}`",
        f"Cost, seconds for 1,000 summaries: {escape(cost)}",
        *map(marked, sheets),
        "**Where it fails**\n\n" + "\n".join(f"- {escape(line)}" for line in fails),
    ]
    return "\n\n".join(parts)


def _range(low: float | None, high: float | None) -> str:
    return f"{'-∞' if low is None else f'{low:g}'} to {'∞' if high is None else f'{high:g}'}"


def _measures(found: Validation, table: Table) -> Iterator[tuple[str, list[Agreement | None]]]:
    """Yield what a dimension is measured by, and each row's agreement."""
    if any(table.detections):
        yield "ROC-AUC", [d.area if d else None for d in table.detections]
    elif table.pairwise:
        yield "pairs in order", list(table.pairwise)
    else:
        levels: tuple[Level, ...] = ("system", "summary") if found.points.ranked else ("sample",)
        for level in levels:
            held = [one.get((level, "spearman")) for one in table.agreements]
            yield f"Spearman rho, {level} level", held


def _rows(name: str, found: Sequence[Validation]) -> Iterator[tuple[str, ...]]:
    for one in found:
        for table in one.tables:
            for what, held in _measures(one, table):
                best = _best(one, held)
                for row, agreement in zip(one.points.rows, held, strict=True):
                    if row.metric == name and agreement is not None:
                        against = f"{one.name}: {table.labels.name}"
                        yield named(row), against, what, cell(agreement), best[0]


def _best(found: Validation, held: Sequence[Agreement | None]) -> tuple[str, float]:
    """Return the rival that agrees best, as text and as a number."""
    known = [
        (a.estimate, f"{named(row)} {a.estimate:.2f}")
        for row, a in zip(found.points.rows, held, strict=True)
        if row.metric in RIVALS and a is not None and a.estimate is not None
    ]
    if not known:
        return "-", float("-inf")
    value, text = max(known)
    return text, value


RIVALS = ("rivals", "length", "extractiveness")


def _fails(name: str, found: Sequence[Validation]) -> Iterator[str]:
    for one in found:
        for reason, count in sorted(one.costs[name].unscored.items()):
            yield f"{one.name}: {count} of {len(one.points.judged)} summaries unscored, {reason}"
        for table in one.tables:
            for what, held in _measures(one, table):
                yield from _beaten(name, one, table.labels.name, what, held)
            yield from _missed(name, one, table)


def _beaten(
    name: str, found: Validation, dimension: str, what: str, held: Sequence[Agreement | None]
) -> Iterator[str]:
    text, best = _best(found, held)
    own = [
        a.estimate
        for row, a in zip(found.points.rows, held, strict=True)
        if row.metric == name and a is not None and a.estimate is not None
    ]
    if own and name not in RIVALS and max(own) <= best:
        told = f"its best column has {max(own):.2f}, the rival {text}"
        yield f"{found.name}, {dimension}, {what}: {told}"


def _missed(name: str, found: Validation, table: Table) -> Iterator[str]:
    """Yield for each error type that the metric's best detector finds least of, by benchmark."""
    own = [
        (one.area.estimate or 0.0, named(row), one)
        for row, one in zip(found.points.rows, table.detections, strict=False)
        if row.metric == name and one is not None
    ]
    if not own:
        return
    _, column, best = max(own, key=lambda held: held[0])
    shares = [(hits / of, kind, of) for kind, (hits, of) in best.errors.items() if of >= FEWEST]
    if shares:
        share, kind, of = min(shares)
        yield f"{found.name}: {column} finds {share:.2f} of {of} summaries with {kind}, its least"
