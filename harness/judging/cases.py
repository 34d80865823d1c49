"""One summary before the judge: its questions, and what the answers make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypeVar

from harness.chat import Ask, Chat
from harness.judging import merging, ratings
from harness.judging.asking import How, Question, claim
from harness.judging.cutting import CUT, cut
from harness.judging.prompting import DIMENSIONS, prompt
from harness.judging.ratings import Rating
from harness.judging.verdicts import Ruling, Unread, Verdict
from harness.records import JSON, Item
from harness.text.sentences import spans

Wanted = Literal["claims", "ratings", "both"]
Said = Ruling | Rating
Answers = Sequence[Said | Unread]
Span = tuple[int, int]
T = TypeVar("T", Ruling, Rating)

SHARES: Mapping[str, Verdict] = {
    "supported": "supported",
    "contradicted": "contradicted",
    "unmentioned": "not in the article",
}
"""The verdict whose share each column of claims is."""

MISREAD = "some of the judge's answers could not be read; the others count"
PLAIN = "the judge told no token probabilities: a rating is the number said"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: numbers by column, or the reason why there are none."""

    values: Mapping[str, float]
    reason: str | None
    warnings: tuple[str, ...]
    details: JSON


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked about one summary: first each of ``sentences``, then each of ``rated``.

    ``cut`` says whether the judge was given a part of the article only.
    """

    item: Item
    sentences: tuple[Span, ...]
    rated: tuple[str, ...]
    questions: tuple[Question[Said], ...]
    cut: bool

    @classmethod
    def of(cls, item: Item, chat: Chat, wanted: Wanted, how: How) -> "Case":
        """Return the case of a summary, its article cut where it is too long."""
        claims = tuple(_trimmed(item.summary)) if wanted != "ratings" else ()
        rated = DIMENSIONS if wanted != "claims" else ()

        def questions(article: str) -> tuple[Question[Said], ...]:
            texts = {"article": article, "summary": item.summary}
            own = [{**texts, "sentence": item.summary[start:end]} for start, end in claims]
            rates = [Question(prompt(name, texts), ratings.read) for name in rated]
            return (*(claim("sentence", one) for one in own), *rates)

        def asks(article: str) -> list[Ask]:
            return [how.ask(question.prompt) for question in questions(article)]

        whole = item.article.text
        kept = cut(whole, chat, how.article_words, asks)
        return cls(item, claims, rated, questions(kept), kept != whole)

    def outcome(self, answers: Sequence[Answers], how: How) -> Outcome:
        """Return what the answers, in the order of the questions, say of the summary."""
        on_claims, on_ratings = answers[: len(self.sentences)], answers[len(self.sentences) :]
        rulings = [merging.ruling(_of(Ruling, a)) for a in on_claims]
        rates = [merging.rating(_of(Rating, a)) for a in on_ratings]
        details = {
            **({"sentences": self._sentences(rulings, on_claims)} if self.sentences else {}),
            **({"ratings": _rated(self.rated, rates, on_ratings)} if self.rated else {}),
        }
        unread = [one.reason for one in (*rulings, *rates) if isinstance(one, Unread)]
        if unread:
            return Outcome({}, unread[0], (), details)
        values = _shares([r for r in rulings if isinstance(r, Ruling)])
        values |= {n: r for n, r in zip(self.rated, rates, strict=True) if isinstance(r, float)}
        agreed = merging.agreement([list(map(_told, a)) for a in answers])
        values |= {} if agreed is None else {"agreement": agreed}
        return Outcome(values, None, self._warnings(answers, how), details)

    def _warnings(self, answers: Sequence[Answers], how: How) -> tuple[str, ...]:
        given = [one for several in answers for one in several]
        plain = any(isinstance(one, Rating) and one.expected is None for one in given)
        misread = any(isinstance(one, Unread) for one in given)
        said = {CUT: self.cut, MISREAD: misread, PLAIN: how.probabilities and plain}
        return tuple(text for text, true in said.items() if true)

    def _sentences(
        self, rulings: Sequence[Ruling | Unread], answers: Sequence[Answers]
    ) -> list[JSON]:
        return [
            {"start": start, "end": end, "said": list(map(_told, said)), **_ruled(one)}
            for (start, end), one, said in zip(self.sentences, rulings, answers, strict=True)
        ]


def _trimmed(text: str) -> list[Span]:
    """Return where the sentences of a text stand, without the space around them."""
    found = []
    for start, end in spans(text):
        inner = text[start:end]
        lead = len(inner) - len(inner.lstrip())
        if inner.strip():
            found.append((start + lead, start + lead + len(inner.strip())))
    return found


def _of(kind: type[T], answers: Answers) -> list[T | Unread]:
    """Return answers to a question of one kind, as such."""
    return [one for one in answers if isinstance(one, (kind, Unread))]


def _shares(rulings: Sequence[Ruling]) -> dict[str, float]:
    if not rulings:
        return {}
    said = [one.verdict for one in rulings]
    invented = [one.quote is not None and one.found is None for one in rulings]
    shares = {name: said.count(verdict) / len(said) for name, verdict in SHARES.items()}
    whole = float(shares["supported"] == 1.0)
    return {**shares, "all-supported": whole, "misquoted": sum(invented) / len(invented)}


def _told(one: Said | Unread) -> str | int | None:
    """Return the answer as it was given, None where it could not be read."""
    if isinstance(one, Unread):
        return None
    return one.verdict if isinstance(one, Ruling) else one.said


def _ruled(one: Ruling | Unread) -> dict[str, JSON]:
    if isinstance(one, Unread):
        return {"verdict": None, "reason": one.reason}
    return dict(asdict(one))


def _rated(
    names: Sequence[str], rates: Sequence[float | Unread], answers: Sequence[Answers]
) -> JSON:
    return {
        name: {"said": list(map(_told, said)), **_rate(rate)}
        for name, rate, said in zip(names, rates, answers, strict=True)
    }


def _rate(rate: float | Unread) -> dict[str, JSON]:
    if isinstance(rate, Unread):
        return {"rating": None, "reason": rate.reason}
    return {"rating": rate}
