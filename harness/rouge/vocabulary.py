"""Stage 2, numbers: every word gets a number, the same for all words with one stem.

A word is stemmed once, when it is first met. ``Vocabulary`` is the dictionary that one pair at a
time is looked up in; ``WordTable`` holds the same numbers for whole arrays of words.
"""

from collections.abc import Callable

import numpy as np

from harness.rouge.arrays import Flags, Ints, Words
from harness.rouge.porter import stem

WORD_BYTES = 16
_FIRST_BITS = 15
_MIX_1 = np.uint64(0x9E3779B97F4A7C15)
_MIX_2 = np.uint64(0xC2B2AE3D27D4EB4F)


class Vocabulary(dict[bytes, int]):
    """Numbers of words, spelt as bytes; asking for an unknown word gives it a number.

    With ``stems``, words of more than three ASCII letters and digits count as their Porter stem;
    words with any other letter stand for themselves. ``clear`` forgets everything.
    """

    def __init__(self, stems: bool) -> None:
        super().__init__()
        self._stems = stems
        self._forms: dict[str, int] = {}
        self.table = WordTable()

    def __missing__(self, word: bytes) -> int:
        self[word] = number = self.number(word)
        return number

    def number(self, word: bytes) -> int:
        """Return the number of a word's form without remembering the word itself."""
        form = word.decode()
        if self._stems and len(form) > 3 and word.isascii():
            form = stem(form)
        return self._forms.setdefault(form, len(self._forms))

    def size(self) -> int:
        """Count the words remembered, in the dictionary and in the table."""
        return len(self) + self.table.used

    def clear(self) -> None:
        """Forget all words; numbers given before mean nothing from here on."""
        super().clear()
        self._forms.clear()
        self.table = WordTable()


class WordTable:
    """A hash table from words of at most 16 bytes to numbers, looked up an array at a time.

    A word is two 64-bit integers, its first and its last eight bytes, little-endian and filled
    up with zeros. Both are stored and compared, so that no two words are ever taken for one.
    Where a slot is taken the next one is tried (open addressing, at most half full).
    """

    def __init__(self) -> None:
        self._clear(_FIRST_BITS)

    def _clear(self, bits: int) -> None:
        self.used = 0
        self._bits = bits
        self._low = np.zeros(1 << bits, np.uint64)
        self._high = np.zeros(1 << bits, np.uint64)
        self._numbers = np.zeros(1 << bits, np.int64)
        self._claims = np.zeros(1 << bits, np.int64)

    def look_up(self, low: Words, high: Words, name: Callable[[Ints], list[int]]) -> Ints:
        """Return the number of each word; ``name`` gives numbers for the positions of new ones.

        Words that are not in their slot go around together: those at an empty slot claim it (one
        of several equal words wins and is named), those at a strange word's slot step on.
        """
        slots = self._slots(low, high)
        away = np.flatnonzero(self._differs(slots, low, high))
        while away.size:
            winners = self._claim(slots, away[self._low[slots[away]] == 0])
            if self.used + len(winners) > 1 << (self._bits - 1):
                self._grow(self.used + len(winners))
                return self.look_up(low, high, name)
            self._enter(slots[winners], low[winners], high[winners], name(winners))
            away = away[self._differs(slots[away], low[away], high[away])]
            slots[away] = (slots[away] + 1) & ((1 << self._bits) - 1)
            away = away[self._differs(slots[away], low[away], high[away])]
        return self._numbers[slots]

    def _slots(self, low: Words, high: Words) -> Ints:
        mixed = low ^ (high * _MIX_2)
        mixed *= _MIX_1
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX_2
        mixed >>= np.uint64(64 - self._bits)
        return mixed.astype(np.int64)

    def _differs(self, slots: Ints, low: Words, high: Words) -> Flags:
        differs: Flags = (self._low[slots] != low) | (self._high[slots] != high)
        return differs

    def _claim(self, slots: Ints, empty: Ints) -> Ints:
        """Let one position win each empty slot."""
        self._claims[slots[empty]] = empty
        winners: Ints = empty[self._claims[slots[empty]] == empty]
        return winners

    def _enter(self, slots: Ints, low: Words, high: Words, numbers: list[int]) -> None:
        self._low[slots] = low
        self._high[slots] = high
        self._numbers[slots] = numbers
        self.used += len(slots)

    def _grow(self, words: int) -> None:
        """Move everything to a table that so many words fill a quarter at most."""
        held = np.flatnonzero(self._low)
        low, high, numbers = self._low[held], self._high[held], self._numbers[held]
        self._clear((4 * words).bit_length())
        self.look_up(low, high, lambda new: numbers[new].tolist())
