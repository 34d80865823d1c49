"""Files that are whole or absent, wherever they lie, and in words what a disk can answer.

A place is local or, by an fsspec address, elsewhere; what is done to it is the same here. A link
is never followed out of a run: a folder of runs may be one, what is in it may not.
"""

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.errors import StorageError
from harness.runs import remote
from harness.runs.remote import is_remote, too_large

_MEANING = {
    errno.ENOSPC: "the disk is full. Free some space",
    errno.EDQUOT: "the disk quota is used up. Free some space",
    errno.EFBIG: "a file may not be that large here. Raise the limit (ulimit -f)",
    errno.EROFS: "the file system is read-only. Name a folder that can be written with --runs",
    errno.EACCES: "there is no permission to write. Name a folder that can be written with --runs",
    errno.EPERM: "there is no permission to write. Name a folder that can be written with --runs",
    errno.ENOENT: "it, or the folder or bucket that it lies in, is gone. Make it",
    errno.ENOTDIR: "a file stands where a folder is needed. Name another folder with --runs",
    errno.EISDIR: "a folder stands where a file is needed. Name a file",
    errno.ENAMETOOLONG: "the name is too long for a file. Name it shorter",
    errno.ELOOP: "its links lead in a circle. Name another place",
    errno.EIO: "the storage failed. See to the disk or the connection",
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n)",
    errno.ENFILE: "too many files are open on this machine. Close some",
    errno.ESTALE: "the network file system lost it. Mount it again",
}
_LINK = "it is a link, and a run holds its files itself"


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn every refusal of the system about ``path`` into a StorageError that says what to do."""
    try:
        yield
    except OSError as error:
        meaning = _MEANING.get(error.errno or 0)
        said = error.strerror or str(error) or type(error).__name__
        if meaning is None:
            meaning = f"the system says: {said}. See to that"
        elif is_remote(path) or error.errno == errno.EIO:
            meaning = f"{meaning} ({said})"
        msg = f"{path} could not be written: {meaning}, then run the same command again."
        raise StorageError(f"{msg} What was finished is kept.") from error


# --- reading


def sizes(folder: Path, *, link: bool = False) -> dict[str, int | None]:
    """Return the sizes of the files in a folder by their names, None for what is no file.

    Raises OSError where it cannot be read, or is a link unless ``link`` allows that.
    """
    if is_remote(folder):
        return remote.sizes(folder)
    if not link and folder.is_symlink():
        raise OSError(errno.ELOOP, _LINK)
    with os.scandir(folder) as found:
        return {
            e.name: e.stat().st_size if e.is_file(follow_symlinks=False) else None for e in found
        }


def names(folder: Path, *, link: bool = False) -> list[str]:
    """Return the names of all that is in a folder, in order; as ``sizes`` otherwise."""
    if is_remote(folder):
        return sorted(remote.sizes(folder))
    if not link and folder.is_symlink():
        raise OSError(errno.ELOOP, _LINK)
    return sorted(os.listdir(folder))


def files(folder: Path) -> Iterator[tuple[str, int | None]]:
    """Yield the names below ``folder`` of all files in it, however deep, and their sizes.

    What is neither file nor folder, such as a link, is not looked into; its size is None.
    """
    for name, size in sorted(sizes(folder).items()):
        if size is None and (is_remote(folder) or is_folder(folder / name)):
            yield from ((f"{name}/{below}", n) for below, n in files(folder / name))
        else:
            yield name, size


def is_folder(path: Path) -> bool:
    """Tell whether what is there is a folder, and no link to one."""
    return remote.is_folder(path) if is_remote(path) else stat.S_ISDIR(path.lstat().st_mode)


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """Return the content of a file; OSError where it is none, a link, or larger than ``most``."""
    if is_remote(path):
        return remote.read(path, most)
    if path.is_symlink():
        raise OSError(errno.ELOOP, _LINK)
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe holds nobody up
    try:
        known = os.fstat(handle)
        if not stat.S_ISREG(known.st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        if most is not None and known.st_size > most:
            raise too_large(most)
        with open(handle, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(handle)


def exists(path: Path) -> bool:
    """Tell whether a file is there."""
    return remote.exists(path) if is_remote(path) else path.exists()


def modified(path: Path) -> float:
    """Return when a file was last written, in seconds since 1970 by the clock of where it lies."""
    return remote.modified(path) if is_remote(path) else path.lstat().st_mtime


# --- writing


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a local file beside ``path``, then put it in place in one step.

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


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole."""
    if is_remote(path):
        with storage(path):
            remote.write(path, data)
    else:
        write_whole(path, lambda partial: _write_bytes(partial, data))


def write_text(path: Path, text: str) -> None:
    """Write a text file whole, in UTF-8."""
    write_bytes(path, text.encode())


def append(path: Path, data: bytes) -> None:
    """Add to the end of a local file; a crash may tear what is added, and nothing before it."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    with storage(path):
        handle = os.open(path, flags, 0o666)
        try:
            os.write(handle, data)
        finally:
            os.close(handle)


def _write_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def remove(path: Path) -> None:
    """Remove a file, or a link rather than what it leads to, if it is there."""
    with storage(path):
        if is_remote(path):
            remote.remove(path)
        else:
            path.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder and all in it, or whatever else is there; never what a link leads to."""
    with storage(folder):
        if is_remote(folder):
            remote.remove_tree(folder)
            return
        with suppress(FileNotFoundError):
            if is_folder(folder):
                shutil.rmtree(folder)
            else:
                folder.unlink()


def sweep(folder: Path) -> None:
    """Remove what processes that were killed left half written; nobody else may be writing."""
    with storage(folder), suppress(FileNotFoundError):
        for name in names(folder):
            if name.startswith(".") and name.endswith(".partial"):
                remove(folder / name)


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
