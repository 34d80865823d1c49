import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from harness.errors import RunLockedError
from harness.runs import Store, disk, lease
from harness.runs.lock import held, locked
from harness.runs.remote import at


@pytest.fixture
def folder(s3: str, request: pytest.FixtureRequest) -> Path:
    """Return the place of a lock on shared storage."""
    return at(f"{s3}/{request.node.name}/locks/a.lock")


def left_behind(folder: Path) -> Path:
    """Leave what a process on another machine leaves in a lock when it is killed."""
    path = folder / "elsewhere-4711-aa.json"
    disk.write_text(path, json.dumps({"pid": 4711, "host": "elsewhere"}))
    return path


def test_a_lock_on_shared_storage_has_one_holder(folder: Path) -> None:
    """The second is told who holds it, and nothing is left when it is given back."""
    with locked(folder, "The run"):
        assert held(folder)
        [own] = disk.names(folder)
        wanted = f"is being written by process {os.getpid()}"
        with pytest.raises(RunLockedError, match=wanted), locked(folder, "The run"):
            pass
        assert disk.names(folder) == [own]
    assert not held(folder)
    with pytest.raises(FileNotFoundError):
        disk.names(folder)


def test_a_holder_on_another_machine_is_named(folder: Path) -> None:
    """Process and machine stand in the refusal."""
    left_behind(folder)
    assert held(folder)
    with (
        pytest.raises(RunLockedError, match="process 4711 on 'elsewhere'"),
        locked(folder, "The run"),
    ):
        pass


def test_a_lock_that_nobody_renews_is_taken_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a kill the lock is free in a while, by the storage's clock and nobody else's."""
    left_behind(folder)
    monkeypatch.setattr(lease, "EXPIRES", -1.0)  # every object but one's own is too old
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert not held(folder)
    with locked(folder, "The run"):
        assert [n for n in disk.names(folder) if n.startswith("elsewhere")] == []


def test_a_lock_is_renewed_while_its_holder_lives(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The object is written again and again, so that its age stays small."""
    monkeypatch.setattr(lease, "RENEWED", 0.01)
    written = threading.Semaphore(0)
    real = lease.owner

    def owner() -> bytes:
        written.release()
        return real()

    monkeypatch.setattr(lease, "owner", owner)
    with locked(folder, "The run"):
        for _ in range(3):  # taken, and renewed twice
            assert written.acquire(timeout=10)
    assert not held(folder)


def test_a_lock_that_was_taken_over_is_not_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was suspended for too long does not renew what another has by now."""
    monkeypatch.setattr(lease, "RENEWED", 0.01)
    left_behind(folder)
    ended = threading.Event()

    def owner() -> bytes:
        ended.set()
        return b"{}"

    monkeypatch.setattr(lease, "owner", owner)
    lease._renew(folder / "here-1-bb.json", ended)
    assert disk.names(folder) == ["elsewhere-4711-aa.json"]


def test_two_who_begin_at_once_never_both_have_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several threads that want one lock at the same moment, one at a time is in it."""
    monkeypatch.setattr(lease, "_TRIES", 2)
    inside, most, refused = 0, 0, 0
    ready = threading.Barrier(4)

    def want() -> None:
        nonlocal inside, most, refused
        ready.wait()
        try:
            with locked(folder, "The run"):
                inside += 1
                most = max(most, inside)
                time.sleep(0.2)
                inside -= 1
        except RunLockedError:
            refused += 1

    threads = [threading.Thread(target=want) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 1
    assert refused >= 1


def test_a_reader_who_may_not_write_is_told_that_a_run_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no probe can be put, this machine's clock has to do."""
    left_behind(folder)

    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError(path, data)

    monkeypatch.setattr(lease, "write_bytes", refuse)
    assert held(folder)


KILLED = """
import os, signal, sys
from dataclasses import dataclass
from typing import ClassVar
from harness.evaluation import evaluate
from harness.metrics.length import Length
from harness.records import Article, Summary
from harness.runs import Store

@dataclass(frozen=True, slots=True)
class First:
    batch: ClassVar[int] = 1
    def signature(self):
        return "first word"
    def summarise(self, articles):
        if articles[0].id == sys.argv[2]:
            os.kill(os.getpid(), signal.SIGKILL)
        return [Summary(a.text.split()[0]) for a in articles]

store = Store.at(sys.argv[1])
articles = [Article(str(i), f"Word{i} and more.") for i in range(4)]
done = evaluate(store, store.take(articles, "four", "four"), {"first": First()}, [Length()])
print(*done.failed.values())
"""


def test_a_run_whose_writer_was_killed_is_locked_for_a_while_and_then_gone_on_with(
    s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After kill -9 in the middle nothing is lost, and the run ends with the bytes of any other."""

    def evaluated(place: str, killed_at: str = "never") -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-c", KILLED, f"{s3}/{place}", killed_at]
        return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)

    assert evaluated("killed", "2").returncode == -signal.SIGKILL
    store = Store.at(f"{s3}/killed")
    assert store.runs()[0].summaries_kept.ranges() == [(0, 1), (1, 2)]
    assert "is being written by process" in evaluated("killed").stdout
    monkeypatch.setattr(lease, "EXPIRES", -1.0)
    [locks] = disk.names(store.root / "locks")
    with locked(store.root / "locks" / locks, "The run"):
        pass  # which removes what expired
    assert (evaluated("killed").returncode, evaluated("undisturbed").returncode) == (0, 0)
    [run], [other] = store.runs(), Store.at(f"{s3}/undisturbed").runs()
    assert (run.record.status, other.record.status) == ("complete", "complete")
    for mine, theirs in (
        (run.summaries_kept, other.summaries_kept),
        *((run.scores_kept(m), other.scores_kept(m)) for m in run.record.metrics),
    ):
        assert disk.read_bytes(mine.path(0, 4)) == disk.read_bytes(theirs.path(0, 4))
