"""Runs that lie elsewhere: object stores and other file systems, by their fsspec address.

An address is held as a UPath, which names files as a Path does. All that is done at an address is
done here, with nothing remembered from earlier listings: another machine may have written since.
"""

import errno
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from harness.errors import HarnessError, MissingExtraError, UsageError, nearest

_LOCAL = {"file", "local"}
_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"}
"""Where one put is seen whole or not at all. Elsewhere a file is written beside and moved."""


def at(address: str | Path) -> Path:
    """Return the place that an address names: a Path for what is local, otherwise a UPath.

    A UPath is no Path to the type checker, and has all of its that is used of a place here.
    Raises UsageError where no file system answers to the address, MissingExtraError where its
    package is missing.
    """
    if not isinstance(address, str) or "://" not in address:
        return Path(address)
    protocol = address.partition("://")[0]
    if protocol in _LOCAL:
        return Path(address.partition("://")[2])
    _refuse_odd(address)
    _need(protocol)
    from upath import UPath

    with warnings.catch_warnings():  # of file systems that universal_pathlib has no class for
        warnings.simplefilter("ignore", UserWarning)
        return cast("Path", UPath(address.rstrip("/")))


def _refuse_odd(address: str) -> None:
    if "::" in address:
        msg = f"{address} is a chain of file systems. Name the one on which runs are kept."
        raise UsageError(msg)
    if urlsplit(address).password is not None:
        msg = (
            f"The address of the runs on {urlsplit(address).hostname} has a password in it, which "
            "would be printed. Leave it out, and give it as the file system's own settings do."
        )
        raise UsageError(msg)


def _need(protocol: str) -> None:
    """Raise unless there is a file system for ``protocol`` and its package is installed."""
    from fsspec import get_filesystem_class
    from fsspec.registry import known_implementations, registry

    try:
        get_filesystem_class(protocol)
    except ValueError:
        known = {*known_implementations, *registry} - _LOCAL
        msg = f"There is no file system {protocol!r}. {nearest(protocol, known)}"
        raise UsageError(msg) from None
    except ImportError as error:
        purpose = f"An address that begins with {protocol}://"
        if protocol in {"s3", "s3a"}:
            package = "s3fs"
            raise MissingExtraError(package, "s3", purpose) from None
        msg = f"{purpose} needs a package that is not installed: {error}"
        raise UsageError(msg) from None


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, HarnessError):
        raise
    except Exception as error:  # botocore's, aiohttp's and others' own, which share no parent
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}") from error


@contextmanager
def _opened(path: Any) -> Iterator[tuple[Any, str]]:
    """Yield the file system of a place and the place's name there; every refusal is an OSError."""
    with _as_os_errors():
        system = path.fs
        if getattr(system, "_pid", os.getpid()) != os.getpid():  # a worker that was forked
            system = type(system)(*system.storage_args, **system.storage_options)
        system.invalidate_cache()
        yield system, path.path


def sizes(folder: Path) -> dict[str, int | None]:
    """Return the sizes of the files in a folder by their names, None for a folder in it."""
    with _opened(folder) as (system, name):
        inside = name.rstrip("/") + "/"
        found = system.ls(name, detail=True)
        return {
            entry["name"].rstrip("/").removeprefix(inside): (
                None if entry["type"] == "directory" else int(entry["size"] or 0)
            )
            for entry in found
            if entry["name"].startswith(inside) and entry["name"] != inside
        }


def exists(path: Path) -> bool:
    """Tell whether a file is there."""
    with _opened(path) as (system, name):
        return bool(system.isfile(name))


def is_folder(path: Path) -> bool:
    """Tell whether there is something below a place."""
    with _opened(path) as (system, name):
        return bool(system.isdir(name))


def read(path: Path, most: int | None = None) -> bytes:
    """Return the content of a file; raise OSError where it is larger than ``most``."""
    with _opened(path) as (system, name):
        end = None if most is None else most + 1
        data = cast("bytes", system.cat_file(name, end=end))
        if most is not None and len(data) > most:
            raise too_large(most)
        return data


def too_large(most: int) -> OSError:
    """Return the refusal of a file of more than ``most`` bytes."""
    return OSError(errno.EFBIG, f"it has more than {most:,} bytes, which no such file of a run has")


def write(path: Path, data: bytes) -> None:
    """Write a file whole: one put where that is whole, otherwise beside its place and moved."""
    with _opened(path) as (system, name):
        if set(_protocols(system)) & _WHOLE:
            system.pipe_file(name, data)
            return
        partial = f"{name.rpartition('/')[0]}/.{path.name}.{os.getpid()}.partial"
        system.makedirs(name.rpartition("/")[0], exist_ok=True)
        system.pipe_file(partial, data)
        system.mv(partial, name)


def _protocols(system: Any) -> tuple[str, ...]:
    given = system.protocol
    return (given,) if isinstance(given, str) else tuple(given)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    with _opened(path) as (system, name), suppress(FileNotFoundError):
        system.rm_file(name)


def remove_tree(folder: Path) -> None:
    """Remove a folder and all in it, if it is there."""
    with _opened(folder) as (system, name):
        if system.exists(name):
            system.rm(name, recursive=True)


def modified(path: Path) -> float:
    """Return when a file was last written, in seconds since 1970 by the storage's own clock."""
    with _opened(path) as (system, name):
        return float(system.modified(name).timestamp())


def is_remote(path: Path) -> bool:
    """Tell whether a place is an address rather than a local path."""
    return not isinstance(path, Path)
