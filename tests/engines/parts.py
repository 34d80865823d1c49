"""Summarisers and metrics that misbehave as processes do, to be had in a worker process."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from harness.parts import Need
from harness.records import Article, Column, Item, Scores, Summary


def act(what: str, folder: str) -> None:
    """Do to this process what a fault would do to it."""
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "die once":
        marker = Path(folder) / "died"
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        time.sleep(600)
    if what == "rest":
        time.sleep(0.02)


@dataclass(frozen=True)
class Odd:
    """Writes the beginning of an article; does ``what`` first, where the id is in ``on``."""

    what: str = ""
    on: tuple[str, ...] = ()
    folder: str = ""

    batch: ClassVar[int] = 3

    def signature(self) -> str:
        """Return the same whatever it does: the texts do not depend on it."""
        return "odd"

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Write, after what is to be done."""
        for article in articles:
            if article.id in self.on or self.on == ("all",):
                act(self.what, self.folder)
        few = self.what == "too few" and any(a.id in self.on for a in articles)
        return [Summary(f"Short: {a.text[:20]}") for a in articles][few:]


@dataclass(frozen=True)
class OddMetric:
    """Counts letters; does ``what`` first, where the article's id is ``on``."""

    what: str
    on: str

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return the letters."""
        return (Column("letters", "letters"),)

    def signature(self) -> str:
        """Return the same whatever it does."""
        return "odd-metric"

    def score(self, items: Sequence[Item]) -> Scores:
        """Count, after what is to be done."""
        for item in items:
            if item.article.id == self.on:
                act(self.what, "")
        return Scores({"letters": np.array([len(i.summary) for i in items], float)})
