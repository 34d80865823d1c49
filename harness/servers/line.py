"""The line to a server: requests that are tried again where that can help, and what they bring."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from harness.servers.failures import Failure, Kind, content
from harness.servers.key import Key
from harness.servers.transport import exchange
from harness.servers.waits import Waits

if TYPE_CHECKING:
    import httpx

_AGAIN: frozenset[Kind] = frozenset({"busy", "dropped", "slow", "away"})
_SLOW = 2
"""Timeouts of one request: what took too long twice would take too long for ever."""


@dataclass(frozen=True, slots=True)
class Line:
    """A client and how patient it is: ``timeout`` seconds for each of 1 + ``retries`` attempts."""

    sender: "httpx.AsyncClient"
    key: Key
    timeout: float
    retries: int
    waits: Waits

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Return the JSON that a body is answered with, or the Failure that remained."""
        return await self._persist(path, body, self.retries)

    async def get(self, path: str, retries: int) -> Any:
        """Return the JSON at a path, or the Failure that remained."""
        return await self._persist(path, None, min(retries, self.retries))

    async def _persist(self, path: str, body: Mapping[str, Any] | None, retries: int) -> Any:
        slow = 0
        for attempt in count():
            got = await exchange(self.sender, self.timeout, path, body)
            found = got if isinstance(got, Failure) else content(got)
            if not isinstance(found, Failure):
                return found
            slow += found.kind == "slow"
            if found.kind not in _AGAIN or attempt == retries or slow == _SLOW:
                return replace(found, reason=self.key.scrub(found.reason))
            await self.waits.pause(self.waits.seconds(attempt, found.wait))
        raise AssertionError  # count() has no end
