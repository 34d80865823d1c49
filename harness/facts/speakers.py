"""Who says what: the names that a verb of saying or a speaker's tag hands a sentence to."""

from collections.abc import Sequence
from functools import cache

from harness.facts import words
from harness.facts.inflection import key
from harness.facts.tokens import Token

_BETWEEN = 3


@cache
def _saying() -> frozenset[str]:
    return frozenset(key(word) for word in words.word_set("speech"))


def says(token: Token) -> bool:
    """Return whether a token is a verb of saying in any form."""
    return token.key in _saying() and token.kind in ("word", "function")


def speakers(tokens: Sequence[Token], start: int, stop: int) -> list[tuple[int, int, int]]:
    """Return who is said to say something in ``tokens[start:stop]``: name from, name to, verb.

    "John Reed, the mayor, said", "said John Reed" and "according to John Reed" are read; a name
    that another word of content parts from the verb is not taken.
    """
    found: list[tuple[int, int, int]] = []
    for at in range(start, stop):
        if says(tokens[at]):
            run = _names(tokens, at - 1, start, -1) or _names(tokens, at + 1, stop - 1, 1)
            if run is not None:
                found.append((*run, at))
        elif tokens[at].lower == "according":
            run = _names(tokens, at + 2, stop - 1, 1)
            if run is not None:
                found.append((*run, at))
    return found


def _names(tokens: Sequence[Token], at: int, end: int, step: int) -> tuple[int, int] | None:
    """Return the run of names next to a verb; before it, auxiliaries and adverbs may stand."""
    for _ in range(_BETWEEN):
        if (end - at) * step < 0:
            return None
        if tokens[at].kind == "name":
            last = at
            while (end - last) * step > 0 and tokens[last + step].kind == "name":
                last += step
            return min(at, last), max(at, last) + 1
        if not _passes(tokens[at], step):
            return None
        at += step
    return None


def _passes(token: Token, step: int) -> bool:
    """Return whether a word may stand between the name and its verb."""
    if step > 0:
        return token.lower in words.word_set("titles")
    return (
        token.lower in words.word_set("auxiliaries")
        or token.lower.endswith("ly")
        or (token.lower in ("also", "then", "later"))
    )
