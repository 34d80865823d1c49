"""Questions put to a chat model: each several times, those of a whole batch at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from harness.chat import Answer, Ask, Chat, Message, Silence
from harness.judging import verdicts
from harness.judging.prompting import prompt
from harness.judging.verdicts import Ruling, Unread
from harness.models.prompts import spoken
from harness.signature import digest

T_co = TypeVar("T_co", covariant=True)

ALTERNATIVES = 20
"""How many likely tokens are asked for: as many as OpenAI's API gives, and vLLM unless told."""


@dataclass(frozen=True, slots=True)
class How:
    """How a judge is asked: every question ``repeats`` times, drawn from seeds above 0 degrees.

    ``article_words`` is the most words of an article that it is given, None for all that fit.
    """

    repeats: int = 1
    temperature: float = 0.0
    seed: int = 0
    max_tokens: int = 512
    probabilities: bool = True
    article_words: int | None = None

    def ask(self, text: str, repeat: int = 0) -> Ask:
        """Return one question, as one turn of the user's: not every template knows a system.

        Each repeat of each prompt has a seed of its own.
        """
        return Ask(
            (Message("user", text),),
            self.max_tokens,
            temperature=self.temperature,
            seed=int(digest(f"{self.seed} {repeat}", text)[:7], 16),
            alternatives=ALTERNATIVES if self.probabilities else 0,
        )


@dataclass(frozen=True, slots=True)
class Question(Generic[T_co]):
    """A prompt, and how its answer is read."""

    prompt: str
    read: Callable[[Answer], T_co | Unread]


def claim(kind: str, texts: Mapping[str, str]) -> Question[Ruling]:
    """Return the question whether the article bears out a sentence, or some words of it."""
    return Question(prompt(kind, texts), partial(verdicts.read, article=texts["article"]))


def put(
    chat: Chat, questions: Sequence[Question[T_co]], how: How
) -> list[tuple[T_co | Unread, ...]]:
    """Return what each question was answered, repeat by repeat."""
    pairs = [(q, how.ask(q.prompt, repeat)) for q in questions for repeat in range(how.repeats)]
    answers = chat.ask([ask for _, ask in pairs]) if pairs else ()
    read = [_read(q, answer) for (q, _), answer in zip(pairs, answers, strict=True)]
    return [tuple(read[i : i + how.repeats]) for i in range(0, len(read), how.repeats)]


def _read(question: Question[T_co], answer: Answer | Silence) -> T_co | Unread:
    if isinstance(answer, Silence):
        return Unread(f"no answer of the judge: {answer.reason}")
    return question.read(replace(answer, text=spoken(answer.text)))
