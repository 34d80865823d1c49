"""How long to wait before a request is tried again: exponential backoff with full jitter.

Before attempt k + 1 the wait is drawn evenly from 0 to min(``longest``, ``first`` x 2^k) seconds
(Brooker 2015, "Exponential backoff and jitter"). A server that says Retry-After is left alone for
that long and, lest all come back at once, up to ``first`` more; never longer than ``longest``.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

Pause = Callable[[float], Awaitable[None]]


async def _sleep(seconds: float) -> None:
    import asyncio

    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits in seconds. ``draw`` returns numbers in [0, 1); they move no result, only moments."""

    first: float = 0.5
    longest: float = 60.0
    draw: Callable[[], float] = field(default_factory=lambda: Random().random, repr=False)  # noqa: S311 - no secret
    pause: Pause = field(default=_sleep, repr=False)

    def seconds(self, attempt: int, asked: float | None = None) -> float:
        """Return how long to wait after failed attempt ``attempt``, counted from 0."""
        if asked is not None:
            return min(asked + self.draw() * self.first, self.longest)
        return self.draw() * min(self.longest, self.first * 2.0 ** min(attempt, 60))
