"""One writer per run: a lock that ends with its process, however that ends."""

import fcntl
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.errors import RunLockedError
from harness.runs.disk import storage

_PROBES = 20
"""How often a lock is asked for, 10 ms apart: one who only asks ``held`` has it for a moment."""


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock at ``path`` in the block; raise RunLockedError naming who else holds it."""
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken(handle):
            msg = (
                f"{what} is being written by {_holder(path)}. "
                "Wait for it, or end it; what it has finished is kept."
            )
            raise RunLockedError(msg)
        with storage(path):
            os.truncate(handle, 0)
            os.pwrite(handle, json.dumps({"pid": os.getpid(), "host": platform.node()}).encode(), 0)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    for probe in range(_PROBES):
        time.sleep(0.01 if probe else 0)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False


def held(path: Path) -> bool:
    """Tell whether some process holds the lock at ``path``."""
    try:
        handle = os.open(path, os.O_RDONLY)  # to ask needs no permission to write
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _holder(path: Path) -> str:
    try:
        who = json.loads(path.read_text())
        return f"process {int(who['pid'])} on {str(who['host'])!r}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
