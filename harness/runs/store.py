"""The place of all runs: finds, opens and names them."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from harness.errors import RunError, nearest
from harness.records import Article
from harness.runs import remote, snapshot
from harness.runs.disk import exists, is_folder, names, storage
from harness.runs.lock import held, locked
from harness.runs.manifest import CorpusRecord, RunRecord
from harness.runs.remote import is_remote
from harness.runs.run import Run
from harness.runs.snapshot import Snapshot
from harness.signature import digest

_NO_RUNS = {".", "..", "corpora", "locks"}
_INSIDE = re.compile(r"[^/\x00]+")


@dataclass(frozen=True, slots=True)
class Store:
    """All runs kept in one place: a folder, or an address that ``Store.at`` understands."""

    root: Path

    @classmethod
    def at(cls, address: str | Path) -> Self:
        """Return the store at a path or an fsspec address such as ``s3://bucket/runs``.

        Raises UsageError where no file system answers to the address, MissingExtraError where its
        package is missing.
        """
        return cls(remote.at(address))

    def take(self, articles: Iterable[Article], name: str, spec: str) -> Snapshot:
        """Keep the articles of a corpus, once for all runs over it."""
        folder = self.root / "corpora"
        if not is_remote(folder):
            with storage(folder):
                folder.mkdir(parents=True, exist_ok=True)
        return snapshot.take(articles, name, spec, folder)

    def ids(self) -> list[str]:
        """Return the ids of all runs, oldest first."""
        try:
            found = [n for n in names(self.root, link=True) if n not in _NO_RUNS and n[0] != "."]
            return [name for name in found if _is_run(self.root / name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            said = error.strerror or error
            msg = f"{self.root} cannot be read: {said}. Name another folder with --runs."
            raise RunError(msg) from error

    def corpora(self) -> list[str]:
        """Return the names of the folders of all kept corpora."""
        folder = self.root / "corpora"
        try:
            return [n for n in names(folder, link=True) if n[0] != "." and is_folder(folder / n)]
        except FileNotFoundError:
            return []
        except OSError as error:
            msg = f"{folder} cannot be read: {error.strerror or error}. Make it a folder that can."
            raise RunError(msg) from error

    def corpus_of(self, run_id: str) -> str | None:
        """Return the name of the folder of a run's corpus, None where its record cannot tell."""
        try:
            return _fingerprint(RunRecord.load(self.root / run_id / "run.json").corpus)
        except RunError:
            return None

    def load(self, run_id: str) -> Run:
        """Return the run with that id, the name of its folder, as it stands."""
        if run_id in _NO_RUNS or not _INSIDE.fullmatch(run_id):
            msg = f"{run_id!r} is no id of a run: an id is the name of a folder under {self.root}."
            raise RunError(msg)
        folder = self.root / run_id
        _refuse_links(folder)
        record = RunRecord.load(folder / "run.json").model_copy(update={"id": run_id})
        place = self.root / "corpora" / _fingerprint(record.corpus)
        kept = snapshot.load(place, record.corpus.fingerprint)
        if kept.record.articles != record.corpus.articles:
            msg = (
                f"{folder / 'run.json'} is damaged: it tells of {record.corpus.articles} articles, "
                f"and its corpus has {kept.record.articles}. Restore it, or delete the folder."
            )
            raise RunError(msg)
        run = Run(folder, record, Snapshot(record.corpus, kept.shards))
        if record.status == "running" and not held(self._lock(record.key)):
            # its process ended without a word: kill -9, a power cut
            run.record = record.model_copy(update={"status": "interrupted"})
        return run

    def runs(self) -> list[Run]:
        """Return all runs that can be read, oldest first."""
        return self.survey()[0]

    def survey(self) -> tuple[list[Run], dict[str, RunError]]:
        """Return all runs that can be read, oldest first, and why the others cannot."""
        runs: list[Run] = []
        damaged: dict[str, RunError] = {}
        for run_id in self.ids():
            try:
                runs.append(self.load(run_id))
            except RunError as error:
                damaged[run_id] = error
        return sorted(runs, key=lambda run: run.record.created), damaged

    def resolve(self, text: str) -> Run:
        """Return the run that a person means: an id, its beginning, a path, or a candidate's name.

        A name stands for the newest run of that candidate.
        """
        ids = self.ids()
        wanted = text.rstrip("/").rpartition("/")[2]
        if not wanted:
            msg = f"{text!r} names no run. Write an id, its beginning, or a candidate's name."
            raise RunError(msg)
        exact = [i for i in ids if i == wanted]
        by_start = exact or [i for i in ids if i.startswith(wanted)]
        if len(by_start) == 1:
            return self.load(by_start[0])
        if len(by_start) > 1:
            some = ", ".join(by_start[:5])
            msg = f"{text!r} begins {len(by_start)} runs: {some}. Write more of it."
            raise RunError(msg)
        named = [run for run in self.runs() if run.record.name == text]
        if named:
            return named[-1]
        if wanted not in _NO_RUNS and self._has(wanted):
            return self.load(wanted)  # which says what it lacks
        names = [*ids, *{run.record.name for run in self.runs()}]
        msg = f"No run {text!r} under {self.root}. {nearest(text, names)}"
        raise RunError(msg)

    def latest(self) -> list[Run]:
        """Return the newest run of each candidate over the corpus that was run last."""
        runs = self.runs()
        if not runs:
            return []
        corpus = runs[-1].record.corpus.fingerprint
        same = {r.record.name: r for r in runs if r.record.corpus.fingerprint == corpus}
        return list(same.values())

    def newest(self, key: str, name: str, others: Collection[str] = ()) -> Run | None:
        """Return the newest run with this key, finished or not, if there is one.

        A candidate's own run comes before one that had another ``name``, and one that belongs to
        any of ``others`` is none of its.
        """
        found: list[Run] = []
        for run_id in reversed([i for i in self.ids() if i.endswith(f"-{key[:8]}")]):
            with suppress(RunError):  # a damaged run is not gone on with; harness runs tells of it
                run = self.load(run_id)
                found += [run] if run.record.key == key else []
        named = [r for r in found if r.record.name == name]
        return next(iter([*named, *(r for r in found if r.record.name not in others)]), None)

    @contextmanager
    def writing(self, key: str, name: str) -> Iterator[None]:
        """Hold the lock of all runs with this key; raise RunLockedError if another process does."""
        with locked(self._lock(key), f"The run of {name!r}"):
            yield

    def create(self, record: RunRecord, corpus: Snapshot, now: datetime) -> Run:
        """Make the folder of a new run and write its record."""
        stem = f"{now:%Y%m%d-%H%M%S}-{_slug(record.name)}"
        for twin in range(100):
            run_id = f"{stem}{f'.{twin}' if twin else ''}-{record.key[:8]}"
            folder = self.root / run_id
            if not _is_made(folder):
                continue
            run = Run(folder, record, corpus)
            run.update(id=run_id)
            return run
        msg = f"{self.root} holds 100 runs begun in the same second: {stem}. Wait a second."
        raise RunError(msg)

    def _has(self, name: str) -> bool:
        try:
            return name in names(self.root, link=True)
        except OSError:
            return False

    def is_writing(self, key: str) -> bool:
        """Tell whether some process writes a run with this key."""
        return held(self._lock(key))

    def is_busy(self, start: str = "") -> bool:
        """Tell whether some process writes any run, or one whose key begins with ``start``."""
        folder = self.root / "locks"
        try:
            found = [n for n in names(folder) if n.endswith(".lock") and n.startswith(start)]
        except FileNotFoundError:
            return False
        except OSError:
            return True  # nobody can tell
        return any(held(folder / name) for name in found)

    def _lock(self, key: str) -> Path:
        return self.root / "locks" / f"{key[:16]}.lock"


def run_key(signature: str, corpus: CorpusRecord) -> str:
    """Return the key of a run: all that could change a summary, the articles' texts among them."""
    return digest(signature, corpus.fingerprint)


def _is_run(folder: Path) -> bool:
    try:
        return exists(folder / "run.json")
    except PermissionError:
        return True  # to be told of, not passed over


def _refuse_links(folder: Path) -> None:
    """Refuse a run of which some lies elsewhere; what is below is looked at when it is read."""
    for path in () if is_remote(folder) else (folder, folder / "scores"):
        if path.is_symlink():
            msg = f"{path} is a link; a run holds its files itself. Put them where the link is."
            raise RunError(msg)


def _is_made(folder: Path) -> bool:
    """Make the folder of a new run, unless there is one; shared storage has no folders to make."""
    with storage(folder):
        if is_remote(folder):
            with suppress(FileNotFoundError):
                return not names(folder)
            return True
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir()
            return True
        return False


def _fingerprint(corpus: CorpusRecord) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", corpus.fingerprint):
        msg = f"{corpus.fingerprint!r} is no fingerprint of a corpus: the run's record is damaged."
        raise RunError(msg)
    return corpus.fingerprint[:16]


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:40] or "candidate"
