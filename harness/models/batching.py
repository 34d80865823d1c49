"""Articles in batches of like length, and what becomes of a batch that fails.

Padding is wasted work, so articles are sorted by length first; a budget of tokens, not a number of
articles, bounds the memory. docs/models.md has what that gains.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.errors import HarnessError

T = TypeVar("T")

_SHORT = ("out of memory", "can't allocate memory", "alloc_failed")
"""How allocators say it that raise a plain RuntimeError: Apple's, the CPU's, cuBLAS's."""

_ENOUGH = 8
"""Rows from which a CPU gains little by more: from there on, padding decides."""

Batch = tuple[int, ...]
"""Positions of the articles that are written about together."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was written, and whether memory was what it lacked."""

    reason: str
    memory: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What articles weigh: tokens read and, beam by beam, tokens written."""

    lengths: Sequence[int]
    written: int
    beams: int

    def of(self, batch: Batch) -> int:
        """Return the tokens that a batch holds at most, padding included."""
        return len(batch) * (max(self.lengths[i] for i in batch) + self.written) * self.beams

    def padding(self, batch: Batch) -> float:
        """Return which share of what a batch reads is padding."""
        read = [self.lengths[i] for i in batch]
        return 1 - sum(read) / (len(read) * max(read)) if any(read) else 0.0


def plan(load: Load, budget: int, padding: float = 1.0) -> list[Batch]:
    """Return every position once, longest first, in batches within the budget or of one.

    A batch of eight grows only while no greater share of it than ``padding`` is padding.

    >>> plan(Load([3, 9, 4, 8], written=1, beams=1), budget=20)
    [(1, 3), (2, 0)]
    """
    batches: list[Batch] = []
    for position in sorted(range(len(load.lengths)), key=lambda i: -load.lengths[i]):
        wider = (*batches[-1], position) if batches else (position,)
        room = batches and load.of(wider) <= budget
        if room and (len(wider) <= _ENOUGH or load.padding(wider) <= padding):
            batches[-1] = wider
        else:
            batches.append((position,))
    return batches


@dataclass(slots=True)
class Driver(Generic[T]):
    """Runs batches; one that fails is run again in halves, down to the article that fails alone.

    Where memory was short, later batches are kept below what did not fit. ``recover`` is called
    then, once nothing of what failed is held any more.
    """

    run: Callable[[Batch], Sequence[T]]
    load: Load
    recover: Callable[[], None]
    ceiling: float = float("inf")

    def all(self, batches: Sequence[Batch]) -> Mapping[int, T | Failure]:
        """Return, by position, what came of every article."""
        pending, done = deque(batches), dict[int, T | Failure]()
        while pending:
            batch = pending.popleft()
            outcome = self._attempt(batch)
            if not isinstance(outcome, Failure):
                done.update(zip(batch, outcome, strict=True))
            elif len(batch) == 1:
                done[batch[0]] = outcome
            else:
                middle = (len(batch) + 1) // 2
                pending.extendleft((batch[middle:], batch[:middle]))
        return done

    def _attempt(self, batch: Batch) -> Sequence[T] | Failure:
        if len(batch) > 1 and self.load.of(batch) > self.ceiling:
            return Failure("more than fitted before", memory=True)
        outcome = attempt(lambda: self.run(batch))
        if isinstance(outcome, Failure) and outcome.memory:
            self.ceiling = min(self.ceiling, self.load.of(batch) / 2)
            self.recover()
        return outcome


def attempt(act: Callable[[], T]) -> T | Failure:
    """Return what an act returns, or why it failed; errors of harness itself pass through."""
    try:
        return act()
    except HarnessError:
        raise
    except Exception as error:  # whatever a model's code may raise about one text
        return Failure(_said(error), _memory(error))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _memory(error: Exception) -> bool:
    names = {kind.__name__ for kind in type(error).__mro__}
    told = str(error).lower()
    return bool(names & {"OutOfMemoryError", "MemoryError"}) or any(s in told for s in _SHORT)
