"""A chat model behind a server as summariser: whatever speaks the OpenAI API.

vLLM, llama.cpp, Ollama, ``transformers serve`` and hosted services do. docs/servers.md shows how
each is named, what is tried again, and which failure ends a candidate instead of one summary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from harness.chat import Answer, Ask, Message, Silence
from harness.errors import UsageError
from harness.models.fingerprint import of_text
from harness.models.prompts import CHAT_PROMPT, PLACE, fill
from harness.models.settings import Choice
from harness.parts import Summariser
from harness.records import Article, Summary, unwritten
from harness.servers import long as lengths
from harness.servers.address import EXAMPLE, address
from harness.servers.key import VARIABLE
from harness.servers.remote import Remote
from harness.signature import signature

Long = Literal["truncate", "chunk"]

_BATCH = 64
_MOST_TEMPERATURE = 100
_MOST_SEED = 2**31


@dataclass(frozen=True, slots=True)
class Server:
    """The model that the server at ``url`` knows as ``model``, asked ``prompt`` about each article.

    ``prompt`` holds ``{article}``; ``system`` is said before it. ``max_tokens`` bounds the summary
    in the model's tokens. ``temperature`` 0 takes the likeliest token each time; above it tokens
    are drawn from ``seed``, as repeatably as the server does that.

    ``input_words`` is the most that the model is given of an article; without it the server gets
    the whole, and may refuse it or read only some. What is longer is cut after its last sentence
    that fits (``long='truncate'``), or summarised in parts and then from their summaries, with the
    same prompt (``long='chunk'``).

    ``in_flight`` articles are asked about at once, each attempt for ``timeout`` seconds at most and
    with up to ``retries`` more. ``key`` is the name of the environment variable that holds the
    server's key.

    Raises SummariserError for a server that cannot be reached, does not know the model or fails on
    everything, and MissingExtraError without httpx. An empty article, and one about which the
    server or the model says nothing of use, gets the reason instead of a summary.
    """

    model: str
    url: str = EXAMPLE
    prompt: str = CHAT_PROMPT
    system: str | None = None
    max_tokens: int = 256
    temperature: float = 0.0
    seed: int = 0
    long: Long = "truncate"
    input_words: int | None = None
    in_flight: int = 16
    timeout: float = 120.0
    retries: int = 5
    key: str = VARIABLE

    batch: ClassVar[int] = _BATCH
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        self._remote()
        chunks = self.long == "chunk"
        one_place = self.prompt.count(PLACE) == 1
        self._check("prompt", one_place, f"a text that holds {PLACE} once")
        self._check("max_tokens", self.max_tokens >= 1, "at least 1")
        warm = 0 <= self.temperature <= _MOST_TEMPERATURE
        self._check("temperature", warm, f"0 to {_MOST_TEMPERATURE}")
        self._check("seed", 0 <= self.seed < _MOST_SEED, "0 to 2147483647")
        self._check("long", self.long in get_args(Long), "'truncate' or 'chunk'")
        bounded = self.input_words is None or self.input_words >= 1
        self._check("input_words", bounded, "at least 1")
        self._check("in_flight", self.in_flight <= _BATCH, f"1 to {_BATCH}")
        if chunks and self.input_words is None:
            msg = "long='chunk' needs input_words=: how much the model reads is not known here."
            raise UsageError(msg)

    def _check(self, name: str, possible: bool, allowed: str) -> None:
        if not possible:
            msg = f"server({name}={getattr(self, name)!r}) is not possible: give {allowed}."
            raise UsageError(msg)

    def _remote(self) -> Remote:
        return Remote(
            self.url,
            self.model,
            in_flight=self.in_flight,
            timeout=self.timeout,
            retries=self.retries,
            key=self.key,
        )

    def signature(self) -> str:
        """Return what the text depends on, as far as the server tells; its address is no part."""
        settings = self._settings()
        settings |= {
            name: of_text(str(settings[name])) for name in ("prompt", "system") if name in settings
        }
        return signature("server", model=self.model, **self._remote().told(), **settings, v=1)

    def _settings(self) -> dict[str, object]:
        """Return every setting that has an effect."""
        found: dict[str, object] = {"prompt": self.prompt}
        if self.system is not None:
            found["system"] = self.system
        found |= {"max_tokens": self.max_tokens, "temperature": float(self.temperature)}
        if self.temperature:
            found["seed"] = self.seed
        if self.input_words is not None:
            found |= {"long": self.long, "input_words": self.input_words, "cut": lengths.CUT}
        return found

    def choices(self) -> list[Choice]:
        """Return every setting in effect, and what the server says of its model."""
        said = self._remote().told()
        source = "as asked, or the default"
        return [
            Choice("model", self.model, "as asked"),
            Choice("url", address(self.url), source),
            *(Choice(name, value, "the server's list of models") for name, value in said.items()),
            *(Choice(name, value, source) for name, value in self._settings().items()),
        ]

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return what the model writes about each article."""
        jobs = [_Job(self, article.text) for article in articles]
        remote = self._remote()
        while waiting := [job for job in jobs if job.done is None]:
            asks = [[self._ask(text) for text in job.parts] for job in waiting]
            answers = iter(remote.ask([ask for some in asks for ask in some]))
            for job, some in zip(waiting, asks, strict=True):
                job.take([next(answers) for _ in some])
        return [job.done for job in jobs if job.done is not None]

    def _ask(self, text: str) -> Ask:
        system = () if self.system is None else (Message("system", self.system),)
        messages = (*system, Message("user", fill(self.prompt, text)))
        return Ask(messages, self.max_tokens, float(self.temperature), self.seed)


class _Job:
    """One article on its way to a summary: what is to be asked next, and what has been counted."""

    def __init__(self, part: Server, text: str) -> None:
        self.part, self.text, self.cut = part, text, None if part.input_words is None else False
        self.done: Summary | None = None if text.strip() else unwritten("the article is empty")
        self.rounds = 0
        self.read: list[int | None] = []
        self.written: list[int | None] = []
        self.parts = self._parts()

    def _parts(self) -> list[str]:
        limit = self.part.input_words
        if limit is None:
            return [self.text]
        if self.part.long == "chunk":
            return lengths.parts(self.text, limit)
        begun = lengths.beginning(self.text, limit)
        self.cut = begun != self.text
        return [begun]

    def take(self, answers: Sequence[Answer | Silence]) -> None:
        """Take the answers about the parts: done, or further parts made of them."""
        said = [one for one in answers if isinstance(one, Answer)]
        self.read += [one.tokens_in for one in said]
        self.written += [one.tokens_out for one in said]
        for number, one in enumerate(answers, 1):
            if isinstance(one, Silence):
                where = f"part {number} of {len(answers)}: " if len(answers) > 1 else ""
                self._end(None, where + one.reason)
                return
        if len(said) == 1:
            self._end(said[0])
        else:
            self._shorten("\n".join(one.text for one in said))

    def _shorten(self, text: str) -> None:
        self.rounds += 1
        if self.rounds > lengths.ROUNDS:
            self._end(None, f"still too long after {lengths.ROUNDS} rounds; lower max_tokens")
            return
        if lengths.size(text) >= lengths.size(self.text):
            self._end(None, "the summaries of its parts are no shorter than it; lower max_tokens")
            return
        self.text = text
        self.parts = self._parts()

    def _end(self, answer: Answer | None, reason: str | None = None) -> None:
        self.done = Summary(
            text=answer.text if answer else None,
            reason=reason,
            tokens_in=_total(self.read),
            tokens_out=_total(self.written),
            article_cut=self.cut,
            summary_cut=answer.cut if answer else None,
        )


def _total(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


SUMMARISER: type[Summariser] = Server
