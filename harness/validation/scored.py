"""Scores the summaries of a benchmark with metrics, batch by batch, and times each metric."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from harness.parts import Checked, Metric
from harness.records import Column, Item, Judgement, Scores, Summary
from harness.scoring import sample, score_all
from harness.spec import name_of, show
from harness.stats.cube import BoolArray, FloatArray
from harness.validation.points import Row
from harness.validation.rivals import Rivals
from harness.validation.spans import Touched, touched

BATCH = 4096
CHEAP = {"length": ("words",), "extractiveness": ("coverage", "novel2")}
"""Metrics that always have rows, and their columns that do."""
FAITHFUL = {"coverage": "higher", "density": "higher"} | {f"novel{n}": "lower" for n in (1, 2, 3)}
"""How extractiveness is read here, where it stands as a rival of metrics of faithfulness."""


@dataclass(slots=True)
class Cost:
    """What one metric took for the ``summaries`` it scored, and why it did not score others."""

    seconds: float = 0.0
    summaries: int = 0
    unscored: dict[str, int] = field(default_factory=dict)
    checked: str | None = None

    @property
    def per_thousand(self) -> float | None:
        """Seconds for a thousand summaries, None where none was scored."""
        return 1000 * self.seconds / self.summaries if self.summaries else None


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Rows of scores, (rows, summaries), where ``there``; costs and claims by metric."""

    judged: tuple[Judgement, ...]
    rows: tuple[Row, ...]
    scores: FloatArray
    there: BoolArray
    costs: dict[str, Cost]
    spans: dict[str, Touched]


def score(
    judgements: Iterator[Judgement],
    metrics: Sequence[Metric],
    rivals: Sequence[Metric] = (),
    clock: Callable[[], float] = time.perf_counter,
) -> Scored:
    """Score every judged summary; summaries of one article are scored one after another.

    ``rivals`` are length and extractiveness where nobody asked for them: only cheap columns count.
    """
    parts: list[tuple[Metric, bool]] = [(m, False) for m in metrics]
    parts += [(m, True) for m in (Rivals(), *rivals)]
    rows = _rows(parts)
    costs = {show_(m): Cost() for m, _ in parts}
    spans: dict[str, Touched] = {}
    judged: list[Judgement] = []
    scores, there = [], []
    for batch in _batches(judgements):
        batch.sort(key=lambda j: j.article.id)
        found = {show_(m): _one(m, batch, costs[show_(m)], clock) for m, _ in parts}
        for name, said in found.items():
            if said.details is not None:
                spans.setdefault(name, Touched()).add(touched(batch, said.details))
        held = [_mask(found[row.metric], len(batch)) for row in rows]
        there.append(np.array(held).reshape(len(rows), len(batch)))
        scores.append(np.stack([found[r.metric].values[r.column.name] for r in rows]))
        judged += batch
    empty = np.zeros((len(rows), 0))
    return Scored(
        tuple(judged),
        rows,
        np.concatenate(scores, axis=1) if scores else empty,
        np.concatenate(there, axis=1) if there else empty.astype(bool),
        costs,
        spans,
    )


def show_(metric: Metric) -> str:
    """Return a metric's spec, as tables name it."""
    return "rivals" if isinstance(metric, Rivals) else show(metric)


def _rows(parts: Sequence[tuple[Metric, bool]]) -> tuple[Row, ...]:
    rows = []
    for metric, rival in parts:
        wanted = CHEAP.get(name_of(metric)) if rival else None
        kept = [c for c in metric.columns() if wanted is None or c.name in wanted]
        rows += [Row(c.name, show_(metric), c, _better(metric, c), rival) for c in kept]
    names = [row.name for row in rows]
    return tuple(
        row if names.count(row.name) == 1 else replace(row, name=f"{row.metric}: {row.name}")
        for row in rows
    )


def _better(metric: Metric, column: Column) -> str | None:
    if column.better is None and name_of(metric) == "extractiveness":
        return FAITHFUL.get(column.name)
    return column.better


def _batches(judgements: Iterator[Judgement]) -> Iterator[list[Judgement]]:
    while batch := list(itertools.islice(judgements, BATCH)):
        yield batch


def _one(
    metric: Metric, batch: Sequence[Judgement], cost: Cost, clock: Callable[[], float]
) -> Scores:
    articles = [j.article for j in batch]
    start = clock()
    found = score_all(metric, articles, [Summary(j.summary) for j in batch])
    cost.seconds += clock() - start
    cost.summaries += len(batch) - len(found.unscored)
    for reason in found.unscored.values():
        cost.unscored[reason] = cost.unscored.get(reason, 0) + 1
    if isinstance(metric, Checked) and cost.checked is None:
        kept = [i for i in range(len(batch)) if i not in found.unscored]
        items = [
            Item(batch[i].article, batch[i].summary, batch[i].article.references) for i in kept
        ]
        if items:
            values = Scores({n: v[kept] for n, v in found.values.items()})
            cost.checked = metric.check(*sample(items, values))
    return found


def _mask(found: Scores, count: int) -> BoolArray:
    there = np.ones(count, bool)
    there[list(found.unscored)] = False
    return there
