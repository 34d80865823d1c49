"""What it is to ask a chat model something, wherever it runs: in this process or behind a server.

``harness.servers`` asks over HTTP and ``harness.models`` asks a model in memory. Who asks cannot
tell them apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. ``alternatives`` asks for the probabilities of so many next tokens.

    ``temperature`` 0 takes the likeliest token each time; above it tokens are drawn from ``seed``,
    where the model can do so.
    """

    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0
    alternatives: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. ``cut`` says that ``max_tokens`` ended it.

    ``alternatives`` holds, token by token of the answer, the likeliest tokens with their
    probabilities in (0, 1]; None where none were asked for or the model gives none.
    """

    text: str
    cut: bool | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    alternatives: tuple[Mapping[str, float], ...] | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Why there is no answer to one question; the others were answered all the same."""

    reason: str


class Chat(Protocol):
    """A chat model that can be asked."""

    def signature(self) -> str:
        """Return everything an answer depends on but the question: model, weights, versions."""
        ...

    def ask(self, asks: Sequence[Ask]) -> Sequence[Answer | Silence]:
        """Return what comes of each question, in their order.

        Raises SummariserError where the model cannot be reached or is broken, for then no question
        will be answered.
        """
        ...
