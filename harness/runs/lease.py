"""A lock on shared storage: an object that its holder writes anew for as long as it lives.

Each who wants the lock puts an object of its own into the lock's folder and then lists the folder.
Who finds itself alone has it; who does not takes its object away again. Two who begin at once see
each other and both step back, and come again after different times, so that two never hold it.
This asks of the storage only that a listing shows what was put before, as S3 and its like do since
2020; conditional puts, which not every S3-compatible server has, are not needed.

An object that was not written anew for EXPIRES seconds is of a process that was killed. Its age is
the storage's time of one's own object less that of the other: no machine's clock is asked.
"""

import json
import os
import platform
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.errors import HarnessError, RunLockedError, StorageError
from harness.runs.disk import modified, names, read_bytes, remove, write_bytes

EXPIRES = 300.0
"""Seconds after which a lock that was not renewed is free."""
RENEWED = 30.0
"""Seconds between two renewals: nine may fail before the lock is lost."""
_TRIES = 4
_YOUNG = 5.0
"""Seconds of age up to which another may have begun at the same time, and may step back too."""


@contextmanager
def leased(folder: Path, what: str) -> Iterator[None]:
    """Hold the lock at ``folder`` in the block; raise RunLockedError naming who else holds it."""
    own = folder / f"{platform.node() or 'host'}-{os.getpid()}-{secrets.token_hex(4)}.json"
    _claim(own, what)
    ended = threading.Event()
    renewer = threading.Thread(target=_renew, args=(own, ended), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        ended.set()
        renewer.join(RENEWED)
        with suppress(HarnessError):  # it expires by itself
            remove(own)


def _claim(own: Path, what: str) -> None:
    for attempt in range(_TRIES):
        write_bytes(own, owner())
        try:
            other = _other(own)
        except OSError as error:
            remove(own)
            msg = f"{own.parent} cannot be read: {error}. See to the storage, and try again."
            raise StorageError(msg) from error
        if other is None:
            return
        path, age = other
        refused = refusal(what, path)
        remove(own)
        if age > _YOUNG or attempt == _TRIES - 1:
            raise refused
        time.sleep((attempt + 1) * (50 + secrets.randbelow(200)) / 1000)


def _other(own: Path) -> tuple[Path, float] | None:
    """Return another live object in the lock's folder and its age; remove those that expired."""
    now = modified(own)
    found = None
    for name in names(own.parent):
        path = own.parent / name
        try:
            age = now - modified(path)
        except FileNotFoundError:
            continue  # given back since
        if name == own.name:
            continue
        if age > EXPIRES:
            remove(path)
        elif found is None or age > found[1]:
            found = (path, age)
    return found


def _renew(own: Path, ended: threading.Event) -> None:
    while not ended.wait(RENEWED):
        with suppress(HarnessError, OSError):  # the storage is away: try again in a while
            if own.name not in names(own.parent):
                return  # it expired, and another has the lock
            write_bytes(own, owner())


def is_held(folder: Path) -> bool:
    """Tell whether some process holds the lock at ``folder``."""
    try:
        found = [folder / name for name in names(folder)]
        if not found:
            return False
        now = storage_time(folder.parent)
        return any(now - modified(path) <= EXPIRES for path in found)
    except OSError:
        return False


def storage_time(folder: Path) -> float:
    """Return the time by the clock of the storage, or this machine's where none may write."""
    probe = folder / f".{os.getpid()}-{secrets.token_hex(4)}.probe"
    try:
        write_bytes(probe, b"")
        now = modified(probe)
        remove(probe)
    except (HarnessError, OSError):
        return time.time()
    return now


def owner() -> bytes:
    """Return who this process is, as a lock says it."""
    return json.dumps({"pid": os.getpid(), "host": platform.node()}).encode()


def refusal(what: str, path: Path) -> RunLockedError:
    """Return the error that names the holder of the lock at ``path``."""
    msg = (
        f"{what} is being written by {_holder(path)}. "
        "Wait for it, or end it; what it has finished is kept."
    )
    return RunLockedError(msg)


def _holder(path: Path) -> str:
    try:
        who = json.loads(read_bytes(path, 4096))
        return f"process {int(who['pid'])} on {str(who['host'])!r}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another process"
