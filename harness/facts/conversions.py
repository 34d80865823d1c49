"""Quantities said in another unit: "two years" for "24 months", "30 miles" for "48 km"."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from harness.facts import words
from harness.facts.inflection import key
from harness.facts.tokens import Token
from harness.facts.view import AlignedSummary

_SLACK = 0.03
"""A converted number is rounded, and a gallon is not the same everywhere."""


def converted(summary: AlignedSummary, at: int) -> bool:
    """Return whether the article has the quantity of the number ``at`` in another unit."""
    ours = quantity(summary.tokens, at)
    if ours is None:
        return False
    kind, amount = ours
    return any(
        theirs is not None and theirs[0] == kind and abs(theirs[1] - amount) <= _SLACK * amount
        for theirs in _near(summary, at)
    )


def _near(summary: AlignedSummary, at: int) -> Iterator[tuple[str, float] | None]:
    """Yield the quantities of the sentences that the number's sentence was read from."""
    article = summary.article
    for number in summary.sentence_of(at).evidence:
        for place in range(*article.extent(number)):
            yield quantity(article.tokens, place)


def quantity(tokens: Sequence[Token], at: int) -> tuple[str, float] | None:
    """Return the kind and the amount of a number and the unit after it, or None.

    >>> from harness.facts.tokens import tokenise
    >>> quantity(tokenise("2 hours", [(0, 7)]), 0)
    ('time', 7200.0)
    """
    value = tokens[at].value
    if value is None or tokens[at].unit or at + 1 == len(tokens):
        return None
    kind, size = _sizes().get(tokens[at + 1].key, ("", 0.0))
    return (kind, value * size) if kind else None


@cache
def _sizes() -> Mapping[str, tuple[str, float]]:
    """Return for the key of each unit its kind, and how much it is in the first of the kind."""
    return {
        key(unit): (kind, float(size))
        for kind, units in words.table("sizes").items()
        for unit, size in units.items()
    }
