"""A candidate and a metric with the faults that anybody's code may have."""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from harness import api
from harness.engines.local import Local
from harness.parts import Need
from harness.records import Article, Column, Item, Scores, Summary

ARTICLES = [Article(f"a{i:03}", f"Text number {i}. " * 5, (f"Number {i}.",)) for i in range(40)]
METRICS = ("length", "repetition")


def noise(seed: str, size: int) -> str:
    """Return text that no compression makes much smaller, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - made-up text, no secret
    return rng.randbytes(size // 2).hex()


@dataclass(frozen=True)
class Faulty:
    """Writes ``size`` letters of noise; at article ``at`` it has its fault."""

    fault: str = ""
    at: str = "a020"
    folder: str = ""
    size: int = 200

    batch: ClassVar[int] = 3

    def signature(self) -> str:
        """Return the same whatever the fault is: what is written does not depend on it."""
        return f"faulty|{self.size}"

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Write, with what goes wrong."""
        return [self._one(article) for article in articles]

    def _one(self, article: Article) -> Summary:
        if self.fault == "one in ten" and article.id.endswith("3"):
            raise LookupError(article.id)
        if article.id == self.at:
            match self.fault:
                case "too long":
                    return Summary("word " * 2_000_000)
                case "nothing":
                    return None  # type: ignore[return-value] # that is the fault
                case "too much memory":
                    _exceed_memory()
                case "read-only":
                    _turn_read_only(Path(self.folder))
                case "slow":
                    time.sleep(600)
        return Summary(f"Short {article.id}. {noise(article.id, self.size)}")


def _exceed_memory() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    allowed = pages * resource.getpagesize() + 200_000_000
    resource.setrlimit(resource.RLIMIT_AS, (allowed, before[1]))
    try:
        bytearray(1_000_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _turn_read_only(folder: Path) -> None:
    marker = folder.parent / "turned"
    if not marker.exists():
        marker.touch()
        subprocess.run(["mount", "-o", "bind,ro", folder, folder], check=True)


@dataclass(frozen=True)
class FaultyMetric:
    """Counts letters, unless it has its fault."""

    fault: str = ""

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return the letters."""
        return (Column("letters", "letters"),)

    def signature(self) -> str:
        """Return the same whatever the fault is."""
        return "faulty-metric"

    def score(self, items: Sequence[Item]) -> Scores:
        """Count, with what goes wrong."""
        if self.fault == "raises":
            raise LookupError(items[0].article.id)
        counts = np.array([len(i.summary) for i in items], float)
        if self.fault == "nan":
            counts[0] = np.nan
        return Scores({"letters": counts})


def main() -> None:
    """Evaluate in a process of its own: RUNS WORKERS FAULT [LARGEST FILE IN BYTES]."""
    runs, workers, fault, *most = sys.argv[1:]
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most[0]), resource.RLIM_INFINITY))
    done = api.evaluate(
        ARTICLES,
        {"x": Faulty(fault)},
        METRICS,
        runs=Path(runs),
        engine=Local(workers=int(workers)),
    )
    told = [*map(str, done.failed.values()), *(run.record.status for run in done.runs)]
    sys.stdout.write("\n".join(told) + "\n")
