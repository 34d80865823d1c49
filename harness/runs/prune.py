"""Runs and corpora that can go: first said, then, when a person agrees, deleted.

A run is deleted record first, so that a deletion that is interrupted leaves nothing that looks like
a run, and the next one finds it by its marker and goes on. A run that is being written stays, and
so does every corpus while anything is being written.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harness.errors import RunError, RunLockedError
from harness.runs import disk
from harness.runs.findings import kind_of
from harness.runs.lease import storage_time
from harness.runs.run import Run
from harness.runs.snapshot import RECORD
from harness.runs.store import Store

_MARKER = ".pruned"
_SETTLED = 3600.0
"""Seconds for which a corpus that was read stays: its evaluation may have no run yet."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which runs go.

    Of each candidate over each corpus the newest ``keep`` complete runs stay, and any run with a
    metric that they have not: a run is replaced only by ones that say as much. ``unfinished`` gives
    up runs that failed or were interrupted even where no newer complete one replaces them,
    ``damaged`` those that cannot be read. Runs begun less than ``older_than`` ago stay anyway.
    """

    keep: int = 1
    older_than: timedelta | None = None
    unfinished: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """A run's id, or ``corpora/<folder>``: why it goes, and how many bytes it has."""

    place: str
    why: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be deleted, and what stays although the rules would have it go."""

    removals: tuple[Removal, ...]
    notes: tuple[str, ...] = ()


def plan(store: Store, rules: Rules, now: datetime) -> Plan:
    """Return what the rules would have go at the time ``now``."""
    runs, damaged = store.survey()
    why = dict(_superseded(runs, rules))
    if rules.damaged:
        why |= {i: str(e) for i, e in damaged.items() if kind_of(e) == "damaged"}
    why = {i: w for i, w in why.items() if not _is_young(i, runs, rules, now)}
    busy = {r.record.id for r in runs if store.is_writing(r.record.key)}
    notes = [f"{i} stays: it is being written" for i in sorted(busy & why.keys())]
    why = {i: w for i, w in why.items() if i not in busy}
    why |= dict.fromkeys(_begun(store), "its deletion was interrupted")
    with disk.storage(store.root):
        found, more = _corpora(store, set(why))
    removals = [Removal(p, w, _size(store.root / p)) for p, w in (why | found).items()]
    return Plan(tuple(removals), (*notes, *more))


def _superseded(runs: list[Run], rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield the runs that newer complete ones replace, and unfinished ones where those go."""
    groups: defaultdict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in runs:
        groups[run.record.name, run.record.corpus.fingerprint].append(run)
    for group in groups.values():
        complete: list[set[str]] = []
        for run in reversed(group):
            is_complete = run.record.status == "complete"
            specs = {metric.spec for metric in run.record.metrics.values()}
            newer = sum(specs <= others for others in complete)
            if newer >= (rules.keep if is_complete else 1):
                yield run.record.id, _replaced(run, newer)
            elif rules.unfinished and run.record.status in {"failed", "interrupted"}:
                yield run.record.id, f"it is {run.record.status}"
            complete += [specs] if is_complete else []


def _replaced(run: Run, newer: int) -> str:
    of = f"{run.record.name!r} over {run.record.corpus.name}"
    return f"there is a newer complete run of {of}" if newer else f"no run of {of} is to be kept"


def _is_young(run_id: str, runs: list[Run], rules: Rules, now: datetime) -> bool:
    """Tell whether a run began too short a time ago; one that does not say when is not old."""
    if rules.older_than is None:
        return False
    created = next((r.record.created for r in runs if r.record.id == run_id), "")
    with suppress(ValueError):
        then = datetime.fromisoformat(created)
        return now - (then if then.tzinfo else then.replace(tzinfo=UTC)) < rules.older_than
    return True


def _begun(store: Store) -> list[str]:
    """Return the folders whose deletion was interrupted."""
    found = []
    with suppress(OSError):
        for name in disk.names(store.root, link=True):
            folder = store.root / name
            if disk.exists(folder / _MARKER) and not disk.exists(folder / "run.json"):
                found.append(name)
    return found


def _corpora(store: Store, going: set[str]) -> tuple[dict[str, str], list[str]]:
    """Return the corpora that no run needs once some are gone, and why some stay all the same."""
    needed = {store.corpus_of(run_id) for run_id in store.ids() if run_id not in going}
    unneeded = [name for name in store.corpora() if name not in needed]
    if not unneeded:
        return {}, []
    if None in needed:
        return {}, ["No corpus is deleted: a run that stays cannot be read, and may need it"]
    if store.is_busy():
        return {}, ["No corpus is deleted while a run is being written"]
    now = storage_time(store.root / "locks")
    fresh = [n for n in unneeded if now - _used(store.root / "corpora" / n) < _SETTLED]
    notes = [f"corpora/{n} stays: it was read within the hour" for n in fresh]
    return {f"corpora/{n}": "no run needs it" for n in unneeded if n not in fresh}, notes


def _used(folder: Path) -> float:
    """Return when a corpus was last read or written."""
    times = [0.0]
    for name, size in disk.files(folder):
        if size is not None and (name == RECORD or not disk.exists(folder / RECORD)):
            times.append(disk.modified(folder / name))
    return max(times)


def _size(folder: Path) -> int:
    try:
        return sum(size or 0 for _, size in disk.files(folder))
    except OSError:
        return 0  # a link, which goes, and not what it leads to


def carry_out(store: Store, planned: Plan) -> list[str]:
    """Delete what was planned; return, in words, what stays because it changed in the meantime."""
    kept: list[str] = []
    for removal in planned.removals:
        try:
            if removal.place.startswith("corpora/"):
                _delete_corpus(store, removal.place)
            else:
                _delete_run(store, removal.place)
        except RunLockedError as error:
            kept.append(f"{removal.place} stays: {error}")
    return kept


def _delete_run(store: Store, run_id: str) -> None:
    folder = store.root / run_id
    try:
        record = store.load(run_id).record
    except RunError:
        if store.is_busy(run_id[-8:]):
            msg = "a run of the same candidate is being written"
            raise RunLockedError(msg) from None
        _delete(folder, "run.json")
        return
    with store.writing(record.key, record.name):
        _delete(folder, "run.json")


def _delete_corpus(store: Store, place: str) -> None:
    if store.is_busy():
        msg = "a run is being written"
        raise RunLockedError(msg)
    if place.removeprefix("corpora/") in {store.corpus_of(run_id) for run_id in store.ids()}:
        msg = "a run needs it by now"
        raise RunLockedError(msg)
    _delete(store.root / place, RECORD)


def _delete(folder: Path, record: str) -> None:
    """Delete a folder, its record first and the marker of its deletion last."""
    with disk.storage(folder), suppress(FileNotFoundError):
        if disk.is_folder(folder):
            disk.write_bytes(folder / _MARKER, b"")
            disk.remove(folder / record)
            for name in disk.names(folder):
                if name != _MARKER:
                    disk.remove_tree(folder / name)
        disk.remove_tree(folder)
