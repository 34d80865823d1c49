"""Whether what a judge quotes stands in the article, and where."""

import re

from harness.text.words import words

_GAP = re.compile(r"\[?(?:\.\.\.|…)\]?")
_Word = tuple[str, int, int]


def find(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a text, None where it does not.

    All words must stand there in this order and without another between them; case, punctuation
    and white space do not matter. Where the quote leaves something out, marked by three dots, its
    parts must follow each other. A quote without words stands nowhere.
    """
    whole = _placed(text)
    found: list[tuple[int, int]] = []
    at = 0
    for part in filter(words, _GAP.split(quote)):
        wanted = [word.casefold() for word in words(part)]
        place = _sublist([word for word, _, _ in whole], wanted, at)
        if place is None:
            return None
        at = place + len(wanted)
        found.append((whole[place][1], whole[at - 1][2]))
    return (found[0][0], found[-1][1]) if found else None


def _placed(text: str) -> list[_Word]:
    """Return the words of a text, in small letters, with where each begins and ends."""
    found: list[_Word] = []
    end = 0
    for word in words(text):
        start = text.index(word, end)
        end = start + len(word)
        found.append((word.casefold(), start, end))
    return found


def _sublist(whole: list[str], part: list[str], at: int) -> int | None:
    places = range(at, len(whole) - len(part) + 1)
    return next((i for i in places if whole[i : i + len(part)] == part), None)
