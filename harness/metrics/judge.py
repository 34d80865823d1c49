"""A chat model as a judge: verdicts on every sentence, with a quote, and G-Eval's four ratings.

Each sentence of a summary is held against the article: supported, contradicted or not in the
article, with the article's sentence quoted as evidence, and the quote looked up. The summary is
rated from 1 to 5 for coherence, consistency, fluency and relevance (Liu et al., 2023), by the
expected rating over the model's own token probabilities where it tells them. docs/judge.md says
what that costs, what it does not prove, and how to validate a judge before believing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar, Literal

from harness.chat import Chat
from harness.errors import UsageError
from harness.judging import opinions, prompting, scoring
from harness.judging.asking import How
from harness.models.chat import Local
from harness.parts import Metric, Need
from harness.records import Column, Doubt, Item, Opinion, Scores
from harness.servers.key import VARIABLE
from harness.servers.remote import Remote
from harness.signature import signature
from harness.text.sentences import SPLITTER

_LEAST = {"repeats": 1, "max_tokens": 1, "article_words": 1, "in_flight": 1}
_WARM = 1.0
"""The temperature of repeats unless another is given: G-Eval's."""

_HERE = ("dtype", "device", "revision", "pickle")
_THERE = ("in_flight", "timeout", "key")


@dataclass(frozen=True, slots=True)
class Judge:
    """The chat model ``model``: a folder or hub name, or a name at the server at ``url``.

    ``ask`` says whether to have verdicts on the summary's sentences, ratings, or both. Every
    question is put ``repeats`` times, with seeds from ``seed``, at ``temperature``: 0 unless there
    are repeats, and then 1. Then ``agreement`` is the share of pairs of repeats that say the same;
    verdicts are those of the majority, a tie going to the graver one, and ratings are means.

    ``article_words`` is the most words of an article that are shown to the judge; a model in this
    process is shown no more than it can read. An article that is cut is warned of. ``max_tokens``
    bounds an answer, the thoughts of a model that reasons included. ``probabilities`` asks for
    those of tokens; some servers refuse the question.

    ``dtype``, ``device``, ``revision`` and ``pickle`` are for a model here, as in ``transformer``;
    ``in_flight`` requests at once, ``timeout`` seconds for each and ``key``, the environment
    variable that holds its key, are for a server.

    Unscored, with the reason: an empty summary or article, and a summary with a question to which
    no repeat has a readable answer. Raises SummariserError where the model cannot be reached.
    """

    model: str
    url: str | None = None
    ask: Literal["claims", "ratings", "both"] = "both"
    repeats: int = 1
    temperature: float | None = None
    seed: int = 0
    max_tokens: int = 512
    article_words: int | None = None
    probabilities: bool = True
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    device: str = "auto"
    revision: str | None = None
    pickle: bool = False
    in_flight: int = 16
    timeout: float = 120.0
    key: str = VARIABLE

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 16
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what makes no judge."""
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if value is not None and value < least:
                raise UsageError(f"judge({name}={value}) is not possible: give at least {least}.")
        if self.temperature is not None and not 0 <= self.temperature <= 2:
            msg = f"judge(temperature={self.temperature}) is not possible: give 0 to 2."
            raise UsageError(msg)
        if self.repeats > 1 and self.temperature == 0:
            msg = (
                f"judge(repeats={self.repeats}, temperature=0) asks the same question for the same "
                "answer. Give a temperature above 0, or leave it out."
            )
            raise UsageError(msg)
        self._refuse(_HERE if self.url is not None else _THERE)
        self._chat()

    def _refuse(self, names: Sequence[str]) -> None:
        defaults = {f.name: f.default for f in fields(self)}
        given = [name for name in names if getattr(self, name) != defaults[name]]
        if given:
            where = "behind a server" if self.url is not None else "in this process"
            msg = f"judge({given[0]}={getattr(self, given[0])!r}) means nothing to a model {where}."
            raise UsageError(f"{msg} Leave it out.")

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of what is asked."""
        return scoring.columns(self.ask, self.repeats)

    def signature(self) -> str:
        """Return what the answers depend on: the model, the prompts, and how they are put."""
        how, chat = self._how(), self._chat()
        if isinstance(chat, Local):
            chat.check(how.ask(""))  # here, since it is called before any summary is written
        return signature(
            "judge",
            chat=chat.signature(),
            ask=self.ask,
            repeats=how.repeats,
            temperature=float(how.temperature),
            **({"seed": how.seed} if how.temperature > 0 else {}),
            max_tokens=how.max_tokens,
            article_words=how.article_words or "all",
            probabilities=how.probabilities,
            prompts=prompting.signed(),
            splitter=SPLITTER,
            v=1,
        )

    def score(self, items: Sequence[Item]) -> Scores:
        """Have every summary judged, all questions of the batch at once."""
        return scoring.scores(self._chat(), items, self.ask, self._how())

    def verify(self, doubts: Sequence[Doubt]) -> Sequence[Opinion]:
        """Return the judge's opinion on claims that something else flagged."""
        return opinions.opinions(self._chat(), doubts, self._how())

    def _how(self) -> How:
        warm = _WARM if self.repeats > 1 else 0.0
        return How(
            repeats=self.repeats,
            temperature=warm if self.temperature is None else self.temperature,
            seed=self.seed,
            max_tokens=self.max_tokens,
            probabilities=self.probabilities,
            article_words=self.article_words,
        )

    def _chat(self) -> Chat:
        if self.url is not None:
            return Remote(
                self.url, self.model, in_flight=self.in_flight, timeout=self.timeout, key=self.key
            )
        return Local(self.model, self.dtype, self.device, self.revision, self.pickle)


METRIC: type[Metric] = Judge
