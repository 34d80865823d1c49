"""Kept runs side by side: their scores as one cube, and what every report shows of it."""

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from harness.comparable import corpora_that_differ, metrics_in_common
from harness.errors import IncomparableError, RunError, UsageError, nearest
from harness.judging import own
from harness.records import Column
from harness.runs import Run
from harness.spec import read

NOT_COMPUTED = "not computed for this run"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the comparison: which metric it is of, and what its numbers depend on."""

    metric: str
    signature: str
    column: Column


@dataclass(frozen=True, slots=True)
class Row:
    """One run of the comparison, and what is known of it beside its scores."""

    name: str
    run: str
    spec: str
    status: str
    role: str | None
    """"baseline", "reference", "oracle", or None for any other candidate."""
    written: int
    unwritten: Mapping[str, int]
    """How often each reason for a missing summary occurs."""
    articles_cut: int
    """Articles of which the candidate read only a part."""
    summaries_cut: int
    """Summaries that a limit ended."""
    seconds: float | None
    """Seconds per article that writing took; None where nothing was timed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one row: the mean over the scored articles, None where none is scored."""

    mean: float | None
    scored: int
    unscored: Mapping[str, int]
    warnings: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Runs side by side.

    ``values`` and ``present`` have the shape (articles, rows, headings); a value means something
    only where ``present`` is true.
    """

    corpus: str
    fingerprint: str
    articles: tuple[str, ...]
    clusters: tuple[str | None, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Cell, ...], ...]
    values: NDArray[np.float64]
    present: NDArray[np.bool_]
    differences: tuple[str, ...] = ()
    """What was said to differ and compared all the same."""
    failed_checks: tuple[str, ...] = ()
    """Controls that did not hold, and candidates that were scored by their own model."""
    runs: tuple[Run, ...] = ()
    """The runs themselves, in the order of the rows, for what shows their texts."""

    def __str__(self) -> str:
        """Return the comparison as a plain text table."""
        from harness.reports.terminal import Terminal

        return Terminal().write(self)


def compare(
    runs: Sequence[Run],
    baseline: str | None = None,
    *,
    metrics: Sequence[str] | None = None,
    only: Callable[[Column], bool] | None = None,
    anyway: bool = False,
) -> Comparison:
    """Put runs side by side, in the order given.

    ``baseline`` names a row; ``metrics`` restricts the columns to those metrics' names, ``only`` to
    those of which it says so, if there are any: nothing else is read. Raises IncomparableError,
    naming what differs, where corpora or signatures differ, unless ``anyway``.
    """
    if not runs:
        msg = "There is no run to compare. Make some: harness eval."
        raise RunError(msg)
    differences = corpora_that_differ(runs)
    chosen, more = metrics_in_common(runs, metrics)
    differences += more
    if differences and not anyway:
        lines = "\n".join(f"  {d}" for d in differences)
        msg = (
            f"These runs do not belong in one table:\n{lines}\n"
            "Compare runs that agree in this, or say --anyway; the table will be marked."
        )
        raise IncomparableError(msg)
    articles, clusters = _articles(runs)
    headings, values, present, told = _cube(runs, _blocks(runs, chosen, only), articles)
    if not headings:
        msg = "These runs have no scores. Add some: harness score RUN -m rouge."
        raise RunError(msg)
    shown = {f for folders in chosen.values() for f in folders}
    return Comparison(
        corpus=runs[0].record.corpus.name,
        fingerprint=runs[0].record.corpus.fingerprint,
        articles=articles,
        clusters=clusters,
        headings=headings,
        rows=tuple(_rows(runs, baseline)),
        cells=_cells(values, present, told),
        values=values,
        present=present,
        differences=tuple(differences),
        failed_checks=(*_failed_checks(runs, shown), *own.marks(runs, shown)),
        runs=tuple(runs),
    )


def _articles(runs: Sequence[Run]) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return the ids of all articles, and the cluster of each as the first run knows it."""
    if not corpora_that_differ(runs):
        return runs[0].snapshot.ids(), runs[0].snapshot.clusters()
    known: dict[str, str | None] = {}
    for run in runs:  # compared all the same
        for article, cluster in zip(run.snapshot.ids(), run.snapshot.clusters(), strict=True):
            known.setdefault(article, cluster)
    return tuple(known), tuple(known.values())


def _failed_checks(runs: Sequence[Run], shown: Container[str | None]) -> tuple[str, ...]:
    return tuple(
        f"{run.record.name}: {metric.spec}: {metric.check}"
        for run in runs
        for folder, metric in run.record.metrics.items()
        if folder in shown and metric.check and "FAILED" in metric.check
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """How often each reason for a missing score and each warning occurs in a metric of a run."""

    unscored: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Block:
    """The columns to show of one metric, and its folder in every run that has it."""

    headings: tuple[Heading, ...]
    folders: Sequence[str | None]

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(heading.column for heading in self.headings)


def _blocks(
    runs: Sequence[Run],
    chosen: Mapping[str, Sequence[str | None]],
    only: Callable[[Column], bool] | None,
) -> list[_Block]:
    blocks = []
    for signature, folders in chosen.items():
        run, folder = next((r, f) for r, f in zip(runs, folders, strict=True) if f)
        metric = run.metric(folder)
        shown = [c for c in metric.columns if only is None or only(c)]
        headings = tuple(Heading(metric.spec, signature, c) for c in shown)
        blocks += [_Block(headings, folders)] if shown else []
    return blocks if blocks or only is None else _blocks(runs, chosen, None)


def _cube(
    runs: Sequence[Run], blocks: Sequence[_Block], articles: tuple[str, ...]
) -> tuple[
    tuple[Heading, ...],
    NDArray[np.float64],
    NDArray[np.bool_],
    "list[list[_Told]]",
]:
    headings = [heading for block in blocks for heading in block.headings]
    values = np.zeros((len(articles), len(runs), len(headings)))
    present = np.zeros(values.shape, bool)
    told = [[_Told() for _ in headings] for _ in runs]
    for r, run in enumerate(runs):
        at = _places(run, articles)
        h = 0
        for block in blocks:
            span = slice(h, h + len(block.headings))
            part = values[:, r, span], present[:, r, span]
            why = _fill(run, block.folders[r], block.columns, at, *part)
            told[r][span] = [why] * len(block.headings)
            h += len(block.headings)
    return tuple(headings), values, present, told


def _places(run: Run, articles: tuple[str, ...]) -> NDArray[np.intp]:
    """Return where a run's articles stand among all."""
    own = run.snapshot.ids()
    if own == articles:
        return np.arange(len(own))
    place = {article: i for i, article in enumerate(articles)}
    return np.array([place[i] for i in own], np.intp)


def _fill(
    run: Run,
    folder: str | None,
    columns: Sequence[Column],
    at: NDArray[np.intp],
    values: NDArray[np.float64],
    present: NDArray[np.bool_],
) -> "_Told":
    """Fill one metric of one run into the cube; return what is to be told of it in words."""
    told = _Told()
    if folder is None:
        told.unscored[NOT_COMPUTED] = len(at)
        return told
    done = 0
    for start, scores in run.scores(folder, [column.name for column in columns]):
        count = len(next(iter(scores.values.values())))
        rows = at[start : start + count]
        scored = np.ones(count, bool)
        scored[list(scores.unscored)] = False
        for i, column in enumerate(columns):
            values[rows, i] = np.where(scored, scores.values[column.name], 0.0)
            present[rows, i] = scored
        told.unscored.update(scores.unscored.values())
        told.warnings.update(scores.warnings.values())
        done += count
    if done < len(at):
        told.unscored["not yet scored"] = len(at) - done
    return told


def _cells(
    values: NDArray[np.float64],
    present: NDArray[np.bool_],
    told: "Sequence[Sequence[_Told]]",
) -> tuple[tuple[Cell, ...], ...]:
    counts = present.sum(axis=0)
    sums = values.sum(axis=0, where=present)
    return tuple(
        tuple(
            Cell(float(s) / int(c) if c else None, int(c), dict(t.unscored), dict(t.warnings))
            for s, c, t in zip(sums[r], counts[r], told[r], strict=True)
        )
        for r in range(values.shape[1])
    )


def _rows(runs: Sequence[Run], baseline: str | None) -> list[Row]:
    names = [run.record.name for run in runs]
    if baseline is not None and baseline not in names:
        msg = f"The baseline {baseline!r} is none of the rows. {nearest(baseline, names)}"
        raise UsageError(msg)
    return [_row(run, run.record.name == baseline) for run in runs]


def _row(run: Run, is_baseline: bool) -> Row:
    record = run.record
    outcome = run.written()
    kept = run.summaries_kept.count()
    part = read(record.spec).name
    role = "baseline" if is_baseline else part if part in {"reference", "oracle"} else None
    seconds = run.seconds()
    return Row(
        name=record.name,
        run=record.id,
        spec=record.spec,
        status=record.status,
        role=role,
        written=kept - sum(outcome.reasons.values()),
        unwritten=dict(outcome.reasons),
        articles_cut=outcome.articles_cut,
        summaries_cut=outcome.summaries_cut,
        seconds=seconds / kept if kept and seconds else None,
    )
