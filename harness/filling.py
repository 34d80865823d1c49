"""One range of one run, filled: what is missing of it is written and kept, batch by batch.

Whichever process does it, and however often it is begun, the same files are left behind. A batch
that ended its process or took too long is tried again, then article by article, and an article that
does so alone gets a reason instead of a summary or a score.
"""

import math
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from harness import scoring, spec
from harness.parts import Metric, Summariser
from harness.records import Scores, unwritten
from harness.runs import Run
from harness.runs.run import metric_folder
from harness.runs.shards import LARGEST, Shards
from harness.summarising import summarise_batch

SUMMARIES = "summaries"

_SHARES = 4
"""Ranges for each worker, at least where batches are small: the slowest must not come last."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles ``start`` to before ``stop``, handed over in one call.

    ``what`` is made of them: the summaries, or the scores in the folder of a metric.
    """

    what: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A batch that did not come back, and why; ``certain`` says that it would not another time.

    A process that died may have been ended by somebody else; one that took too long will again.
    """

    batch: Batch
    reason: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A range of articles to fill, and the trouble that it made before."""

    start: int
    stop: int
    troubles: tuple[Trouble, ...] = ()

    def hopeless(self, batch: Batch) -> str | None:
        """Return why a batch must not be tried as a whole once more, if that is so."""
        own = [t for t in self.troubles if t.batch == batch]
        return own[-1].reason if len(own) > 1 or any(t.certain for t in own) else None

    def singly(self, what: str, start: int, stop: int) -> bool:
        """Tell whether articles belong to a batch that must be tried one article at a time."""
        held = [t.batch for t in self.troubles if t.batch.what == what]
        return any(b.start <= start and stop <= b.stop and self.hopeless(b) for b in held)


class Watch(Protocol):
    """Somebody who is told how far a range is."""

    def began(self, batch: Batch) -> None:
        """Hear that a batch is handed over."""
        ...

    def ended(self, batch: Batch) -> None:
        """Hear that what came of a batch is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Filling:
    """A run and what fills it: a candidate, None where its summaries are all there, and metrics.

    The metrics are by the folder of their scores, which is told once: a metric's signature may have
    to be asked of a server, or hashed from a model's weights.
    """

    run: Run
    part: Summariser | None
    metrics: Mapping[str, Metric]

    @property
    def alone(self) -> bool:
        """Whether some part takes all cores by itself, so that a second process gains nothing."""
        return any(getattr(part, "alone", False) for part in self._parts())

    def _parts(self) -> list[Summariser | Metric | None]:
        return [self.part, *self.metrics.values()]

    def kept(self) -> list[Shards]:
        """Return what there is to fill: the summaries, then the scores of each metric."""
        scores = [self.run.scores_kept(folder) for folder in self.metrics]
        return scores if self.part is None else [self.run.summaries_kept, *scores]

    def orders(self, workers: int) -> list[Order]:
        """Return the ranges in which anything is missing, some for each of so many workers.

        Every batch lies within one range, so that batches are the same in any number of workers.
        """
        total, size = self.run.record.corpus.articles, self._size(workers)
        gaps = (gap for table in self.kept() for gap in table.missing(0, total, LARGEST))
        starts = {at for a, b in gaps for at in range(a - a % LARGEST % size, b, size)}
        return [
            Order(at, min(at + size, at - at % LARGEST + LARGEST, total)) for at in sorted(starts)
        ]

    def _size(self, workers: int) -> int:
        own = [] if self.part is None else [self.run.record.batch]
        grain = math.lcm(*own, *(m.batch for m in self.metrics.values() if hasattr(m, "batch")))
        shares = -(-self.run.record.corpus.articles // (_SHARES * max(workers, 1)))
        return min(LARGEST, -(-shares // grain) * grain)

    def fill(self, order: Order, watch: Watch) -> None:
        """Write what is missing of a range: summaries first, then scores."""
        if self.part is not None:
            self._summarise(self.part, order, watch)
        for folder, metric in self.metrics.items():
            self._score(folder, metric, order, watch)

    def _summarise(self, part: Summariser, order: Order, watch: Watch) -> None:
        run = self.run
        for batch in _batches(SUMMARIES, run.summaries_kept, run.record.batch, order):
            watch.began(batch)
            articles = run.snapshot.articles(batch.start, batch.stop)
            reason = _given_up(order, batch)
            began = time.perf_counter()
            summaries = [unwritten(reason)] if reason else summarise_batch(part, articles)
            seconds = time.perf_counter() - began
            run.add_summaries(batch.start, [a.id for a in articles], summaries)
            run.add_timing(SUMMARIES, batch.start, batch.stop, seconds)
            watch.ended(batch)

    def _score(self, folder: str, metric: Metric, order: Order, watch: Watch) -> None:
        run = self.run
        size = getattr(metric, "batch", LARGEST)
        for batch in _batches(folder, run.scores_kept(folder), size, order):
            watch.began(batch)
            articles = run.snapshot.articles(batch.start, batch.stop)
            reason = _given_up(order, batch)
            began = time.perf_counter()
            if reason:
                zeros = {c.name: np.zeros(1) for c in metric.columns()}
                scores = Scores(zeros, {0: reason})
            else:
                summaries = run.summaries(batch.start, batch.stop)
                scores = scoring.score_batch(metric, articles, summaries)
            run.add_scores(folder, batch.start, [a.id for a in articles], scores)
            run.add_timing(folder, batch.start, batch.stop, time.perf_counter() - began)
            watch.ended(batch)


def _batches(what: str, kept: Shards, size: int, order: Order) -> Iterator[Batch]:
    for a, b in kept.missing(order.start, order.stop, size):
        step = 1 if order.singly(what, a, b) else b - a
        yield from (Batch(what, start, start + step) for start in range(a, b, step))


def _given_up(order: Order, batch: Batch) -> str | None:
    return order.hopeless(batch) if batch.stop - batch.start == 1 else None


def by_folder(metrics: Iterable[Metric]) -> dict[str, Metric]:
    """Return metrics by the folder in which their scores are kept: name and signature."""
    return {metric_folder(spec.name_of(m), m.signature()): m for m in metrics}
