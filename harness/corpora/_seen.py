"""Remembers which ids and texts have been read, in 20 to 40 bytes each, and where."""

from array import array
from hashlib import blake2b

_FILL = 0.6
"""Share of the slots in use from which on there are twice as many."""


class Seen:
    """A set of texts that tells where each was first seen.

    It keeps 64 bits of each text's BLAKE2b digest and a number of 32 bits, in open addressing with
    linear probing, so that a million texts take some 25 MB. Two different texts are taken for one
    with a probability of 3e-8 among a million.
    """

    __slots__ = ("_count", "_keys", "_places", "_salt")

    def __init__(self, slots: int = 1 << 10) -> None:
        self._count = 0
        self._keys = array("Q", [0]) * slots
        self._places = array("I", [0]) * slots

    def __len__(self) -> int:
        """Return how many texts have been seen."""
        return self._count

    def first(self, text: str, place: int) -> int | None:
        """Return where a text was seen before; a new one is remembered with its place."""
        if self._count >= _FILL * len(self._keys):
            self._grow()
        key = _key(text)
        slot = self._slot(key)
        if self._keys[slot]:
            return self._places[slot]
        self._put(slot, key, place)
        return None

    def _slot(self, key: int) -> int:
        """Return the slot that holds a key, or the empty one where it belongs."""
        keys = self._keys
        last = len(keys) - 1
        slot = key & last
        while keys[slot] and keys[slot] != key:
            slot = (slot + 1) & last
        return slot

    def _put(self, slot: int, key: int, place: int) -> None:
        self._keys[slot] = key
        self._places[slot] = place
        self._count += 1

    def _grow(self) -> None:
        keys, places = self._keys, self._places
        self.__init__(2 * len(keys))  # type: ignore[misc] # begins anew with twice the slots
        for key, place in zip(keys, places, strict=True):
            if key:
                self._put(self._slot(key), key, place)


def _key(text: str) -> int:
    """Return 64 bits of a text's digest, never 0, which marks an empty slot."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") or 1
