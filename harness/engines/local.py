"""This machine: one process, or worker processes that share the ranges of a run.

Each worker reads its articles and keeps its results itself, so that nothing but positions passes
between processes; a file is named after the articles it holds, so that the run's bytes are the same
in any number of workers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from harness.engines._crew import Crew
from harness.errors import UsageError
from harness.filling import Filling, Order, Watch
from harness.models.device import default_threads, spare_cores
from harness.parts import Engine, Worksite


@dataclass(frozen=True, slots=True)
class Local:
    """``workers`` processes, or 0 to work in this one; ``limit`` seconds for a batch, or no limit.

    By default there are as many workers as there are cores to spare and thousands of articles, and
    none where that is one: a process of its own gains nothing then. A part that takes all cores by
    itself, such as a local model, gets one. Workers and their threads together never take more
    than all cores but one, unless more workers are asked for than that.

    A batch that exceeds the limit, or ends its process twice, is tried article by article; an
    article that does so alone gets a reason instead of a summary or a score.
    """

    workers: int | None = None
    limit: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no machine can do."""
        if self.workers is not None and self.workers < 0:
            msg = f"local(workers={self.workers}) is not possible: give 0 or more."
            raise UsageError(msg)
        if self.limit is not None and not self.limit > 0:
            msg = f"local(limit={self.limit}) is not possible: give seconds above 0."
            raise UsageError(msg)
        if self.workers == 0 and self.limit is not None:
            msg = "local(workers=0, limit=...) is not possible: only another process can be ended."
            raise UsageError(msg)

    @contextmanager
    def open(self) -> Iterator[Worksite]:
        """Keep workers for the block, from one run to the next."""
        site = _Site(self)
        try:
            yield site
        finally:
            site.close()

    def share(self, filling: Filling) -> tuple[int, list[Order]]:
        """Return how many workers fill a run, 0 being this process itself, and their orders."""
        most = self.workers
        if most is None:
            most = 1 if filling.alone else spare_cores()
        orders = filling.orders(most)
        if self.workers is not None:
            return most, orders
        useful = min(most, len(orders))
        return 0 if useful == 1 and self.limit is None else useful, orders


@dataclass(slots=True)
class _Site:
    engine: Local
    crew: Crew | None = field(default=None, init=False)

    def fill(self, filling: Filling, watch: Watch) -> None:
        count, orders = self.engine.share(filling)
        if count == 0:
            for order in orders:
                filling.fill(order, watch)
        elif orders:
            try:
                self._hired(count).fill(filling, orders, watch)
            except BaseException:
                self.close()  # what the others are still at belongs to a run that has ended
                raise

    def _hired(self, count: int) -> Crew:
        if self.crew is None or len(self.crew.workers) != count:
            self.close()
            threads = max(1, default_threads() // count)
            self.crew = Crew.hire(count, threads, self.engine.limit)
        return self.crew

    def close(self) -> None:
        if self.crew is not None:
            self.crew.dismiss()
            self.crew = None


ENGINE: type[Engine] = Local
