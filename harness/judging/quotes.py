"""Whether what a judge quotes stands in the article, and where."""

import re

from harness.text.nfc import nfc
from harness.text.words import words

_GAP = re.compile(r"\[?(?:\.\s?\.\s?\.|…)\]?")
_LIKE = str.maketrans("\u2018\u2019-\u2010\u2011\u2012\u2013\u2014\u2212", "''" + " " * 7)
"""Marks that stand inside words and that models write otherwise; no text becomes longer."""
_Word = tuple[str, int, int]


def find(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a text, None where it does not.

    All words must stand there in this order and without another between them; case, punctuation
    (kinds of apostrophes, hyphens and dashes too), white space and how accents are encoded do not
    matter. Where the quote leaves something out, marked by three dots, its
    parts must follow each other. A quote without words stands nowhere.
    """
    whole = _placed(text)
    found: list[tuple[int, int]] = []
    at = 0
    for wanted in filter(None, ([w for w, _, _ in _placed(part)] for part in _GAP.split(quote))):
        place = _sublist([word for word, _, _ in whole], wanted, at)
        if place is None:
            return None
        at = place + len(wanted)
        found.append((whole[place][1], whole[at - 1][2]))
    return (found[0][0], found[-1][1]) if found else None


def _placed(text: str) -> list[_Word]:
    """Return the words of a text, as they are compared, with where each begins and ends."""
    plain = text.translate(_LIKE)
    found: list[_Word] = []
    end = 0
    for word in words(plain):
        start = plain.index(word, end)
        end = start + len(word)
        found.append((nfc(word.casefold()), start, end))
    return found


def _sublist(whole: list[str], part: list[str], at: int) -> int | None:
    places = range(at, len(whole) - len(part) + 1)
    return next((i for i in places if whole[i : i + len(part)] == part), None)
