"""Seconds per batch of a run: how long, never what.

On a local disk they are lines at the end of one file. Object stores cannot add to a file, so there
each batch is the name of an empty one, and one listing tells all.
"""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

from harness.runs.disk import append, names, read_bytes, write_bytes
from harness.runs.remote import is_remote

FILE = "timings.jsonl"
FOLDER = "timings"
_NAME = re.compile(r"(?P<what>.+)\.\d{9}-\d{9}\.(?P<seconds>\d+\.\d{6})s")


def add(folder: Path, what: str, start: int, stop: int, seconds: float) -> None:
    """Note how long a batch of a run took."""
    if is_remote(folder):
        write_bytes(folder / FOLDER / f"{what}.{start:09}-{stop:09}.{seconds:.6f}s", b"")
        return
    entry = {"what": what, "start": start, "stop": stop, "seconds": round(seconds, 6)}
    append(folder / FILE, (json.dumps(entry) + "\n").encode())


def total(folder: Path, what: str) -> float:
    """Return the seconds that the batches of ``what`` took; 0 where none were timed."""
    try:
        found = _names(folder) if is_remote(folder) else _lines(folder)
        return sum(seconds for name, seconds in found if name == what)
    except OSError:
        return 0.0


def _names(folder: Path) -> Iterator[tuple[str, float]]:
    for name in names(folder / FOLDER):
        if match := _NAME.fullmatch(name):
            yield match["what"], float(match["seconds"])


def _lines(folder: Path) -> Iterator[tuple[str, float]]:
    for line in read_bytes(folder / FILE).splitlines():
        try:
            entry = json.loads(line)
            seconds = float(entry["seconds"])
            if math.isfinite(seconds):
                yield str(entry["what"]), seconds
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            continue  # torn by a crash: the seconds of one batch are lost, nothing else
