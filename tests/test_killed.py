"""A run survives kill -9 at any moment, and ends with the same bytes as an undisturbed one."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness import api
from harness.engines.local import Local
from harness.records import Article, Summary


@dataclass(frozen=True)
class Slow:
    batch: ClassVar[int] = 3

    def signature(self) -> str:
        return "slow"

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        time.sleep(0.03)
        return [Summary("Short: " + a.text[:20]) for a in articles]


articles = [Article(f"a{i:03}", f"Text number {i}. " * 5, (f"Number {i}.",)) for i in range(60)]



def main(runs: str, workers: int) -> None:
    engine = Local(workers=workers)
    metrics = ["length", "repetition"]
    done = api.evaluate(articles, {"slow": Slow()}, metrics, runs=runs, engine=engine)
    print(done.runs[0].record.status)
"""
PROGRAM = "import slow, sys; slow.main(sys.argv[1], int(sys.argv[2]))"  # workers import it too


def start(script: Path, runs: Path, workers: int = 0) -> "subprocess.Popen[bytes]":
    """Start an evaluation as a process of its own, with so many workers."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(runs), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(script.parent)},
    )


def content(runs: Path) -> dict[str, str]:
    """Return a digest of every summary and score that is kept, by its place in its run."""
    [run] = [path.parent for path in runs.glob("*/run.json")]
    return {
        str(path.relative_to(run)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in run.rglob("*.parquet")
    }


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the evaluation as a file."""
    path = tmp_path_factory.mktemp("killed") / "slow.py"
    path.write_text(SCRIPT)
    return path


@pytest.fixture(scope="module")
def undisturbed(script: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what an undisturbed evaluation leaves behind."""
    runs = tmp_path_factory.mktemp("undisturbed")
    with start(script, runs) as process:
        assert process.communicate()[0] == b"complete\n"
    return content(runs)


POINTS = random.Random(7)  # noqa: S311 - a draw, not a secret
KILLS = [(shards, workers) for workers in (0, 2) for shards in sorted(POINTS.sample(range(20), 5))]
"""Ten random moments, told by how many files of summaries are there, five of them with workers."""


@pytest.mark.slow
@pytest.mark.parametrize(("shards", "workers"), KILLS)
def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(
    script: Path, undisturbed: dict[str, str], tmp_path: Path, shards: int, workers: int
) -> None:
    """After kill -9 when some shards are written, the same command completes the same run."""
    with start(script, tmp_path, workers) as process:
        while process.poll() is None and len(list(tmp_path.glob("*/summaries/0*"))) < shards:
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with start(script, tmp_path, workers) as process:
        assert process.communicate() == (b"complete\n", b"")
    assert content(tmp_path) == undisturbed


def test_ctrl_c_is_told_and_the_run_goes_on(script: Path, tmp_path: Path) -> None:
    """After SIGINT the run says that it was interrupted; the same command completes it."""
    with start(script, tmp_path) as process:
        while not list(tmp_path.glob("*/summaries/0*")):
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        process.wait()
    [record] = tmp_path.glob("*/run.json")
    assert '"status": "interrupted"' in record.read_text()
    with start(script, tmp_path) as process:
        assert process.communicate()[0] == b"complete\n"
    assert '"status": "complete"' in record.read_text()
