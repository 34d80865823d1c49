"""ROUGE-N, ROUGE-L and ROUGE-Lsum of many pairs: the stages put together.

    texts ── spelling ── vocabulary ── tokens ── matches ─┬─ ngrams ──── ROUGE-1, -2, ...
                                                          ├─ lcs ─────── ROUGE-L
                                                          └─ union_lcs ─ ROUGE-Lsum ── counts

Pairs are taken a batch at a time, so that the arrays of a batch stay in the processor's cache and
memory does not grow with the number of pairs. Few pairs, very long ones, and those of which a
table does not fit 64 bits go through ``wide``, where the same stages are spelt for one pair.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

import numpy as np

from harness.errors import InputError, UsageError
from harness.rouge import wide
from harness.rouge.arrays import Ints
from harness.rouge.counts import Counts, Score, Scores, best_of, mean_of, prf, prf_of_one
from harness.rouge.lcs import lcs_lengths
from harness.rouge.matches import match
from harness.rouge.ngrams import ngram_hits
from harness.rouge.spelling import BYTE_TABLES, Tokeniser, spell
from harness.rouge.tokens import Tokens, tokenise
from harness.rouge.union_lcs import union_hits
from harness.rouge.vocabulary import Vocabulary

_BATCH_PAIRS = 1 << 11
# Below 2**20 characters there are fewer than 2**20 tokens: ``matches`` relies on it.
_BATCH_CHARACTERS = (1 << 20) - 1
# Below this many pairs, one at a time is quicker (`python bench/rouge.py` shows it).
_FEW_PAIRS = 8
# Some 50 MB. Names and numbers never end; learning the frequent words again is cheap.
_VOCABULARY_WORDS = 200_000
_TAKE = {"max": best_of, "mean": mean_of}


@dataclass(frozen=True, slots=True)
class Engine:
    """ROUGE (Lin, 2004), equal to rouge-score 0.1.2 to the last bit.

    ``stem`` turns words of more than three letters into their Porter stems. ``tokens`` chooses
    the tokeniser (see ``spelling``); "ascii" is rouge-score's. ``orders`` are the n of ROUGE-N,
    from 1 to 9. Types are named "rouge1", "rouge2", ..., "rougeL", "rougeLsum"; for the last, the
    sentences of a text are its lines.

    An engine remembers the words it has met, which changes its speed and never its numbers. It
    must be used by one thread at a time; engines are independent, so give each thread its own.

    Raises ``UsageError`` for an unknown tokeniser or order.
    """

    stem: bool = True
    tokens: Tokeniser = "ascii"
    orders: tuple[int, ...] = (1, 2)
    _vocabulary: Vocabulary = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.tokens not in BYTE_TABLES:
            known = " or ".join(map(repr, BYTE_TABLES))
            raise UsageError(f"tokens={self.tokens!r} names no tokeniser. Say tokens={known}.")
        wrong = [n for n in self.orders if n not in range(1, 10)]
        if wrong or len(set(self.orders)) < len(self.orders):
            raise UsageError(
                f"orders={self.orders!r}: ROUGE-N is computed for n from 1 to 9, each named once. "
                "Say orders=(1, 2), for example."
            )
        object.__setattr__(self, "_vocabulary", Vocabulary(self.stem))
        _keep_freed_memory()

    @property
    def types(self) -> tuple[str, ...]:
        """The ROUGE types that are computed, in the order of all results."""
        return (*(f"rouge{n}" for n in self.orders), "rougeL", "rougeLsum")

    def counts(self, references: Sequence[str], candidates: Sequence[str]) -> dict[str, Counts]:
        """Count hits and sizes of each candidate against the reference at the same position.

        Raises ``InputError`` where the lists differ in length.
        """
        _same_length(references, candidates)
        table = np.zeros((len(self.types), 3, len(candidates)), np.int64)
        for batch in _batches(references, candidates):
            table[:, :, batch] = self._batch(references[batch], candidates[batch])
        return {name: Counts(*rows) for name, rows in zip(self.types, table, strict=True)}

    def score(self, reference: str, candidate: str) -> dict[str, Score]:
        """Score one pair; the quickest way to score only one."""
        return {
            name: prf_of_one(*numbers)
            for name, numbers in zip(self.types, self._one(reference, candidate), strict=True)
        }

    def best(
        self,
        references: Sequence[Sequence[str]],
        candidates: Sequence[str],
        take: Literal["max", "mean"] = "max",
    ) -> dict[str, Scores]:
        """Score candidates that have several references each.

        ``take="max"`` keeps, for each type by itself, the scores of the reference with the
        largest F, the first of several (rouge-score's ``score_multi``); ``"mean"`` averages P, R
        and F over the references. Raises ``InputError`` where the lists differ in length or a
        candidate has no reference, ``UsageError`` for an unknown ``take``.
        """
        if take not in _TAKE:
            raise UsageError(
                f"take={take!r} is no way to join references. Say take='max' or 'mean'."
            )
        _same_length(references, candidates)
        number = [len(texts) for texts in references]
        if 0 in number:
            raise InputError(
                f"Candidate {number.index(0)} (counted from 0) has no reference. ROUGE needs one "
                "at least; leave out candidates that have none."
            )
        flat = [text for texts in references for text in texts]
        repeated = [text for text, n in zip(candidates, number, strict=True) for _ in range(n)]
        counted = self.counts(flat, repeated)
        return {name: _TAKE[take](prf(counts), number) for name, counts in counted.items()}

    def _batch(self, references: Sequence[str], candidates: Sequence[str]) -> Ints:
        """Return hits, reference and candidate size: shape (types, 3, pairs)."""
        size = sum(map(len, references)) + sum(map(len, candidates))
        if len(references) < _FEW_PAIRS or size > _BATCH_CHARACTERS:
            pairs = map(self._one, references, candidates)
            return np.array(list(pairs), np.int64).transpose(1, 2, 0)
        self._bound_vocabulary()
        position: dict[str, int] = {}
        texts = [position.setdefault(text, len(position)) for text in (*references, *candidates)]
        tokens = tokenise([*position], self.tokens, self._vocabulary)
        return self._in_lanes(tokens, *np.array(texts).reshape(2, -1))

    def _in_lanes(self, tokens: Tokens, references: Ints, candidates: Ints) -> Ints:
        matches = match(tokens, references, candidates)
        sizes = np.stack((tokens.lengths[references], tokens.lengths[candidates]))
        grams = ngram_hits(matches, self.orders)
        lcs, fits = lcs_lengths(matches)
        for i in np.flatnonzero(~fits).tolist():
            lcs[i] = wide.lcs_length(tokens.text(references[i]), tokens.text(candidates[i]))
        union, fits = union_hits(matches, tokens.lines)
        for i in np.flatnonzero(~fits).tolist():
            union[i] = wide.union_hits(
                tokens.text_lines(references[i]), tokens.text_lines(candidates[i])
            )
        return np.stack(
            [
                *(np.stack((grams[n], *np.maximum(sizes - (n - 1), 0))) for n in self.orders),
                np.stack((lcs, *sizes)),
                np.stack((union, *sizes)),
            ]
        )

    def _one(self, reference: str, candidate: str) -> list[tuple[int, int, int]]:
        self._bound_vocabulary()
        left, right = self._lines(reference), self._lines(candidate)
        left_all, right_all = [*chain.from_iterable(left)], [*chain.from_iterable(right)]
        m, n = len(left_all), len(right_all)
        return [
            *(
                (wide.ngram_hits(left_all, right_all, k), max(m - k + 1, 0), max(n - k + 1, 0))
                for k in self.orders
            ),
            (wide.lcs_length(left_all, right_all), m, n),
            (wide.union_hits(left, right), m, n),
        ]

    def _bound_vocabulary(self) -> None:
        """Forget all words once they are many; numbers need to last for one batch only."""
        if self._vocabulary.size() > _VOCABULARY_WORDS:
            self._vocabulary.clear()

    def _lines(self, text: str) -> wide.Lines:
        spelt = spell(text, self.tokens).translate(BYTE_TABLES[self.tokens])
        look_up = self._vocabulary.__getitem__
        return [[*map(look_up, line.split())] for line in spelt.split(b"\n")]


def _batches(references: Sequence[str], candidates: Sequence[str]) -> Iterator[slice]:
    """Cut a list of pairs into batches: of so many pairs or characters, or of one long pair."""
    characters = np.fromiter(map(len, references), np.int64, len(references))
    characters += np.fromiter(map(len, candidates), np.int64, len(candidates))
    upto = np.cumsum(characters)
    start = 0
    while start < len(upto):
        room = upto[start] - characters[start] + _BATCH_CHARACTERS
        end = min(int(np.searchsorted(upto, room, side="right")), start + _BATCH_PAIRS)
        end = max(end, start + 1)
        yield slice(start, end)
        start = end


def _same_length(references: Sequence[object], candidates: Sequence[object]) -> None:
    if len(references) != len(candidates):
        raise InputError(
            f"{len(references)} references for {len(candidates)} candidates. "
            "ROUGE takes one entry of each per pair."
        )


def _keep_freed_memory() -> None:
    """Let glibc reuse the memory of one batch's arrays for the next.

    Blocks above a limit go back to the system when they are freed, and every page of the next
    one is fetched anew. Freeing a block just below 32 MB once lifts the limit to its size. It
    saves a quarter of the time, and does nothing where another allocator is in use.
    """
    np.empty((1 << 25) - (1 << 17), np.uint8)
