"""Disks that fill, turn read-only or refuse large files: what was finished is kept."""

import subprocess
from pathlib import Path

import pytest

from tests.faults.conftest import content, ended, failure, words
from tests.faults.parts import Faulty

LARGE = 60_000
"""Letters of a summary: 40 of them do not fit on the disk of these tests."""
WORKERS = pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.slow)])


@WORKERS
def test_a_disk_that_fills_costs_no_finished_work(disk: Path, tmp_path: Path, workers: int) -> None:
    """The message says that the disk is full; with more room the run ends as if never disturbed."""
    part = Faulty(size=LARGE)
    told = failure(part, disk, workers)
    assert "the disk is full. Free some space, then run the same command again." in told
    kept = len(list(disk.glob("*/summaries/*.parquet")))
    assert kept > 3
    subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
    run = ended(part, disk, workers)
    assert content(run) == content(ended(part, tmp_path / "undisturbed"))
    assert len(list(disk.glob("*/run.json"))) == 1
    assert not list(disk.rglob("*.partial"))


@WORKERS
def test_a_folder_that_turns_read_only_costs_no_finished_work(
    disk: Path, tmp_path: Path, workers: int
) -> None:
    """The message says so and what to do; once it can be written, the run goes on."""
    told = failure(Faulty("read-only", folder=str(disk)), disk, workers)
    assert "the file system is read-only." in told
    subprocess.run(["umount", disk], check=True)
    assert len(list(disk.glob("*/summaries/*.parquet"))) > 3
    run = ended(Faulty(), disk, workers)
    assert content(run) == content(ended(Faulty(), tmp_path / "undisturbed"))
    assert len(list(disk.glob("*/run.json"))) == 1


@WORKERS
def test_a_limit_on_the_size_of_files_is_told(tmp_path: Path, workers: int) -> None:
    """What the system refuses is told in its words, and the run goes on without the limit."""
    runs = tmp_path / "runs"
    done = subprocess.run(
        words(runs, workers, "too long", 3000), capture_output=True, text=True, check=True
    )
    assert "a file may not be that large here" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert content(ended(Faulty(), runs, workers)) == content(ended(Faulty(), tmp_path / "other"))
