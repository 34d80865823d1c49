"""Two evaluations of the same candidate at once: one works, the other is told who does."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import content, ended, failure, words
from tests.faults.parts import Faulty


@contextmanager
def working(runs: Path, workers: int) -> Iterator["subprocess.Popen[str]"]:
    """Start an evaluation and wait until it is at article 20, where it stays."""
    command = words(runs, workers, "slow")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 30
            while len(list(runs.glob("*/summaries/*.parquet"))) < 6:
                assert time.monotonic() < deadline, "waited for 30 seconds"
                time.sleep(0.02)
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_the_second_is_told_who_works_and_may_follow(tmp_path: Path, workers: int) -> None:
    """While the first lives the second does nothing; once it is killed, the second completes."""
    runs = tmp_path / "runs"
    with working(runs, workers) as first:
        told = failure(Faulty(), runs, workers)
        assert f"is being written by process {first.pid} on" in told
        assert "what it has finished is kept" in told
        first.send_signal(signal.SIGKILL)
        first.wait()
        run = ended(Faulty(), runs, workers)
    assert content(run) == content(ended(Faulty(), tmp_path / "other"))
    assert len(list(runs.glob("*/run.json"))) == 1


def test_the_first_is_not_disturbed_by_the_second(tmp_path: Path) -> None:
    """Of several that begin together one completes; the others say that, or find it complete."""
    runs = tmp_path / "runs"
    several = [
        subprocess.Popen(words(runs, 0, ""), stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [process.communicate()[0].strip() for process in several]
    assert "complete" in said
    assert all(s == "complete" or "is being written by process" in s for s in said)
    assert content(ended(Faulty(), runs)) == content(ended(Faulty(), tmp_path / "other"))
    assert len(list(runs.glob("*/run.json"))) == 1
