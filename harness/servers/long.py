"""Articles longer than a model reads, cut by words where nobody here knows the model's tokens.

A text is cut between sentences, and inside one only where it alone is too long. Its size is counted
in words, but never as less than a tenth of its characters, so that text without words (a table, a
long address, a row of emoji) is bounded too.
"""

from collections.abc import Iterator, Sequence

from harness.text.sentences import SPLITTER, spans
from harness.text.words import WORDS, count_words, words

CUT = f"{SPLITTER}+{WORDS}"
"""The version of these cuts, for signatures."""
_LETTERS = 10
"""Characters that count as a word at least. English has some 6 for a word, its space included."""

_Piece = tuple[int, int, int]
"""Where a piece of a text starts and stops, in characters, and its size."""

ROUNDS = 4
"""Times that the summaries of parts are parted again, at most: each makes them shorter."""


def beginning(text: str, limit: int) -> str:
    """Return the first sentences of a text, of size ``limit`` at most: all of it where it fits."""
    return _cut(text, _pieces(text, limit), limit)[0]


def parts(text: str, limit: int) -> list[str]:
    """Return a text in as few parts of at most ``limit`` as possible, none longer than need be.

    They hold everything but the white space between them. A text that fits is one part, as it is.

    >>> parts("One fell. Two rose. Three stayed.", 4)
    ['One fell. Two rose.', 'Three stayed.']
    """
    pieces = _pieces(text, limit)
    low, high = max((size for *_, size in pieces), default=1), limit
    count = len(_groups(pieces, limit))
    while low < high:  # the smallest bound that makes no more parts, so that the last is no scrap
        middle = (low + high) // 2
        if len(_groups(pieces, middle)) > count:
            low = middle + 1
        else:
            high = middle
    return _cut(text, pieces, high)


def size(text: str) -> int:
    """Return the words of a text, or a tenth of its characters where that is more."""
    return max(count_words(text), -(-len(text) // _LETTERS))


def _cut(text: str, pieces: Sequence[_Piece], limit: int) -> list[str]:
    groups = _groups(pieces, limit)
    if len(groups) < 2:
        return [text]
    return [text[pieces[start][0] : pieces[stop - 1][1]].strip() for start, stop in groups]


def _groups(pieces: Sequence[_Piece], limit: int) -> list[tuple[int, int]]:
    """Return (start, stop) of runs of pieces, each taking in as many as fit."""
    ends: list[int] = []
    total = 0
    for place, (*_, length) in enumerate(pieces):
        if total and total + length > limit:
            ends.append(place)
            total = 0
        total += length
    return list(zip([0, *ends], [*ends, len(pieces)], strict=True)) if pieces else []


def _pieces(text: str, limit: int) -> list[_Piece]:
    """Return the sentences of a text, those that are too long in pieces."""
    found: list[_Piece] = []
    for start, stop in spans(text):
        length = size(text[start:stop])
        whole = length <= limit
        found += [(start, stop, length)] if whole else _splinters(text, start, stop, limit)
    return found


def _splinters(text: str, start: int, stop: int, limit: int) -> Iterator[_Piece]:
    """Yield a sentence word by word, and a word that is too long in stretches that are not."""
    begins = [start, *_begins(text[start:stop], start)[1:]]
    for begin, end in zip(begins, [*begins[1:], stop], strict=True):
        for a in range(begin, end, limit * _LETTERS):
            b = min(a + limit * _LETTERS, end)
            yield a, b, size(text[a:b])


def _begins(sentence: str, start: int) -> list[int]:
    """Return where each word begins; before a word, nothing looks like its first letter."""
    found: list[int] = []
    at = 0
    for word in words(sentence):
        begin = sentence.index(word, at)
        found.append(start + begin)
        at = begin + len(word)
    return found or [start]
