import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from harness.errors import RunLockedError
from harness.runs.lock import held, locked

HOLD = """
import sys
from pathlib import Path
from harness.runs.lock import locked
with locked(Path(sys.argv[1]), "x"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    """The refusal names the process that holds the lock."""
    path = tmp_path / "a.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(RunLockedError, match=f"The run is being written by process {other.pid}"),
            locked(path, "The run"),
        ):
            pass
        assert held(path)
        other.kill()
    assert not held(path)
    with locked(path, "The run"):
        assert held(path)


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    """What a kill leaves behind in the lock's file holds nobody up."""
    path = tmp_path / "a.lock"
    path.write_text('{"pid": 1, "host": "gone"}')
    assert not held(path)
    with locked(path, "The run"):
        assert str(os.getpid()) in path.read_text()


def test_a_lock_that_never_was_is_not_held(tmp_path: Path) -> None:
    """No file, no holder."""
    assert not held(tmp_path / "none.lock")


def test_who_only_asks_holds_nobody_up(tmp_path: Path) -> None:
    """A probe by another process has the lock for a moment; a writer waits for that, not longer."""
    path = tmp_path / "a.lock"
    path.touch()
    handle = os.open(path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    assert not held(path)  # one who asks is not taken for one who writes
    threading.Timer(0.05, os.close, [handle]).start()
    with locked(path, "The run"):
        assert held(path)


def test_a_lock_can_be_asked_about_without_permission_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who may only read is told that a run is being written, too."""
    path = tmp_path / "a.lock"
    opened: list[int] = []
    real = os.open

    def noted(path: Path, flags: int) -> int:
        opened.append(flags)
        return real(path, flags)

    with locked(path, "The run"):
        monkeypatch.setattr(os, "open", noted)
        assert held(path)
    assert opened == [os.O_RDONLY]
