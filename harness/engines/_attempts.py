"""Which batches were begun and never ended: noted in the run, for whoever comes after a death.

A pool that starts processes anew by itself, as Ray's does, tells nobody what the dead one was at.
A note is an empty file whose name says it all, so that it can lie wherever runs can. It is named
as what was left half written is, so that it goes with that: see harness.runs.disk.sweep.
"""

import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.filling import Batch, Trouble
from harness.runs import Run
from harness.runs.disk import names, remove, write_bytes

_NAME = re.compile(
    r"\.(?P<what>[^.].*)\.(?P<start>\d+)\.(?P<stop>\d+)\.[0-9a-f]+"
    r"\.(?:begun|late-(?P<limit>[0-9.e+-]+))\.partial"
)


@dataclass(slots=True)
class Attempts:
    """The notes of one run, and what this process has done of it."""

    folder: Path
    done: list[Batch] = field(default_factory=list, init=False)
    _limit: float | None = field(default=None, init=False)
    _timer: threading.Timer | None = field(default=None, init=False)
    _note: Path | None = field(default=None, init=False)

    @classmethod
    def of(cls, run: Run) -> "Attempts":
        """Return the notes of a run."""
        return cls(run.folder)

    @contextmanager
    def watched(self, limit: float | None) -> Iterator["Attempts"]:
        """Note what is begun in the block; end this process where a batch exceeds the limit.

        A batch that raises has not ended its process: its note is taken back.
        """
        self._limit = limit
        try:
            yield self
        finally:
            self._forget()

    def troubles(self) -> tuple[Trouble, ...]:
        """Return what was begun and did not come back, here or in any other process."""
        return tuple(map(_trouble, self._notes()))

    def began(self, batch: Batch) -> None:
        """Note that a batch is begun, and until when it must have ended."""
        name = f".{batch.what}.{batch.start}.{batch.stop}.{secrets.token_hex(4)}"
        self._note = self.folder / f"{name}.begun.partial"
        write_bytes(self._note, b"")
        if self._limit is not None:
            late = self.folder / f"{name}.late-{self._limit:g}.partial"
            self._timer = threading.Timer(self._limit, _give_up, [self._note, late])
            self._timer.daemon = True
            self._timer.start()

    def ended(self, batch: Batch) -> None:
        """Take the note back: what it was about is kept."""
        self._forget()
        self.done.append(batch)

    def clear(self) -> None:
        """Remove all notes: nobody is at work, or everything is filled."""
        for note in self._notes():
            remove(self.folder / note[0])

    def _notes(self) -> list[re.Match[str]]:
        try:
            found = [_NAME.fullmatch(name) for name in names(self.folder)]
        except FileNotFoundError:
            return []
        return [note for note in found if note]

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._note is not None:
            remove(self._note)
        self._timer = self._note = None


def _give_up(begun: Path, late: Path) -> None:
    try:
        write_bytes(late, b"")
        remove(begun)
    finally:
        os._exit(1)


def _trouble(note: re.Match[str]) -> Trouble:
    batch = Batch(note["what"], int(note["start"]), int(note["stop"]))
    if limit := note["limit"]:
        return Trouble(batch, f"took longer than {limit} seconds", certain=True)
    told = "its process ended each time, as one does that needs too much memory"
    return Trouble(batch, told, certain=False)
