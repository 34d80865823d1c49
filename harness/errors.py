"""The errors of harness, each for a person to act on.

    HarnessError                 exit 1   all below
    ├── UsageError               exit 2   the words of a command, spec or eval.toml are wrong
    ├── InputError               exit 3   an article, reference, page or given summary is wrong
    ├── RunError                 exit 4   a kept run cannot be used as it is
    │   └── RunLockedError       exit 4   another process is writing that run
    ├── IncomparableError        exit 5   runs differ in what their numbers depend on
    ├── MissingExtraError        exit 6   an optional package is not installed
    ├── SummariserError          exit 7   a candidate cannot be started, or stopped working
    ├── CheckError               exit 8   two computations that must agree do not
    └── StorageError             exit 9   the disk is full, read-only or gone

Exit 0 is success and 130 an interruption (Ctrl-C), after which the same command goes on where
it stopped. A message says what, the offending value, what is allowed, and what to do.
"""

import difflib
from collections.abc import Iterable
from typing import ClassVar


class HarnessError(Exception):
    """Something a person can put right; the message says how."""

    exit_code: ClassVar[int] = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Have it pass from a worker process with its words, however it was made."""
        return _rebuilt, (type(self), self.args)


def _rebuilt(kind: type[HarnessError], words: tuple[object, ...]) -> HarnessError:
    error = kind.__new__(kind)
    error.args = words
    return error


class UsageError(HarnessError):
    """A command, a spec or eval.toml says something that has no meaning here."""

    exit_code = 2


class InputError(HarnessError):
    """An article, reference, page or given summary is missing, malformed or ambiguous."""

    exit_code = 3


class RunError(HarnessError):
    """A kept run is damaged, unknown, unfinished, or from a newer version."""

    exit_code = 4


class RunLockedError(RunError):
    """Another process is writing that run."""


class IncomparableError(HarnessError):
    """The runs' signatures or corpora differ, so that their numbers do not belong in one table."""

    exit_code = 5


class MissingExtraError(HarnessError):
    """A package of an optional extra is needed; the message holds the exact install line."""

    exit_code = 6

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed. "
            f"Install it with: pip install 'harness[{extra}]'"
        )


class SummariserError(HarnessError):
    """A candidate cannot be started, or answered with something that is no list of summaries."""

    exit_code = 7


class CheckError(HarnessError):
    """Two computations that must give the same number gave different ones."""

    exit_code = 8


class StorageError(HarnessError):
    """The place where runs are kept cannot be written or read."""

    exit_code = 9


_MOST = 30
"""Names that a message lists at most."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: its nearest matches, or what is known.

    >>> nearest("rogue", ["length", "rouge"])
    'Did you mean rouge?'
    >>> nearest("xyz", ["length", "rouge"])
    'Known: length, rouge.'
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    if not names:
        return "None are known."
    rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"Known: {', '.join(names[:_MOST])}{rest}."
