"""Which batches were begun and never ended: noted in the run, for whoever comes after a death.

A pool that starts processes anew by itself, as Ray's does, tells nobody what the dead one was at.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.filling import Batch, Trouble
from harness.runs import Run

_LATE = "late"
_BEGUN = "begun"


@dataclass(slots=True)
class Attempts:
    """The notes of a run, as files whose names say what was begun: what, from, to, number, how."""

    folder: Path
    limit: float | None = None
    done: list[Batch] = field(default_factory=list)
    _timer: threading.Timer | None = None
    _note: Path | None = None

    @classmethod
    def of(cls, run: Run) -> "Attempts":
        """Return the notes of a run."""
        return cls(run.folder / "attempts")

    @contextmanager
    def watched(self, limit: float | None) -> Iterator["Attempts"]:
        """Note what is begun in the block; end this process where a batch exceeds the limit."""
        self.limit = limit
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            yield self
        finally:
            self._stop()

    def troubles(self) -> tuple[Trouble, ...]:
        """Return what was begun and did not come back."""
        names = sorted(path.name for path in self.folder.iterdir())
        return tuple(t for t in map(_read, names) if t is not None)

    def began(self, batch: Batch) -> None:
        """Note that a batch is begun."""
        stem = f"{batch.what}.{batch.start}.{batch.stop}"
        number = sum(path.name.startswith(f"{stem}.") for path in self.folder.iterdir())
        self._note = self.folder / f"{stem}.{number}.{_BEGUN}"
        self._note.touch()
        if self.limit is not None:
            self._timer = threading.Timer(self.limit, self._give_up)
            self._timer.daemon = True
            self._timer.start()

    def ended(self, batch: Batch) -> None:
        """Take the note back: what it was about is kept."""
        self._stop()
        if self._note is not None:
            self._note.unlink(missing_ok=True)
        self.done.append(batch)

    def clear(self) -> None:
        """Remove all notes: everything is filled."""
        if self.folder.is_dir():
            for path in list(self.folder.iterdir()):
                path.unlink(missing_ok=True)
            self.folder.rmdir()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _give_up(self) -> None:
        if self._note is not None:
            self._note.rename(self._note.with_suffix(f".{_LATE}-{self.limit:g}"))
        os._exit(1)


def _read(name: str) -> Trouble | None:
    what, start, stop, _, how = name.split(".", 4)
    late = how.startswith(_LATE)
    reason = (
        f"took longer than {how.removeprefix(_LATE + '-')} seconds"
        if late
        else "its process ended each time, as one does that needs too much memory"
    )
    return Trouble(Batch(what, int(start), int(stop)), reason, certain=late)
