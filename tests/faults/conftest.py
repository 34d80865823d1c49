"""What a run holds, whatever happened while it was made."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import api
from harness.engines.local import Local
from harness.parts import Metric
from harness.runs import Run
from tests.faults.parts import ARTICLES, METRICS, Faulty


def content(run: Run) -> dict[str, str]:
    """Return a digest of every summary and score that is kept, by its place in its run."""
    return {
        str(path.relative_to(run.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in run.folder.rglob("*.parquet")
    }


def ended(part: Faulty, runs: Path, workers: int = 0) -> Run:
    """Evaluate a candidate, hold that its run is complete and return it."""
    [run] = api.evaluate(
        ARTICLES, {"x": part}, METRICS, runs=runs, engine=Local(workers=workers)
    ).runs
    assert run.record.status == "complete"
    assert run.summaries_kept.count() == len(ARTICLES)
    return run


def failure(
    part: Faulty, runs: Path, workers: int = 0, metrics: tuple[str | Metric, ...] = METRICS
) -> str:
    """Evaluate a candidate, hold that it fails and return what is said of it."""
    engine = Local(workers=workers)
    done = api.evaluate(ARTICLES, {"x": part}, metrics, runs=runs, engine=engine)
    return str(done.failed["x"])


def words(*given: str | Path | int) -> list[str]:
    """Return the command that evaluates in a process of its own."""
    program = "from tests.faults.parts import main; main()"  # so that workers find the candidate
    return [sys.executable, "-c", program, *map(str, given)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a place for runs on a file system of its own, of 1 MB, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a file system, which this test fills")
    try:
        yield place
    finally:
        while not subprocess.run(["umount", place], capture_output=True, check=False).returncode:
            pass
