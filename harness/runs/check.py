"""Every kept run verified, and what can be repaired of it repaired.

Verified are the shards (each page by its checksum, columns, rows, ids of articles, numbers), the
corpora (their fingerprints computed anew from every text), the records (their own checksum, the
run's key, the metrics' folders), and that what is called complete is. A repair deletes damaged
shards, which the next evaluation then writes again, and what killed processes left; it touches no
run that is being written.
"""

from collections.abc import Iterator
from pathlib import Path

from harness.errors import RunError, RunLockedError
from harness.runs import disk, snapshot
from harness.runs.check_corpus import check_corpus
from harness.runs.check_tables import check_scores, check_summaries
from harness.runs.findings import Finding, Report, kind_of
from harness.runs.manifest import (
    CorpusRecord,
    MetricRecord,
    RunRecord,
    is_intact,
)
from harness.runs.run import Run, metric_folder
from harness.runs.shards import range_of
from harness.runs.snapshot import RECORD
from harness.runs.store import Store, run_key
from harness.runs.timings import FILE, FOLDER


def check(store: Store) -> Report:
    """Verify every run and corpus of a store."""
    ids = store.ids()
    findings = [finding for run_id in ids for finding in check_run(store, run_id)]
    corpora = store.corpora()
    for name in corpora:
        findings += check_corpus(store.root / "corpora", name)
    findings += _unused(store, ids, corpora)
    findings += _abandoned(store)
    return Report(len(ids), len(corpora), tuple(findings))


def check_run(store: Store, run_id: str, *, ours: bool = False) -> list[Finding]:
    """Return what is wrong with one run; ``ours`` says that its lock is held by the caller."""
    try:
        run = store.load(run_id)
        if not ours and store.is_writing(run.record.key):
            words = "it is being written. Check it again when that is done"
            return [Finding(run_id, "busy", words)]
        return [*_record(run), *_tables(run), *_strangers(run), *_status(run)]
    except RunError as error:
        return [Finding(run_id, kind_of(error), str(error))]
    except OSError as error:
        return [Finding(run_id, "unreadable", f"{run_id} cannot be read: {error}")]


def _tables(run: Run) -> Iterator[Finding]:
    yield from check_summaries(run)
    for metric in run.record.metrics:
        yield from check_scores(run, metric)


def _record(run: Run) -> Iterator[Finding]:
    """Hold the record of a run against itself and against the record of its corpus."""
    record, path = run.record, run.folder / "run.json"
    if not is_intact(path):
        words = f"{path} does not say what it said when it was written. Restore it, or delete it"
        yield Finding(record.id, "damaged", words)
    if record.key != run_key(record.signature, record.corpus):
        words = "its key is not that of its signature and its corpus. Restore run.json"
        yield Finding(record.id, "damaged", words)
    for folder, metric in record.metrics.items():
        if folder != _folder(metric):
            words = f"its scores {folder} are not of the metric {metric.spec}. Restore run.json"
            yield Finding(record.id, "damaged", words)
    kept = CorpusRecord.load(run.snapshot.shards.folder / RECORD)
    same = {"name": kept.name, "spec": kept.spec}  # which may be others: one corpus, two paths
    if record.corpus.model_copy(update=same) != kept:
        words = f"{path} tells other things of its corpus than the corpus does. Restore run.json"
        yield Finding(record.id, "damaged", words)


def _folder(metric: MetricRecord) -> str:
    return metric_folder(metric.spec.partition("(")[0], metric.signature)


def _status(run: Run) -> Iterator[Finding]:
    if RunRecord.load(run.folder / "run.json").status == "running":
        words = "it says that it is running, and no process writes it"
        yield Finding(run.record.id, "leftover", words, reopens=True)


def _strangers(run: Run) -> Iterator[Finding]:
    """Name the files in a run's folder that are none of its own."""
    run_id = run.record.id
    for name, size in disk.files(run.folder):
        folder, _, last = name.rpartition("/")
        if last.startswith(".") and last.endswith(".partial") and size is not None:
            words = f"{run_id}/{name} was left by a process that was killed"
            yield Finding(run_id, "leftover", words, (f"{run_id}/{name}",))
        elif size is None or not _is_own(run, folder, last):
            yield Finding(run_id, "unknown", f"{run_id}/{name} is no file of this run")


def _is_own(run: Run, folder: str, name: str) -> bool:
    if folder in {"summaries", *(f"scores/{metric}" for metric in run.record.metrics)}:
        return range_of(name) is not None
    return folder == FOLDER or (not folder and name in {"run.json", FILE})


def _unused(store: Store, ids: list[str], corpora: list[str]) -> Iterator[Finding]:
    needed = {store.corpus_of(run_id) for run_id in ids}
    for name in corpora:
        if name not in needed and None not in needed:
            words = "no run needs it. harness runs --prune deletes it"
            yield Finding(f"corpora/{name}", "unused", words)


def _abandoned(store: Store) -> Iterator[Finding]:
    folder = store.root / "corpora"
    with disk.storage(folder):
        found = snapshot.abandoned(folder)
    for place in (f"corpora/{name}" for name in found):
        yield Finding(place, "leftover", "half written by a process that ended", (place,))


def repair(store: Store, report: Report) -> list[Finding]:
    """Repair what a check found, as far as that can be; return what was repaired.

    Raises StorageError where the disk refuses.
    """
    mended: list[Finding] = []
    for place in dict.fromkeys(f.place for f in report.findings if f.is_mendable):
        if place.startswith("corpora/"):
            mended += _mend(store.root, [f for f in report.findings if f.place == place])
        else:
            mended += _repair_run(store, place)
    return mended


def _repair_run(store: Store, run_id: str) -> list[Finding]:
    """Check a run once more, now with its lock held, and repair it."""
    try:
        run = store.load(run_id)
        with store.writing(run.record.key, run.record.name):
            found = check_run(store, run_id, ours=True)
            if any(f.kind == "damaged" and not f.is_mendable for f in found):
                return []
            mended = _mend(store.root, found)
            if any(f.reopens for f in mended):
                run.update(status="interrupted", reason="harness runs --repair", finished=None)
    except (RunLockedError, RunError):
        return []  # it is written just now, or has changed since
    return mended


def _mend(root: Path, findings: list[Finding]) -> list[Finding]:
    mended = [f for f in findings if f.is_mendable]
    for name in (name for finding in mended for name in finding.removes):
        disk.remove_tree(root / name)
    return mended
