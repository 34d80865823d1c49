"""Is a claim supported? What a judge answers, read strictly: a verdict on a line of its own."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from harness.chat import Answer
from harness.judging import quotes, tokens
from harness.text.words import words

Verdict = Literal["supported", "contradicted", "not in the article"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_BEGUN = r"^[^\w\n]*(?:\d[.)][^\w\n]*)?"
"""How a line may begin, as one of a list too."""
_LINE = re.compile(
    rf"{_BEGUN}verdict[^\w\n]*\b({'|'.join(VERDICTS)})[^\w\n]*$", re.IGNORECASE | re.MULTILINE
)
_EVIDENCE = re.compile(rf"{_BEGUN}evidence[*_\" ]*[:\uff1a]", re.IGNORECASE | re.MULTILINE)
_AROUND = " \r\n\t*_\"'“”„«»\u2018\u2019`,{}"
_WORDS = 40


@dataclass(frozen=True, slots=True)
class Unread:
    """Why an answer says nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, the quote it rests on, and where that stands in the article: None for nowhere.

    ``probability`` is that of "supported" among the three verdicts, where the model told it.
    """

    verdict: Verdict
    quote: str | None
    found: tuple[int, int] | None
    probability: float | None


def read(answer: Answer, article: str) -> Ruling | Unread:
    """Return the ruling that an answer holds, or why it holds none."""
    lines = list(_LINE.finditer(answer.text))
    said = {line[1].lower() for line in lines}
    if len(said) != 1:
        what = "more than one verdict" if said else "no verdict"
        return Unread(f"{what} in the judge's answer{ended(answer)}: {opening(answer.text)}")
    [verdict] = (v for v in VERDICTS if v in said)
    quote = _quote(answer.text)
    found = None if quote is None else quotes.find(article, quote)
    options = tokens.at(answer, lines[-1].start(1))
    shares = None if options is None else tokens.shares(options, VERDICTS)
    return Ruling(verdict, quote, found, None if shares is None else shares["supported"])


def _quote(text: str) -> str | None:
    start = _EVIDENCE.search(text)
    if start is None:
        return None
    rest = text[start.end() :]
    line = _LINE.search(rest)
    said = (rest[: line.start()] if line else rest).strip(_AROUND)
    return None if [word.casefold() for word in words(said)] in ([], ["none"]) else said


def ended(answer: Answer) -> str:
    """Return what there is to add on an answer that a limit ended."""
    return ", cut at max_tokens" if answer.cut else ""


def opening(text: str) -> str:
    """Return the first words of an answer, for a reason.

    >>> opening("I cannot  say.")
    "'I cannot say.'"
    """
    told = " ".join(text.split())
    return repr(told if len(told) <= _WORDS else f"{told[:_WORDS].rstrip()} …")
