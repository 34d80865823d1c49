"""`python -m fuzz`: every target in turn, each in its own process, for a bounded time.

Prints executions and crashes, and exits with 1 where there was a crash; the input of each is kept.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
TARGETS = sorted(path.stem for path in (Path(__file__).parent / "targets").glob("[a-z]*.py"))
_GRACE = 60
"""Seconds beyond those asked for: imports, the last input, and a hang being noticed."""
_COUNTED = re.compile(r"stat::number_of_executed_units:\s+(\d+)|Done (\d+) runs")
_WHY = re.compile(r"Uncaught Python exception: ===\n(.*)|ERROR: libFuzzer: (.*)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of fuzzing a target: how many executions, and the crash that ended it."""

    executions: int
    crash: str | None


def main(words: Sequence[str] | None = None) -> int:
    """Fuzz what is asked for; return 1 if anything crashed."""
    asked = _asked(words)
    asked.crashes.mkdir(parents=True, exist_ok=True)
    crashed = 0
    for name in asked.targets or TARGETS:
        found = _fuzz(name, asked.seconds, asked.crashes)
        _say(f"{name:12} {found.executions:9,} executions  {found.crash or 'no crash'}")
        crashed += found.crash is not None
    _say(f"{crashed} crashes" + (f"; inputs are in {asked.crashes}" if crashed else ""))
    return int(crashed > 0)


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    reader.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    reader.add_argument("--seconds", type=int, default=20, help="for each target")
    reader.add_argument("--crashes", type=Path, default=Path("build/fuzz"), help="folder of inputs")
    asked = reader.parse_args(words)
    unknown = [name for name in asked.targets if name not in TARGETS]
    if unknown:
        reader.error(f"there is no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    return asked


def _fuzz(name: str, seconds: int, crashes: Path) -> Outcome:
    """Fuzz one target in its own process, with a folder of its own that goes afterwards."""
    with TemporaryDirectory(prefix="fuzz-", dir=_memory()) as place:
        words = [sys.executable, "-m", "fuzz.one", name]
        words += [f"-max_total_time={seconds}", f"-artifact_prefix={crashes.resolve()}/{name}-"]
        try:
            done = subprocess.run(  # noqa: S603 - this Python, on a target of this folder
                words,
                cwd=ROOT,
                env=os.environ | {"TMPDIR": place, "OMP_NUM_THREADS": "1"},
                capture_output=True,
                timeout=seconds + _GRACE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            return Outcome(_counted((error.stderr or b"").decode(errors="replace")), "no end")
    return _outcome(done.returncode, (done.stdout + done.stderr).decode(errors="replace"))


def _memory() -> Path | None:
    """Return a folder in memory, where there is one: targets write files all the time."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return shared if shared.is_dir() else None


def _outcome(code: int, said: str) -> Outcome:
    if code == 0:
        return Outcome(_counted(said), None)
    why = _WHY.search(said)
    crash = (why[1] or why[2]) if why else (said.strip().splitlines() or ["nothing said"])[-1]
    return Outcome(_counted(said), f"exit code {code}: {crash[:200]}")


def _counted(said: str) -> int:
    return max((int(m[1] or m[2]) for m in _COUNTED.finditer(said)), default=0)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
