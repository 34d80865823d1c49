"""What makes one model's output another's: hashes of its files and versions of its libraries."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from harness.errors import MissingExtraError, SummariserError
from harness.signature import digest

_LENGTH = 32
"""Hexadecimal digits kept of a hash: 128 bits, beyond any chance of a clash."""


def of_files(files: Iterable[Path]) -> str:
    """Return the hash of some files: their names, sorted, and all their bytes.

    A file is read once per process for as long as its size and time of change stay what they were.
    """
    parts = [(file.name, _of_file(file)) for file in sorted(files)]
    return digest(*(text for part in parts for text in part))[:_LENGTH]


def of_text(text: str) -> str:
    """Return the hash of a text."""
    return digest(text)[:_LENGTH]


def _of_file(file: Path) -> str:
    try:
        state = file.stat()
        return _sha256(file, state.st_size, state.st_mtime_ns)
    except OSError as error:
        msg = f"{file} cannot be read: {error.strerror}. Put the model where it can be."
        raise SummariserError(msg) from None


@lru_cache(maxsize=4096)
def _sha256(file: Path, _size: int, _changed: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def versions(installed: Callable[[str], str] = version) -> dict[str, str]:
    """Return the versions that tokens depend on; raise MissingExtraError where torch is absent."""
    found: dict[str, str] = {}
    for package in ("torch", "transformers", "tokenizers"):
        try:
            found[package] = installed(package)
        except PackageNotFoundError:
            raise MissingExtraError(package, "models", "transformer") from None
    return found
