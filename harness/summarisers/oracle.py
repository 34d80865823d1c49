"""The oracle: how high ROUGE can get with the article's own sentences (Nallapati et al., 2017).

No summariser could write this, for it reads the references. It stands in the table as the bound
that extractive summarisers are measured against.
"""

from bisect import bisect, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import ClassVar

from harness.errors import UsageError
from harness.parts import Summariser
from harness.records import Article, Summary, unwritten
from harness.rouge.counts import prf_of_one
from harness.rouge.spelling import BYTE_TABLES, Tokeniser
from harness.rouge.tokens import tokenise
from harness.rouge.vocabulary import Vocabulary
from harness.signature import signature
from harness.summarisers._extract import checked_count, extract
from harness.text.sentences import SPLITTER, sentences

_Gram = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Oracle:
    """Sentences added greedily while the mean of ROUGE-1 F and ROUGE-2 F grows.

    Each step adds the sentence that raises the mean most, the earlier of equals, and the search
    ends where none raises it or ``sentences`` are chosen (None: no limit). The number that grows
    is exactly what ``rouge(stem=..., tokens=...)`` gives the summary: chosen sentences in the
    article's order, bigrams across their borders included, of several references the one with the
    largest F for each type by itself. Greedy search comes near the best set and need not find it.

    Where no sentence shares a word with a reference, every choice scores 0 and the first sentence
    is returned. An article without references has no oracle and is left unwritten.

    Departure from the paper, which leaves the variant of ROUGE open: the mean of two F.

    Raises ``UsageError`` for ``sentences`` below 1 or an unknown tokeniser.
    """

    sentences: int | None = None
    stem: bool = True
    tokens: Tokeniser = "ascii"

    batch: ClassVar[int] = 100

    def __post_init__(self) -> None:
        """Refuse an empty summary, and tokens that no ROUGE counts."""
        if self.sentences is not None:
            checked_count(self.sentences)
        if self.tokens not in BYTE_TABLES:
            known = " or ".join(map(repr, BYTE_TABLES))
            raise UsageError(f"oracle(tokens={self.tokens!r}) names no tokeniser. Say {known}.")

    def signature(self) -> str:
        """Return what the text depends on, the references aside."""
        return signature(
            "oracle",
            sentences=self.sentences or "any",
            of="mean-f1-f2",
            stem=self.stem,
            tokens=self.tokens,
            refs="max-f",
            splitter=SPLITTER,
            v=1,
        )

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the oracle of every article that has a reference."""
        vocabulary = Vocabulary(self.stem)
        return [self._bound(article, vocabulary) for article in articles]

    def _bound(self, article: Article, vocabulary: Vocabulary) -> Summary:
        if not article.references:
            return unwritten("no reference to be an oracle for")
        found = sentences(article.text)
        tokens = tokenise([*article.references, *found], self.tokens, vocabulary)
        texts = [tokens.text(i) for i in range(len(tokens.bounds) - 1)]
        known = len(article.references)
        chosen = _Search(texts[:known], texts[known:]).run(self.sentences or len(found))
        return extract(found, chosen or range(min(1, len(found))))


class _Search:
    """A greedy search: what is chosen, and how often the chosen text holds each n-gram.

    An n-gram is a tuple of one or two token numbers. Nothing is counted twice: a sentence brings
    its own n-grams, and one bigram for each border that it gets.
    """

    def __init__(self, references: Sequence[list[int]], sentences: Sequence[list[int]]) -> None:
        self._wanted = [Counter(_grams(tokens)) for tokens in references]
        self._sizes = [len(tokens) for tokens in references]
        self._sentences = sentences
        known = frozenset().union(*self._wanted)
        self._own = [
            Counter(gram for gram in _grams(tokens) if gram in known) for tokens in sentences
        ]
        self._chosen: list[int] = []
        self._held: Counter[_Gram] = Counter()
        self._hits = [(0, 0)] * len(references)
        self._length = 0

    def run(self, most: int) -> list[int]:
        """Return the positions of at most so many sentences, in order."""
        best = 0.0
        left = [i for i, tokens in enumerate(self._sentences) if tokens]
        while left and len(self._chosen) < most:
            scores = [self._score(i) for i in left]
            score = max(scores)
            if score <= best:
                break
            best = score
            self._add(left.pop(scores.index(score)))
        return self._chosen

    def _score(self, i: int) -> float:
        """Return the mean of ROUGE-1 F and ROUGE-2 F with sentence i added."""
        length = self._length + len(self._sentences[i])
        hits = self._hits_with(self._change(i))
        pairs = [*zip(hits, self._sizes, strict=True)]
        one = max(prf_of_one(h[0], size, length).f for h, size in pairs)
        two = max(prf_of_one(h[1], max(size - 1, 0), length - 1).f for h, size in pairs)
        return (one + two) / 2

    def _add(self, i: int) -> None:
        change = self._change(i)
        self._hits = self._hits_with(change)
        for gram, count in change.items():
            self._held[gram] += count
        self._length += len(self._sentences[i])
        insort(self._chosen, i)

    def _change(self, i: int) -> Mapping[_Gram, int]:
        """Return how the counts of n-grams change with sentence i between its neighbours."""
        at = bisect(self._chosen, i)
        before = [self._sentences[j][-1] for j in self._chosen[:at][-1:]]
        after = [self._sentences[j][0] for j in self._chosen[at:][:1]]
        change = Counter(self._own[i])
        change.update(product(before, self._sentences[i][:1]))
        change.update(product(self._sentences[i][-1:], after))
        change.subtract(product(before, after))
        return change

    def _hits_with(self, change: Mapping[_Gram, int]) -> list[tuple[int, int]]:
        """Return the clipped hits in each reference, of ROUGE-1 and ROUGE-2, after a change."""
        return [
            self._clipped(wanted, hits, change)
            for wanted, hits in zip(self._wanted, self._hits, strict=True)
        ]

    def _clipped(
        self, wanted: Mapping[_Gram, int], hits: tuple[int, int], change: Mapping[_Gram, int]
    ) -> tuple[int, int]:
        total = [*hits]
        for gram, count in change.items():
            most = wanted.get(gram, 0)
            held = self._held[gram]
            total[len(gram) - 1] += min(held + count, most) - min(held, most)
        return total[0], total[1]


def _grams(tokens: Sequence[int]) -> list[_Gram]:
    return [*zip(tokens, strict=True), *pairwise(tokens)]


SUMMARISER: type[Summariser] = Oracle
