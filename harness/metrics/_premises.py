"""What of an article a claim is held against: its sentences, all of it, or stretches of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from harness.models.encoder_loading import Encoder
from harness.text.sentences import spans

How = Literal["summac-zs", "pair", "chunk"]

SHORT = 10
"""SummaC passes over sentences of so many characters or fewer, on both sides."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a summary, from ``start`` to before ``end`` in its characters."""

    start: int
    end: int
    text: str


def claims(summary: str, how: How) -> list[Claim]:
    """Return the sentences of a summary that are asked about."""
    found = [Claim(start, end, summary[start:end]) for start, end in spans(summary)]
    return [claim for claim in found if how != "summac-zs" or len(claim.text) > SHORT]


@dataclass(frozen=True, slots=True)
class Source:
    """An article taken apart: its sentences, and for ``chunk`` how many tokens each has.

    ``room`` is how many tokens a claim and its premise have together, at most ``most`` of them the
    premise's.
    """

    text: str
    how: How
    sentences: Sequence[tuple[int, int]]
    sizes: Sequence[int]
    encoder: Encoder
    most: int

    @classmethod
    def of(cls, text: str, how: How, encoder: Encoder, most: int) -> "Source":
        """Return an article made ready for its claims."""
        found = spans(text)
        told = [text[start:end] for start, end in found]
        sizes = _sizes(encoder, told) if how == "chunk" else []
        return cls(text, how, found, sizes, encoder, most)

    @property
    def whole(self) -> str | None:
        """The article, where a claim is held against all of it at once."""
        return self.text.strip() if self.how == "pair" else None

    def premises(self, claim: str) -> list[str]:
        """Return what a claim is held against: none where the article has nothing to say."""
        if self.how == "pair":
            return [self.whole] if self.whole else []
        if self.how == "summac-zs":
            return [self.text[a:b] for a, b in self.sentences if b - a > SHORT]
        return self._chunks(claim)

    def _chunks(self, claim: str) -> list[str]:
        marks = int(self.encoder.tokenizer.num_special_tokens_to_add(pair=True))
        left = self.encoder.limit - marks - _sizes(self.encoder, [claim])[0]
        ends = packed(self.sizes, max(1, min(self.most, left)))
        bounds = [(self.sentences[a][0], self.sentences[b - 1][1]) for a, b in pairwise(ends)]
        return [self.text[start:end] for start, end in bounds]


def _sizes(encoder: Encoder, texts: Sequence[str]) -> list[int]:
    if not texts:
        return []
    return [len(ids) for ids in _plain(encoder, texts)]


def _plain(encoder: Encoder, texts: Sequence[str]) -> Sequence[Sequence[int]]:
    found: Sequence[Sequence[int]] = encoder.tokenizer(
        list(texts), add_special_tokens=False, verbose=False
    )["input_ids"]
    return found


def packed(sizes: Sequence[int], most: int) -> list[int]:
    """Return where stretches of whole sentences begin and end that hold at most ``most`` tokens.

    A sentence that is longer by itself stands alone.

    >>> packed([3, 4, 9, 2, 2], most=8)
    [0, 2, 3, 5]
    """
    ends, held = [0], 0
    for place, size in enumerate(sizes):
        if held and held + size > most:
            ends.append(place)
            held = 0
        held += size
    return [*ends, len(sizes)] if sizes else []
