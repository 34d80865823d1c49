"""Any program as a summariser: articles as JSON lines into it, summaries as JSON lines out of it.

The program reads ``{"id", "text", "title"}`` a line until its input ends and writes
``{"id", "summary"}`` a line, in any order; ``{"id", "error"}`` says why there is no summary. It is
started once per batch, without a shell.
"""

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from harness.errors import SummariserError, UsageError
from harness.parts import Summariser
from harness.records import Article, Summary, unwritten
from harness.signature import signature

_LONGEST = 1_000_000
"""Seconds, some 11 days: the system's clocks cannot wait for ever."""


@dataclass(frozen=True, slots=True)
class Command:
    """The program ``run`` with its arguments, as a shell would split them.

    ``seconds`` bounds one batch; ``version`` is for you to change when the program changes, since
    harness sees only its command line and would reuse what an older one wrote.
    """

    run: str
    version: str = ""
    seconds: float = 600.0

    batch: ClassVar[int] = 64

    def __post_init__(self) -> None:
        """Refuse a command that cannot be split, or no time at all."""
        try:
            empty = not shlex.split(self.run)
        except ValueError as error:
            msg = f"command(run={self.run!r}) cannot be split into words: {error}."
            raise UsageError(msg) from None
        if not _can_be_given(self.run):
            msg = (
                f"command(run={self.run!r}) holds a NUL or half a surrogate pair, which no program "
                "can be given. Write it without."
            )
            raise UsageError(msg)
        if empty:
            msg = "command(run='') names no program. Write command(run='PROGRAM ARGUMENTS')."
            raise UsageError(msg)
        if not 0 < self.seconds <= _LONGEST:
            msg = (
                f"command(seconds={self.seconds}) is not possible: "
                f"a number above 0 and at most {_LONGEST} is."
            )
            raise UsageError(msg)

    def signature(self) -> str:
        """Return what the text depends on, as far as the command line tells."""
        return signature("command", run=self.run, version=self.version, v=1)

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return what the program writes about a batch."""
        given = [{"id": a.id, "text": a.text, "title": a.title} for a in articles]
        answers = _answers(self, _ask(self, "".join(json.dumps(g) + "\n" for g in given)))
        unknown = answers.keys() - {a.id for a in articles}
        if unknown:
            msg = f"{self.run!r} answered for {min(unknown)!r}, which it was not asked about."
            raise SummariserError(msg)
        missing = unwritten("the program gave no answer for this article")
        return [answers.get(a.id, missing) for a in articles]


def _can_be_given(words: str) -> bool:
    try:
        return b"\0" not in os.fsencode(words)
    except UnicodeEncodeError:
        return False


def _ask(part: Command, text: str) -> str:
    """Return what the program writes when it is given a text; raise SummariserError if it fails."""
    try:
        done = _run(shlex.split(part.run), text.encode(), part.seconds)
    except OSError as error:
        msg = f"{part.run!r} cannot be started: {error.strerror}. Give a program that can."
        raise SummariserError(msg) from None
    except subprocess.TimeoutExpired:
        msg = f"{part.run!r} took over {part.seconds:g} s for a batch. Raise seconds=, or mend it."
        raise SummariserError(msg) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-3:]
        msg = (
            f"{part.run!r} ended with exit code {done.returncode}: "
            f"{' / '.join(said) or 'nothing on stderr'}"
        )
        raise SummariserError(msg)
    try:
        return done.stdout.decode()
    except UnicodeDecodeError as error:
        msg = (
            f"{part.run!r} wrote the byte {done.stdout[error.start]:#04x}, which is not UTF-8. "
            "Write UTF-8, or JSON with its escapes."
        )
        raise SummariserError(msg) from None


def _run(words: list[str], given: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    """Run a program to its end; where it must be stopped, so are the programs it has started."""
    with subprocess.Popen(  # noqa: S603 - running the person's own program is what this is for
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(given, timeout=seconds)
        except BaseException:  # Ctrl-C among them
            with suppress(ProcessLookupError, PermissionError):  # it ended just now
                os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def _answers(part: Command, output: str) -> dict[str, Summary]:
    """Read the program's lines; only a line feed ends one, for JSON may hold other line ends."""
    found: dict[str, Summary] = {}
    for number, line in enumerate(output.split("\n"), 1):
        if not line.strip():
            continue
        article, summary = _answer(part, line, number)
        if article in found:
            msg = f"{part.run!r} answered twice for {article!r}. Write one line for each article."
            raise SummariserError(msg)
        found[article] = summary
    return found


def _answer(part: Command, line: str, number: int) -> tuple[str, Summary]:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        answer = None
    match answer:
        case {"id": str(article), "error": str(reason)} if reason:
            return article, unwritten(reason)
        case {"id": str(article), "summary": str(text)}:
            return article, Summary(text) if text.strip() else unwritten("empty summary")
    msg = (
        f"{part.run!r} wrote {line[:80]!r} in line {number}. "
        'Write {"id": "...", "summary": "..."} a line, or {"id": "...", "error": "..."}.'
    )
    raise SummariserError(msg)


SUMMARISER: type[Summariser] = Command
