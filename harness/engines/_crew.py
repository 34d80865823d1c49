"""Worker processes and their orders: who does what, who is late, who died.

A process that dies or hangs costs the batch it had in hand, which is tried again by another. That
is why no pool of the standard library serves: one breaks and the other waits for ever.
"""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any

from harness.engines._messages import Began, Done, Ended, Failed, pack
from harness.errors import HarnessError
from harness.filling import Batch, Filling, Order, Trouble, Watch

_STILLBORN = 3
"""Processes in a row that may end before they begin a batch."""

Clock = Callable[[], float]


@dataclass(slots=True)
class Worker:
    """One process, with what it is doing."""

    process: subprocess.Popen[bytes]
    pipe: "Connection[Any, Any]"
    order: Order | None = None
    batch: Batch | None = None
    since: float = 0.0

    @classmethod
    def start(cls, threads: int) -> "Worker":
        """Start a process in a session of its own, so that Ctrl-C is for this one to handle."""
        ours, theirs = Pipe()
        process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "harness.engines._worker", str(theirs.fileno())],
            stdin=subprocess.PIPE,
            stdout=2,  # what parts print is no result
            env=os.environ | {"OMP_NUM_THREADS": str(threads), "PYTHONPATH": _path()},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        worker = cls(process, ours)
        worker.tell(sys.path)
        return worker

    def tell(self, what: object) -> None:
        """Send something; where the process has died, that is heard of next."""
        with suppress(OSError):
            self.pipe.send(what)

    def end(self) -> str:
        """End the process with all that it started, and say how it ended."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self.pipe.close()
        if self.process.stdin is not None:
            self.process.stdin.close()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _path() -> str:
    return os.pathsep.join(p for p in sys.path if p)


@dataclass(slots=True)
class Crew:
    """So many workers; ``limit`` is how many seconds a batch may take."""

    threads: int
    limit: float | None
    workers: list[Worker]
    clock: Clock = time.monotonic
    stillborn: int = field(default=0, init=False)

    @classmethod
    def hire(cls, count: int, threads: int, limit: float | None) -> "Crew":
        """Start the processes."""
        return cls(threads, limit, [Worker.start(threads) for _ in range(count)])

    def dismiss(self) -> None:
        """End all processes; what they have not kept is not kept."""
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    def fill(self, filling: Filling, orders: Sequence[Order], watch: Watch) -> None:
        """Have the orders carried out; raise what a part raises."""
        packed = pack(filling)
        waiting = deque(orders)
        for worker in self.workers:
            worker.tell(packed)
        while waiting or any(w.order for w in self.workers):
            self._hand_out(waiting)
            self._hear(watch, packed, waiting)

    def _hand_out(self, waiting: deque[Order]) -> None:
        for worker in self.workers:
            if worker.order is None and waiting:
                worker.order, worker.batch, worker.since = waiting.popleft(), None, self.clock()
                worker.tell(worker.order)

    def _hear(self, watch: Watch, packed: bytes, waiting: deque[Order]) -> None:
        ready = wait([w.pipe for w in self.workers], self._patience())
        for i, worker in enumerate(self.workers):
            if worker.pipe in ready:
                try:
                    message = worker.pipe.recv()
                except (EOFError, OSError):
                    self._replace(i, packed, waiting, certain=False)
                    continue
                self._note(worker, message, watch)
            elif self._is_late(worker):
                self._replace(i, packed, waiting, certain=True)

    def _note(self, worker: Worker, message: object, watch: Watch) -> None:
        self.stillborn = 0
        match message:
            case Began(batch):
                worker.batch, worker.since = batch, self.clock()
                watch.began(batch)
            case Ended(batch):
                worker.batch = None
                watch.ended(batch)
            case Done():
                worker.order = None
            case Failed(error):
                raise error

    def _patience(self) -> float | None:
        if self.limit is None:
            return None
        begun = [w.since for w in self.workers if w.batch]
        return max(0.0, min(begun) + self.limit - self.clock()) if begun else None

    def _is_late(self, worker: Worker) -> bool:
        if self.limit is None or worker.batch is None:
            return False
        return self.clock() - worker.since >= self.limit

    def _replace(self, i: int, packed: bytes, waiting: deque[Order], *, certain: bool) -> None:
        worker = self.workers[i]
        ended = worker.end()
        self._survive(worker, ended)
        self.workers[i] = Worker.start(self.threads)
        self.workers[i].tell(packed)
        if worker.order is None:
            return
        order = worker.order
        if worker.batch is not None:
            told = f"took longer than {self.limit:g} seconds" if certain else _died(ended)
            trouble = Trouble(worker.batch, told, certain)
            order = replace(order, troubles=(*order.troubles, trouble))
        waiting.appendleft(order)

    def _survive(self, worker: Worker, ended: str) -> None:
        """Raise HarnessError where no process lives long enough to do anything."""
        self.stillborn += worker.batch is None
        if self.stillborn > _STILLBORN:
            msg = (
                f"{self.stillborn} worker processes in a row ended ({ended}) before they began. "
                "What they wrote stands above; or work in this process: "
                "--engine 'local(workers=0)'."
            )
            raise HarnessError(msg)


def _died(ended: str) -> str:
    return f"its process ended each time ({ended}), as one does that needs too much memory"
