"""What is costly to make from a model's files, kept on disk between runs: whole, or absent.

It is made beside its place, written through to the disk and renamed. Processes that make the same
thing at once each make their own, and the first to finish is kept.
"""

import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from harness.errors import StorageError

_MAKING = ".part"
_DAY = 24 * 60 * 60
"""Seconds after which what a killed process left behind is taken away."""


def place(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the folder for such things: HARNESS_CACHE, else ``harness`` in the user's cache."""
    told = environment.get("HARNESS_CACHE")
    if told:
        return Path(told).expanduser()
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "harness"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "harness"


def kept(name: str, make: Callable[[Path], None], folder: Path | None = None) -> Path:
    """Return the folder ``name``, filled by ``make`` where it is not there yet.

    Raises StorageError where it cannot be written; what ``make`` raises otherwise passes through.
    """
    root = place() if folder is None else folder
    whole = root / name
    if whole.is_dir():
        return whole
    beside = root / f"{name}.{uuid.uuid4().hex}{_MAKING}"
    try:
        beside.mkdir(parents=True)
        _sweep(root)
        make(beside)
        _write_through(beside)
        _put(beside, whole)
    except OSError as error:
        msg = (
            f"{whole} could not be kept: {error.strerror or error}. Free some space there, or name "
            "another folder in HARNESS_CACHE."
        )
        raise StorageError(msg) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return whole


def _sweep(root: Path) -> None:
    for left in root.glob(f"*{_MAKING}"):
        with suppress(FileNotFoundError):  # its maker has just put it in its place
            if left.stat().st_mtime < time.time() - _DAY:
                shutil.rmtree(left, ignore_errors=True)


def _write_through(folder: Path) -> None:
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put(beside: Path, whole: Path) -> None:
    try:
        beside.rename(whole)
    except OSError:
        if not whole.is_dir():  # else another process was first, and made the same
            raise
