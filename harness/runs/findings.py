"""What a check of kept runs has found: in words, and what can be done about it."""

import errno
from dataclasses import dataclass
from typing import Literal

from harness.errors import RunError
from harness.runs.manifest import NewerFormatError

Kind = Literal["damaged", "incomplete", "unreadable", "leftover", "unknown", "unused", "busy"]
"""What is wrong with a place, from worst to nothing at all.

damaged: a text or number is not what was written. incomplete: a complete run lacks something.
unreadable: the disk, the connection or a newer version stands between. leftover: of a process that
was killed. unknown: no file of harness. unused: a corpus that no run needs. busy: written just now.
"""
BAD: frozenset[Kind] = frozenset({"damaged", "incomplete", "unreadable"})

_NO_FILE = {errno.ELOOP, errno.EINVAL, errno.EFBIG, errno.EISDIR, errno.ENOTDIR}
"""What is said of a link, a pipe, a folder or a monster in the place of a file of a run."""


def kind_of(error: RunError) -> Kind:
    """Return whether what could not be read is damaged itself, or only out of reach."""
    cause = error.__cause__
    refused = isinstance(cause, OSError) and cause.errno not in _NO_FILE
    return "unreadable" if refused or isinstance(error, NewerFormatError) else "damaged"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    ``place`` is a run's id or ``corpora/<folder>``. ``removes`` are files below the store that a
    repair deletes; ``reopens`` says that it also marks the run as interrupted, so that the next
    evaluation writes what is missing.
    """

    place: str
    kind: Kind
    words: str
    removes: tuple[str, ...] = ()
    reopens: bool = False

    @property
    def is_mendable(self) -> bool:
        """Whether a repair can do something about it."""
        return bool(self.removes) or self.reopens

    def __str__(self) -> str:
        """Return the finding as a line for people."""
        return f"{self.place}: {self.kind}: {self.words}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at and found."""

    runs: int
    corpora: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing that is kept is damaged, lacking or out of reach."""
        return not any(f.kind in BAD for f in self.findings)
