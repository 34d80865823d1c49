"""Ratings from 1 to 5 on G-Eval's four dimensions (Liu et al., 2023).

Where the model tells the probabilities of its tokens, a rating is the expected one: the sum of
r * p(r) over the ratings, with p normalised over them. Else it is the number said. The departures
from the paper: the prompts are our own, after SummEval's definitions (Fabbri et al., 2021); fluency
goes from 1 to 5 as the others do and as people rated it there, not to 3; probabilities are the
model's own where it has them, and not counted from 20 samples.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from harness.chat import Answer
from harness.judging import tokens
from harness.judging.prompting import DIMENSIONS
from harness.judging.verdicts import Unread, ended, opening

RATINGS = ("1", "2", "3", "4", "5")
_LINE = re.compile(
    rf"[^\w]*(?:(?:rating|score|{'|'.join(DIMENSIONS)})[^\w]*)*"
    r"(?<![-\u2013\u2212.,])([1-5])(?:\.0)?(?:[*_]*\s*(?:/|out of)\s*5)?[^\w]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rating:
    """The number said, and the one expected: None where the model tells no probabilities."""

    said: int
    expected: float | None

    @property
    def value(self) -> float:
        """The expected rating where it is known, else the one said."""
        return self.said if self.expected is None else self.expected


def read(answer: Answer) -> Rating | Unread:
    """Return the rating that an answer begins or ends with, on a line of its own.

    Anything else, two different numbers too, is unread.
    """
    lines = [line for line in re.finditer(r".+", answer.text) if line[0].strip()]
    ends = [_LINE.fullmatch(answer.text, *line.span()) for line in (*lines[:1], *lines[-1:])]
    numbers = [found for found in ends if found]
    if len({found[1] for found in numbers}) != 1:
        what = "two ratings" if numbers else "no rating from 1 to 5"
        return Unread(f"{what} in the judge's answer{ended(answer)}: {opening(answer.text)}")
    options = tokens.at(answer, numbers[0].start(1))
    shares = None if options is None else tokens.shares(options, RATINGS)
    expected = None if shares is None else _expected(shares)
    return Rating(int(numbers[0][1]), expected)


def _expected(shares: Mapping[str, float]) -> float:
    total = sum(int(rating) * p for rating, p in shares.items())
    return min(max(total, 1.0), 5.0)  # rounding may carry it a hair beyond
