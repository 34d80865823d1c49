"""One answer from its repeats, and how far the repeats agree."""

from collections.abc import Hashable, Sequence
from itertools import combinations
from statistics import fmean
from typing import TypeVar

from harness.judging.ratings import Rating
from harness.judging.verdicts import VERDICTS, Ruling, Unread, Verdict

T = TypeVar("T", Ruling, Rating)

_GRAVEST: tuple[Verdict, ...] = ("contradicted", "not in the article", "supported")


def answered(answers: Sequence[T | Unread]) -> list[T]:
    """Return the answers that could be read."""
    return [a for a in answers if not isinstance(a, Unread)]


def ruling(answers: Sequence[Ruling | Unread]) -> Ruling | Unread:
    """Return the ruling of most repeats, the graver one of a tie; unread where none was read.

    Of equal rulings the first whose quote stands in the article is taken. The probability is the
    mean of those known.
    """
    given = answered(answers)
    if not given:
        return _first(answers)
    votes = {v: sum(one.verdict == v for one in given) for v in VERDICTS}
    verdict = max(_GRAVEST, key=votes.__getitem__)
    those = [one for one in given if one.verdict == verdict]
    best = next((one for one in those if one.found), those[0])
    known = [one.probability for one in given if one.probability is not None]
    return Ruling(verdict, best.quote, best.found, fmean(known) if known else None)


def rating(answers: Sequence[Rating | Unread]) -> float | Unread:
    """Return the mean of the ratings that could be read; unread where none could."""
    given = answered(answers)
    return fmean(one.value for one in given) if given else _first(answers)


def _first(answers: Sequence[T | Unread]) -> Unread:
    return next(a for a in answers if isinstance(a, Unread))


def agreement(told: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Return the share of pairs of repeats that say the same, over all questions.

    ``told`` holds what was said, question by question; None, what could not be read, agrees with
    nothing. 1 is full agreement, 0 none at all; chance is not taken out. None where no question
    has two answers.
    """
    pairs = [a == b is not None for answers in told for a, b in combinations(answers, 2)]
    return sum(pairs) / len(pairs) if pairs else None
