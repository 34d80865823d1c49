"""A chat model that says what a test has it say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.chat import Answer, Ask, Chat, Silence

Reply = Answer | Silence | str


@dataclass
class Scripted:
    """Answers each question by a function of its text; remembers what it was asked.

    ``room`` is the most characters that a question may have.
    """

    reply: Callable[[Ask], Reply]
    asked: list[Ask] = field(default_factory=list)
    calls: int = 0

    def signature(self) -> str:
        """Return that it is scripted."""
        return "scripted|v:1"

    def ask(self, asks: Sequence[Ask]) -> list[Answer | Silence]:
        """Return the script's answers."""
        self.calls += 1
        self.asked += asks
        return [Answer(r) if isinstance(r, str) else r for r in map(self.reply, asks)]


@dataclass
class Small(Scripted):
    """One that can read ``room`` characters only."""

    room: int = 10_000

    def fits(self, ask: Ask) -> bool:
        """Return whether a question is short enough."""
        return len(said(ask)) <= self.room


def said(ask: Ask) -> str:
    """Return the one turn of a question."""
    [message] = ask.messages
    assert message.role == "user"
    return message.text


CHAT: type[Chat] = Scripted
