"""A Ray cluster against worker processes: the same bytes, what it costs, and an actor killed.

    python -m bench.ray [--articles 100000] [--workers 2] [--kills 1]

Short made-up articles are summarised by lead and scored by rouge and length, first by worker
processes and then by as many actors of a cluster on this machine. In a second run there one actor
is killed (kill -9) at a random moment, or several at several. All runs must be identical.
"""

import argparse
import hashlib
import logging
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bench.large import articles
from harness import api
from harness.engines.local import Local
from harness.engines.ray import Ray
from harness.parts import Engine, Worksite
from harness.records import Article
from harness.runs import Run

METRICS = ("rouge", "length")


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine that was opened before, so that its start is timed by itself."""

    site: Worksite

    def open(self) -> AbstractContextManager[Worksite]:
        """Return the site as it is."""
        return nullcontext(self.site)


def evaluated(count: int, runs: Path, engine: Engine) -> tuple[Run, float]:
    """Return the run of lead over so many articles and the seconds that it took."""
    corpus = (
        Article(str(a["id"]), str(a["text"]), tuple(map(str, _listed(a["references"]))))
        for a in articles(count)
    )
    began = time.perf_counter()
    done = api.evaluate(corpus, {"lead": "lead(sentences=1)"}, METRICS, runs=runs, engine=engine)
    if done.failed:
        sys.exit(str(done.failed["lead"]))
    return done.runs[0], time.perf_counter() - began


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def content(run: Run) -> dict[str, str]:
    """Return a digest of every summary and score that is kept, by its place in the run."""
    return {
        str(path.relative_to(run.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in run.folder.rglob("*.parquet")
    }


def actors(process: int) -> list[int]:
    """Return the actors of Ray Data among all processes that a process has started."""
    found = []
    for child in _started(process):
        title = _read(Path(f"/proc/{child}/cmdline"))
        found += [child] if title.startswith("ray::MapWorker") else actors(child)
    return found


def _started(process: int) -> list[int]:
    return [int(p) for p in _read(Path(f"/proc/{process}/task/{process}/children")).split()]


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


class Killer(threading.Thread):
    """Kills an actor each time that so many articles have a summary."""

    def __init__(self, runs: Path, moments: Sequence[int]) -> None:
        super().__init__(daemon=True)
        self.runs, self.moments = runs, moments
        self.killed = 0
        self.done = threading.Event()

    def run(self) -> None:
        """Wait, and kill."""
        for moment in self.moments:
            while not (self._written() >= moment and (there := actors(os.getpid()))):
                if self.done.wait(0.02):
                    return
            os.kill(there[moment % len(there)], signal.SIGKILL)
            self.killed += 1

    def _written(self) -> int:
        names = [path.stem for path in self.runs.glob("*/summaries/*.parquet")]
        return sum(int(stop) - int(start) for start, _, stop in (n.partition("-") for n in names))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=1)
    given = parser.parse_args()
    logging.basicConfig(format="%(message)s", stream=sys.stdout)
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), given.articles, given.workers, given.kills)


def measure(folder: Path, count: int, workers: int, kills: int) -> None:
    """Print what both engines took and whether they left the same."""
    local, local_seconds = evaluated(count, folder / "local", Local(workers=workers))
    print(f"local, {workers} workers: {count:,} articles in {local_seconds:.1f} s", flush=True)
    began = time.perf_counter()
    with Ray("local", workers=workers).open() as site:
        start = time.perf_counter() - began
        whole, whole_seconds = evaluated(count, folder / "ray", Opened(site))
        rng = random.Random(5)  # noqa: S311 - a draw, not a secret
        killer = Killer(folder / "killed", sorted(rng.sample(range(1, count * 3 // 4), kills)))
        killer.start()
        killed, killed_seconds = evaluated(count, folder / "killed", Opened(site))
        killer.done.set()
        killer.join()
    if killer.killed < kills:
        sys.exit(f"{killer.killed} of {kills} actors were killed in time: give more --articles.")
    for run, seconds, how in (
        (whole, whole_seconds, "undisturbed"),
        (killed, killed_seconds, f"kill -9 of an actor, times {kills}"),
    ):
        same = "identical" if content(run) == content(local) else "DIFFERENT"
        print(
            f"ray, {workers} actors, {how}: {seconds:.1f} s, {seconds / local_seconds:.2f} times "
            f"local; {run.record.status}, {run.summaries_kept.count():,} summaries, {same}"
        )
    print(f"starting the cluster took {start:.1f} s besides")


if __name__ == "__main__":
    main()
