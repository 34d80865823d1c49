"""One writer per run: a lock that ends with its process, however that ends.

Where runs lie on shared storage, which has no such locks, it is a lease instead: see lease.py.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.runs import lease
from harness.runs.disk import storage
from harness.runs.remote import is_remote

_PROBES = 20
"""How often a lock is asked for, 10 ms apart: one who only asks ``held`` has it for a moment."""


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock at ``path`` in the block; raise RunLockedError naming who else holds it."""
    if is_remote(path):
        with lease.leased(path, what):
            yield
        return
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken(handle):
            raise lease.refusal(what, path)
        with storage(path):
            os.truncate(handle, 0)
            os.pwrite(handle, lease.owner(), 0)
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
    if is_remote(path):
        return lease.is_held(path)
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
