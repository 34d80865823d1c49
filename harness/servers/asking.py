"""Many questions to one server, some at once: who gets an answer, who a reason, and when to stop.

The line between a question that failed and a server that failed is this. A server that nobody can
reach, or that says that key, path or model are wrong, ends it all. Any other failure concerns its
question, as long as others are answered. Where ``PATIENCE`` questions fail one after the other, or
where the first that comes back is refused, the server is asked something short instead: if that
works, the questions are to blame and counting begins anew; if not, the server is.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from harness.chat import Answer, Ask, Message, Silence
from harness.errors import HarnessError, SummariserError
from harness.servers import listing, wire
from harness.servers.failures import Failure
from harness.servers.line import Line

PATIENCE = 16
"""Questions that may fail one after the other before the server is doubted."""
PROBE = "The bridge will close on Monday."
"""What a server is asked that failed on questions."""
GO_ON = "What was finished is kept; the same command goes on from there."

_Result = Answer | Silence | Failure


@dataclass(slots=True)
class Asking:
    """Questions on their way to one model of a server, and how that server has been doing."""

    line: Line
    url: str
    model: str
    healthy: bool = False
    failed: int = 0
    plain: bool = False
    """Whether the server refuses to give probabilities."""
    probing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def all(self, asks: Sequence[Ask], in_flight: int) -> list[Answer | Silence]:
        """Return what comes of each question; raise SummariserError where the server fails."""
        found: dict[int, Answer | Silence] = {}
        waiting = iter(enumerate(asks))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(in_flight, len(asks))):
                    group.create_task(self._work(waiting, found))
        except BaseExceptionGroup as errors:
            told = [error for error in errors.exceptions if isinstance(error, HarnessError)]
            if told:
                raise told[0] from None
            raise
        return [found[i] for i in range(len(asks))]

    async def _work(
        self, waiting: Iterator[tuple[int, Ask]], found: dict[int, Answer | Silence]
    ) -> None:
        for place, ask in waiting:
            found[place] = await self._settle(ask, await self._one(ask))

    async def _settle(self, ask: Ask, result: _Result) -> Answer | Silence:
        if not isinstance(result, Failure):
            self.healthy, self.failed = True, 0
            return result
        if result.kind in {"away", "wrong"}:
            raise await self._end(result)
        self.failed += 1
        if self._doubtful(result):
            await self._probe(ask, result)
        return Silence(result.reason)

    def _doubtful(self, failure: Failure) -> bool:
        first = failure.kind == "refused" and not self.healthy
        return first or self.failed >= PATIENCE

    async def _probe(self, ask: Ask, failure: Failure) -> None:
        async with self.probing:
            if not self._doubtful(failure):  # somebody else has asked while this one waited
                return
            tried = await self._one(replace(ask, messages=(Message("user", PROBE),)))
            if isinstance(tried, Failure):
                raise await self._end(tried)
            self.healthy, self.failed = True, 0

    async def _one(self, ask: Ask) -> _Result:
        result = await self._try(ask, plain=self.plain)
        asked = ask.alternatives and not self.plain
        if asked and isinstance(result, Failure) and result.kind == "refused":
            again = await self._try(ask, plain=True)
            self.plain = not isinstance(again, Failure)
            return again
        return result

    async def _try(self, ask: Ask, *, plain: bool) -> _Result:
        body = wire.body(self.model, ask, alternatives=not plain)
        data = await self.line.post("chat/completions", body)
        result = data if isinstance(data, Failure) else wire.read(ask, data)
        key = self.line.key
        if isinstance(result, Answer):
            return replace(result, text=key.scrub_text(result.text))
        return replace(result, reason=key.scrub(result.reason))

    async def _end(self, failure: Failure) -> SummariserError:
        """Return the error that ends it all; where the model may be misnamed, with the names."""
        if failure.kind == "away":
            return unreachable(self.url, failure)
        listed = None
        if failure.kind in {"wrong", "refused"} and failure.status not in {401, 402}:
            data = await self.line.get("models", retries=0)
            listed = None if isinstance(data, Failure) else listing.models(data)
        names = self.line.key.scrub(listing.unknown(self.model, listed))
        many = f" {self.failed} questions failed, and a short one too." * (self.failed > 1)
        return SummariserError(
            " ".join(f"{self.url}: {failure.reason}.{many} {names} {GO_ON}".split())
        )


def unreachable(url: str, failure: Failure) -> SummariserError:
    """Return the error about a server that is not there."""
    return SummariserError(
        f"{url} cannot be reached: {failure.reason}. Start the server, or correct url=. {GO_ON}"
    )
