"""Files that are whole or absent, and what a disk can answer in words."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.errors import StorageError

_MEANING = {
    errno.ENOSPC: "the disk is full. Free some space",
    errno.EDQUOT: "the disk quota is used up. Free some space",
    errno.EROFS: "the file system is read-only. Name a folder that can be written with --runs",
    errno.EACCES: "there is no permission to write. Name a folder that can be written with --runs",
    errno.EPERM: "there is no permission to write. Name a folder that can be written with --runs",
    errno.ENOTDIR: "a file stands where a folder is needed. Name another folder with --runs",
    errno.EISDIR: "a folder stands where a file is needed. Name a file",
    errno.ENAMETOOLONG: "the name is too long for a file. Name it shorter",
    errno.ELOOP: "its links lead in a circle. Name another place",
}


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn the system's refusals about ``path`` into a StorageError that says what to do."""
    try:
        yield
    except OSError as error:
        meaning = _MEANING.get(error.errno or 0)
        if meaning is None:
            raise
        msg = f"{path} could not be written: {meaning}, then run the same command again."
        raise StorageError(f"{msg} What was finished is kept.") from error


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside ``path``, then put it in place in one step.

    After a crash at any moment ``path`` holds either all of the new content or what it held before.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(partial)
            _flush(partial)
            partial.replace(path)
            _flush(path.parent)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise


def write_text(path: Path, text: str) -> None:
    """Write a text file whole, in UTF-8."""
    write_whole(path, lambda partial: _write_bytes(partial, text.encode()))


def _write_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def sweep(folder: Path) -> None:
    """Remove what processes that were killed left half written; nobody else may be writing."""
    with storage(folder):
        for partial in folder.glob(".*.partial"):
            partial.unlink(missing_ok=True)


def write_output(path: Path, text: str) -> None:
    """Write a result where a person wants it: a file whole, also behind a link.

    What is no file, such as /dev/stdout or a pipe, is written to and never replaced.
    """
    data = text.encode("utf-8", "backslashreplace")
    with storage(path):
        if path.exists() and not path.is_file():
            _write_bytes(path, data)
        else:
            write_whole(Path(os.path.realpath(path)), lambda partial: _write_bytes(partial, data))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
