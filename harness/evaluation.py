"""Candidates over a corpus, scored and kept: the one way in which runs come to be.

A corpus is read whole before anything is written about it. Then each candidate has a run of its
own: found under its key and gone on with, or begun. What is missing of it is filled by an engine,
range by range.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from harness import scoring, spec
from harness.engines.local import Local
from harness.environment import environment
from harness.errors import CheckError, HarnessError, SummariserError, UsageError
from harness.files import whole
from harness.filling import Batch, Filling, by_folder
from harness.parts import CorpusView, Engine, Expanding, Metric, Summariser, Worksite
from harness.progress import Advance, Progress, silent
from harness.runs import Run, Snapshot, Store
from harness.runs.disk import sweep
from harness.runs.manifest import MetricRecord, RunRecord
from harness.runs.shards import LARGEST
from harness.runs.store import run_key

Clock = Callable[[], datetime]

_HERE = Local(workers=0)
"""Parts given as values may be anything, also what no other process could be sent."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Evaluation:
    """What an evaluation left behind, in the order of the candidates."""

    runs: list[Run] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    """Ids of the runs that were already complete."""
    failed: dict[str, HarnessError] = field(default_factory=dict)
    """By candidate: why it has no complete run. What it had finished is kept."""


def candidates_of(
    named: Mapping[str, str | Summariser], corpus: Callable[[], CorpusView]
) -> dict[str, Summariser]:
    """Return the candidates by name, with those that stand for several taken apart.

    ``corpus`` is asked only where a candidate must know: a million ids take a hundred megabytes.
    """
    found: dict[str, Summariser] = {}
    for name, given in named.items():
        part = spec.parse("summarisers", given) if isinstance(given, str) else given
        if isinstance(part, Expanding):
            several = part.expand(corpus())
            parts = {name + suffix: one for suffix, one in several.items()}
        else:
            parts = {name: part}
        for one_name, one in parts.items():
            if not one_name.strip() or not one_name.isprintable():
                msg = f"{one_name!r} is no name of a candidate: it must be readable, on one line."
                raise UsageError(msg)
            if one_name in found:
                msg = (
                    f"Two candidates are named {one_name!r}. Name one of them otherwise: name=SPEC."
                )
                raise UsageError(msg)
            found[one_name] = one
    return found


def metrics_of(given: Sequence[str | Metric]) -> list[Metric]:
    """Return the metrics that specs name; refuse one that is named twice."""
    parts: list[Metric] = [spec.parse("metrics", m) if isinstance(m, str) else m for m in given]
    signatures = [p.signature() for p in parts]
    for part, one in zip(parts, signatures, strict=True):
        if signatures.count(one) > 1:
            msg = f"The metric {spec.show(part)} is named twice. Name it once."
            raise UsageError(msg)
        scoring.refuse_columns(part)
    return parts


def evaluate(
    store: Store,
    corpus: Snapshot,
    candidates: Mapping[str, Summariser],
    metrics: Sequence[Metric],
    *,
    fresh: bool = False,
    engine: Engine | None = None,
    progress: Progress = silent,
    clock: Clock = _now,
) -> Evaluation:
    """Run every candidate over the corpus and score what it writes, keeping one run per candidate.

    A run whose key is kept already is gone on with where it stopped, and left as it is where it is
    complete; ``fresh`` begins anew instead. A candidate that fails costs the others nothing. The
    work is done by ``engine``, in this process by default.
    """
    done = Evaluation()
    with (engine or _HERE).open() as site:
        named = frozenset(candidates)
        job = _Job(store, corpus, named, by_folder(metrics), fresh, site, progress, clock)
        for name, part in candidates.items():
            try:
                run, kept = job.run(name, part)
            except HarnessError as error:
                done.failed[name] = error
                continue
            done.runs.append(run)
            done.reused += [run.record.id] if kept else []
    return done


@dataclass(frozen=True, slots=True)
class _Job:
    """What is the same for every candidate of an evaluation."""

    store: Store
    corpus: Snapshot
    names: frozenset[str]
    metrics: Mapping[str, Metric]
    fresh: bool
    site: Worksite
    progress: Progress
    clock: Clock

    def run(self, name: str, part: Summariser) -> tuple[Run, bool]:
        """Return the complete run of a candidate, and whether it was complete already."""
        key = run_key(_signature(part), self.corpus.record)
        with self.store.writing(key, name):
            run = self._open(name, part, key)
            if _complete(run, self.metrics):
                return run, True
            with _Status(run, self.clock):
                _fill(Filling(run, part, self.metrics), self.site, self.progress)
        return self.store.load(run.record.id), False

    def _open(self, name: str, part: Summariser, key: str) -> Run:
        run = None if self.fresh else self.store.newest(key, name, self.names)
        if run is None:
            now = self.clock()
            return self.store.create(_record(name, part, self.corpus, key, now), self.corpus, now)
        if run.record.name != name:
            run.update(name=name)
        return run


def _signature(part: Summariser) -> str:
    """Return a candidate's signature; it may be anybody's code."""
    try:
        given: object = part.signature()
    except HarnessError:
        raise
    except (Exception, SystemExit) as error:  # anybody's code may raise anything
        msg = f"{spec.show(part)} has no signature: {type(error).__name__}: {error}"
        raise SummariserError(msg) from error
    if not isinstance(given, str) or not given:
        msg = f"{spec.show(part)} has the signature {given!r}; it must be text that is not empty."
        raise SummariserError(msg)
    return given


def _record(name: str, part: Summariser, corpus: Snapshot, key: str, now: datetime) -> RunRecord:
    return RunRecord(
        id="",
        name=name,
        spec=spec.show(part),
        signature=_signature(part),
        key=key,
        status="running",
        corpus=corpus.record,
        batch=min(part.batch, LARGEST),
        created=now.isoformat(timespec="microseconds"),
        environment=environment(),
    )


def _complete(run: Run, folders: Collection[str]) -> bool:
    total = run.record.corpus.articles
    return (
        run.record.status == "complete"
        and run.summaries_kept.count() == total
        and all(f in run.record.metrics for f in folders)
        and all(run.scores_kept(f).count() == total for f in folders)
    )


class _Status:
    """Keeps a run's status true while it is written, whatever ends the writing."""

    def __init__(self, run: Run, clock: Clock) -> None:
        self.run, self.clock = run, clock

    def __enter__(self) -> None:
        self.run.update(status="running", reason=None, finished=None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if error is None:
            finished = self.clock().isoformat(timespec="seconds")
            self.run.update(status="complete", finished=finished)
        elif isinstance(error, KeyboardInterrupt):
            self.run.update(status="interrupted", reason="stopped by a person")
        else:
            self.run.update(status="failed", reason=whole(f"{type(error).__name__}: {error}"))


def rescore(
    run: Run, metrics: Sequence[Metric], progress: Progress, engine: Engine | None = None
) -> None:
    """Add the scores of more metrics to a run whose summaries are all there."""
    with (engine or _HERE).open() as site:
        _fill(Filling(run, None, by_folder(metrics)), site, progress)


def _fill(filling: Filling, site: Worksite, progress: Progress) -> None:
    run = filling.run
    sweep(run.folder)
    _declare(run, filling.metrics)
    tables = filling.kept()
    steps = run.record.corpus.articles * len(tables)
    with progress(run.record.name, steps) as advance:
        advance(sum(table.count() for table in tables))
        site.fill(filling, _Steps(advance))
    sweep(run.folder)  # of what a process that died in the meantime had begun
    for table in tables:
        table.compact()
    _finish_metrics(run, filling.metrics)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Counts articles, once for the summaries and once for each metric."""

    advance: Advance

    def began(self, batch: Batch) -> None:
        pass

    def ended(self, batch: Batch) -> None:
        self.advance(batch.stop - batch.start)


def _declare(run: Run, metrics: Mapping[str, Metric]) -> None:
    new = {
        folder: MetricRecord(spec=spec.show(m), signature=m.signature(), columns=tuple(m.columns()))
        for folder, m in metrics.items()
        if folder not in run.record.metrics
    }
    if new:
        run.update(metrics=run.record.metrics | new)


def _finish_metrics(run: Run, metrics: Mapping[str, Metric]) -> None:
    records = dict(run.record.metrics)
    for folder, metric in metrics.items():
        try:
            checked = scoring.check(metric, run, folder)
        except CheckError as error:
            failed = records[folder].model_copy(update={"check": whole(f"FAILED: {error}")})
            run.update(metrics=records | {folder: failed})  # so that no table is silent about it
            raise
        records[folder] = records[folder].model_copy(update={"check": checked})
    run.update(metrics=records)
