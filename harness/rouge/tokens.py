"""Stage 3, tokens: texts to token numbers and sentence numbers, all texts of a batch at once.

The texts are joined by line ends and looked up byte by byte (``spelling``); where a token begins
or ends is where bytes change between token and blank. A token's bytes, read as two integers, are
looked up in the vocabulary's table. The tokens of a text are those of its lines joined, so that
one pass serves ROUGE-N and ROUGE-L (the whole text) and ROUGE-Lsum (its lines).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harness.rouge.arrays import Ints, Words, run_starts
from harness.rouge.spelling import BYTE_TABLES, Tokeniser, spell
from harness.rouge.vocabulary import WORD_BYTES, Vocabulary

_NO_WORD = 1  # a byte that no token holds
_KEEP = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of many texts, one behind the other.

    ``numbers[bounds[i]:bounds[i + 1]]`` are those of text i. ``lines`` numbers the line of every
    token; it grows through all texts, so that no two texts share a line.
    """

    numbers: Ints
    lines: Ints
    bounds: Ints

    @property
    def lengths(self) -> Ints:
        """The number of tokens of every text."""
        return np.diff(self.bounds)

    def text(self, i: int) -> list[int]:
        """Return the numbers of text i."""
        numbers: list[int] = self.numbers[self.bounds[i] : self.bounds[i + 1]].tolist()
        return numbers

    def text_lines(self, i: int) -> list[list[int]]:
        """Return the numbers of text i, line by line; lines without tokens are left out."""
        start, end = self.bounds[i], self.bounds[i + 1]
        cuts = start + run_starts(self.lines[start:end])
        parts = np.split(self.numbers[start:end], cuts[1:] - start)
        return [part.tolist() for part in parts]


def tokenise(texts: Sequence[str], tokeniser: Tokeniser, vocabulary: Vocabulary) -> Tokens:
    """Turn texts into token numbers by a vocabulary, which learns the words it lacks."""
    # blanks at both ends: every token has two edges, and reading 16 bytes never leaves the text
    parts = [b" ", *(spell(text, tokeniser) for text in texts), b" " * WORD_BYTES]
    joined = b"\n".join(parts).translate(BYTE_TABLES[tokeniser])
    characters = np.frombuffer(joined, np.uint8)
    inside = characters > ord(" ")
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    begins, lengths = edges[::2], edges[1::2] - edges[::2]
    line_ends = np.searchsorted(begins, np.flatnonzero(characters == ord("\n")))
    starts = np.cumsum(np.fromiter(map(len, parts[:-1]), np.int64) + 1)
    return Tokens(
        numbers=_numbers(joined, begins, lengths, vocabulary),
        lines=np.repeat(np.arange(len(line_ends)), np.diff(line_ends, prepend=0)),
        bounds=np.searchsorted(begins, starts),
    )


def _numbers(joined: bytes, begins: Ints, lengths: Ints, vocabulary: Vocabulary) -> Ints:
    def words(at: Ints) -> list[bytes]:
        spans = zip(begins[at].tolist(), (begins[at] + lengths[at]).tolist(), strict=True)
        return [joined[begin:end] for begin, end in spans]

    def name(new: Ints) -> list[int]:
        return [vocabulary.number(word) for word in words(new)]

    low, high = _as_integers(joined, begins, lengths)
    too_long = np.flatnonzero(lengths > WORD_BYTES)
    low[too_long], high[too_long] = _NO_WORD, 0
    numbers = vocabulary.table.look_up(low, high, name)
    numbers[too_long] = [vocabulary[word] for word in words(too_long)]
    return numbers


def _as_integers(joined: bytes, begins: Ints, lengths: Ints) -> tuple[Words, Words]:
    """Read the first eight bytes and the next eight of every token, zero beyond its end."""
    at_every_byte = np.ndarray((len(joined) - 7,), "<u8", joined, strides=(1,))
    low = at_every_byte[begins]
    low &= _KEEP[np.minimum(lengths, 8)]
    high = np.zeros(len(begins), np.uint64)
    longer = np.flatnonzero(lengths > 8)
    high[longer] = at_every_byte[begins[longer] + 8]
    high[longer] &= _KEEP[np.minimum(lengths[longer] - 8, 8)]
    return low, high
