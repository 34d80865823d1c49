"""Shards of a run held against the corpus: every page, every row, every article's id."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from harness.errors import RunError
from harness.runs.findings import Finding, kind_of
from harness.runs.parquet import MisfitError
from harness.runs.run import Run, to_scores, to_summaries
from harness.runs.shards import Range, Shards

Rows = Callable[[Any], str | None]
"""Says what is wrong with the rows of a table, None where nothing is."""


def check_summaries(run: Run) -> Iterator[Finding]:
    """Yield what is wrong with the summaries of a run."""

    def rows(table: Any) -> str | None:
        try:
            to_summaries(table, run.folder)
        except RunError as error:
            return str(error)
        return None

    yield from _check(run, "summaries", run.summaries_kept, rows)


def check_scores(run: Run, metric: str) -> Iterator[Finding]:
    """Yield what is wrong with the scores of one metric of a run."""
    names = [column.name for column in run.metric(metric).columns]

    def rows(table: Any) -> str | None:
        try:
            to_scores(table, [], run.folder)
        except RunError as error:
            return str(error)
        return next(filter(None, (_numbers(table, name) for name in names)), None)

    yield from _check(run, f"scores/{metric}", run.scores_kept(metric), rows)


def _numbers(table: Any, name: str) -> str | None:
    """Say where a column has no number for a scored summary, or one for an unscored summary."""
    unscored = np.array([reason is not None for reason in table["unscored"].to_pylist()], bool)
    given = table[name].to_pylist()
    absent = np.array([value is None for value in given], bool)
    finite = np.isfinite([0.0 if value is None else value for value in given])
    if (absent != unscored).any():
        row = int(np.flatnonzero(absent != unscored)[0])
        return f"row {row + 1} has a {name} and is unscored, or neither"
    if not finite.all():
        row = int(np.flatnonzero(~finite)[0])
        return f"row {row + 1} has the {name} {given[row]}"
    return None


def _check(run: Run, label: str, shards: Shards, rows: Rows) -> Iterator[Finding]:
    used = shards.ranges()
    sound: list[Range] = []
    for start, stop in used:
        found = _shard(run, label, shards, (start, stop), rows)
        if found is None:
            sound.append((start, stop))
        else:
            yield found
    for start, stop in sorted(set(shards.all()) - set(used)):
        if any(a <= start and stop <= b for a, b in sound):
            name = f"{run.record.id}/{label}/{shards.path(start, stop).name}"
            words = f"{name} lies within a larger one: joining them was interrupted"
            yield Finding(run.record.id, "leftover", words, (name,))
    total, kept = run.record.corpus.articles, sum(b - a for a, b in used)
    if run.record.status == "complete" and kept < total:
        words = f"it says that it is complete, and has {kept} of {total} articles in {label}"
        yield Finding(run.record.id, "incomplete", words, reopens=True)


def _shard(run: Run, label: str, shards: Shards, span: Range, rows: Rows) -> Finding | None:
    name = f"{run.record.id}/{label}/{shards.path(*span).name}"
    try:
        words = _told(run, shards, span, rows)
    except RunError as error:
        if not isinstance(error.__cause__, MisfitError):
            return Finding(run.record.id, kind_of(error), str(error))  # its disk, or its corpus
        words = str(error.__cause__)
    if words is None:
        return None
    return Finding(run.record.id, "damaged", f"{name} {words}", (name,), reopens=True)


def _told(run: Run, shards: Shards, span: Range, rows: Rows) -> str | None:
    """Say what is wrong with one shard; raise RunError where it, or the corpus, cannot be read."""
    if span[1] > run.record.corpus.articles:
        return f"is of articles that the corpus, of {run.record.corpus.articles}, has not"
    table = shards.load(*span)
    known = {name for name, _ in shards.types} | {"details"}
    odd = [name for name in table.column_names if name not in known]
    if odd:
        return f"has a column {odd[0]!r} that is none of its own"
    if table["article"].to_pylist() != _ids(run, span):
        return "holds the ids of other articles than the corpus has there"
    wrong = rows(table)
    return None if wrong is None else f"is damaged: {wrong}"


def _ids(run: Run, span: Range) -> list[str]:
    try:
        return list(run.snapshot.shards.slice(*span, ["id"])["id"].to_pylist())
    except RunError as error:
        if isinstance(error.__cause__, OSError):
            raise
        raise RunError(str(error)) from None  # the corpus is at fault, not this shard
