"""Clients of a scripted server that wait for nothing."""

from typing import Any

from harness.chat import Answer, Silence
from harness.servers.remote import Remote
from harness.servers.waits import Waits
from tests.servers.scripted import MODEL, Script, Scripted, question, serving

GOOD = Answer("The bridge closed.", cut=False, tokens_in=7, tokens_out=3)
"""What ``scripted.told()`` comes to."""


class Slept:
    """Waits that are counted and not waited for; the longest is drawn each time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def waits(self) -> Waits:
        """Return what a Remote is given."""
        return Waits(draw=lambda: 1.0, pause=self._pause)

    async def _pause(self, seconds: float) -> None:
        self.seconds.append(seconds)


def remote(server: Scripted, model: str = MODEL, **changes: Any) -> Remote:
    """Return a client of a scripted server that waits for nothing."""
    return Remote(server.url, model, **{"waits": Slept().waits(), "timeout": 5.0, **changes})


def asked(script: Script, count: int = 1, **changes: Any) -> list[Answer | Silence]:
    """Return what comes of so many questions to a script."""
    with serving(script) as server:
        return remote(server, **changes).ask([question(f"q{i}") for i in range(count)])
