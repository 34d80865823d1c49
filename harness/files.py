"""Text files from outside: UTF-8 or a clear refusal, and JSON lines with their numbers."""

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from harness.errors import InputError

_LONGEST = 2**27
"""Bytes of a line: far above any article, and below what a small gzip file could unpack to."""


def read_bytes(path: str | Path) -> bytes:
    """Return the content of a file; raise InputError in words where it cannot be read."""
    try:
        return _named(path).read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _named(path: str | Path) -> Path:
    wrong = "a NUL" if "\0" in str(path) else None
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        wrong = "half of a surrogate pair"
    if wrong:
        msg = f"{str(path)!r} is no name of a file: it holds {wrong}. Name a file that can be read."
        raise InputError(msg)
    return Path(path)


def _unreadable(path: str | Path, error: OSError) -> InputError:
    return InputError(f"{path} cannot be read: {error.strerror}. Name a file that can be read.")


def lines(path: str | Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text file, gzipped or not, with their numbers from 1."""
    try:
        with _open(_named(path)) as file:
            for number, raw in enumerate(iter(partial(file.readline, _LONGEST), b""), 1):
                if len(raw) == _LONGEST:
                    msg = f"{path}:{number}: a line of over {_LONGEST:,} bytes. Break it into more."
                    raise InputError(msg)
                yield number, decode(raw, f"{path}:{number}").rstrip("\r\n")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        msg = f"{path} is no whole gzip file. Pack it again, or give it unpacked."
        raise InputError(msg) from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _open(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value] # a GzipFile reads as one
    return path.open("rb")


def decode(raw: bytes, where: str) -> str:
    """Return bytes as UTF-8 text, without a byte order mark; ``where`` begins the refusal."""
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        msg = (
            f"{where}: byte {error.start + 1} is {raw[error.start]:#04x}, which is not UTF-8. "
            "Save the file as UTF-8."
        )
        raise InputError(msg) from None


def whole(text: str) -> str:
    """Return a text that UTF-8 can hold: what is half of a surrogate pair becomes ``?``."""
    return text.encode("utf-8", "replace").decode()


def json_objects(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the JSON object of every line that is not blank, with the line's number."""
    for number, line in lines(path):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except RecursionError:
            msg = f"{path}:{number}: nested too deeply for JSON: {line[:60]!r}. Write it flat."
            raise InputError(msg) from None
        except ValueError as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            msg = f"{path}:{number}: no JSON ({reason}): {line[:60]!r}. Write one object a line."
            raise InputError(msg) from None
        if not isinstance(value, dict):
            msg = f"{path}:{number}: {line[:60]!r} is no JSON object. Write one object a line."
            raise InputError(msg)
        yield number, value
