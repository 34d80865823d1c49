"""A chat model behind any server that speaks the OpenAI API: vLLM, llama.cpp, Ollama and others."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from harness.chat import Answer, Ask, Chat, Silence
from harness.errors import SummariserError, UsageError
from harness.servers import key as keys
from harness.servers import listing
from harness.servers.address import address
from harness.servers.failures import Failure
from harness.servers.key import VARIABLE
from harness.servers.waits import Waits
from harness.signature import signature

if TYPE_CHECKING:
    from harness.servers.asking import Asking

T = TypeVar("T")

_LONGEST = 86_400.0
_MOST_IN_FLIGHT = 1024
_MOST_RETRIES = 100
_SIGNS_OF_LIFE = 2
"""Times that a list of models is asked for again: whoever has just mistyped a url waits for it."""


@dataclass(frozen=True, slots=True)
class Remote:
    """The model named ``model`` at ``url``, up to and with its ``/v1``.

    ``in_flight`` questions are on their way at once. Each attempt has ``timeout`` seconds in all,
    and one that can be repeated (429, 5xx, a broken connection, no answer) is, up to ``retries``
    times, after waits that ``waits`` draws. ``key`` names the environment variable that holds the
    server's key; the key itself is never kept.

    Raises UsageError for a url or number that cannot be, SummariserError for a server that cannot
    be reached, has no such model or refuses everything, and MissingExtraError without httpx.
    """

    url: str
    model: str
    in_flight: int = field(default=16, kw_only=True)
    timeout: float = field(default=120.0, kw_only=True)
    retries: int = field(default=5, kw_only=True)
    key: str = field(default=VARIABLE, kw_only=True)
    waits: Waits = field(default_factory=Waits, kw_only=True, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        address(self.url)
        keys.check_name(self.key)
        if not self.model.strip():
            msg = "model='' names no model. Give the name by which the server knows it."
            raise UsageError(msg)
        self._check("in_flight", 1 <= self.in_flight <= _MOST_IN_FLIGHT, f"1 to {_MOST_IN_FLIGHT}")
        self._check("retries", 0 <= self.retries <= _MOST_RETRIES, f"0 to {_MOST_RETRIES}")
        possible = 0 < self.timeout <= _LONGEST
        self._check("timeout", possible, f"above 0 and at most {_LONGEST:g} seconds")

    def _check(self, name: str, possible: bool, allowed: str) -> None:
        if not possible:
            msg = f"{name}={getattr(self, name)!r} is not possible: give {allowed}."
            raise UsageError(msg)

    def signature(self) -> str:
        """Return the model's name and what the server says of it: its weights cannot be hashed."""
        return signature("remote", model=self.model, **self.told(), v=1)

    def told(self) -> dict[str, str]:
        """Return what the server says of the model that stays the same, such as root and owner.

        A server that lists no models, or not this one, may have it all the same: ``listed: no``.
        """
        data = self._run(lambda asking: asking.line.get("models", _SIGNS_OF_LIFE))
        if isinstance(data, Failure) and not _is_unlisted(data):
            raise self._silent(data)
        listed = None if isinstance(data, Failure) else listing.models(data)
        if listed and self.model not in listed and listing.answers_any_name(listed):
            msg = (
                f"{address(self.url)} would answer with another model. "
                f"{listing.unknown(self.model, listed)}"
            )
            raise SummariserError(msg)
        entry = (listed or {}).get(self.model)
        scrub = keys.read(self.key).scrub
        if entry is None:
            return {"listed": "no"}
        return {name: scrub(value) for name, value in listing.told(entry).items()}

    def _silent(self, failure: Failure) -> SummariserError:
        from harness.servers.asking import GO_ON, unreachable

        if failure.kind == "away":
            return unreachable(address(self.url), failure)
        return SummariserError(f"{address(self.url)}/models: {failure.reason}. {GO_ON}")

    def ask(self, asks: Sequence[Ask]) -> list[Answer | Silence]:
        """Return what comes of each question, in their order."""
        if not asks:
            return []
        return self._run(lambda asking: asking.all(asks, self.in_flight))

    def _run(self, job: "Callable[[Asking], Awaitable[T]]") -> T:
        """Do a job on a line of its own, in a thread of its own.

        The thread has its own event loop, so that this works in a notebook too, whose loop is
        running. Ctrl-C reaches the caller at once and cancels whatever is still on its way.
        """
        from harness.servers.transport import client

        key, url = keys.read(self.key), address(self.url)
        sender = client(url, key, self.timeout, self.in_flight)

        from anyio.from_thread import start_blocking_portal

        from harness.servers.asking import Asking
        from harness.servers.line import Line

        async def work() -> T:
            async with sender:
                line = Line(sender, key, self.timeout, self.retries, self.waits)
                return await job(Asking(line, url, self.model))

        with start_blocking_portal() as portal:
            return portal.call(work)


def _is_unlisted(failure: Failure) -> bool:
    """Return whether a server that fails so may still answer questions: it has no such list."""
    return failure.kind in {"refused", "odd"} or failure.status in {404, 405, 500, 501}


CHAT: type[Chat] = Remote
