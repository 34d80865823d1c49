"""ROUGE-1, -2, -L and -Lsum (Lin, 2004), equal to rouge-score 0.1.2 to the last bit.

How many n-grams (ROUGE-N), or words of a longest common subsequence (ROUGE-L), a summary and a
reference share: as precision over the summary's, recall over the reference's, and F, their harmonic
mean. 0 means that nothing is shared, 1 that all is. Of several references the one with the largest
F counts, for each type by itself, or their mean.

For ROUGE-Lsum harness splits both sides into sentences itself. Packages that rely on newlines
give the same texts 39.2 or 29.5 points, depending on who wrote the newlines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from harness.errors import CheckError
from harness.metrics._rouge_score import RougeScore
from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.rouge import Engine, Tokeniser, letters_lost
from harness.rouge import Scores as TypeScores
from harness.signature import signature
from harness.text.sentences import SPLITTER, sentences

TYPES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
_SIDES = {"p": "precision", "r": "recall", "": "F"}
_LOST = 0.1
"""A text that loses more than this share of its letters is warned of."""


@dataclass(frozen=True, slots=True)
class Rouge:
    """ROUGE with every choice that moves it.

    ``stem``: Porter's stems for words of more than three ASCII letters or digits. ``tokens``:
    "ascii" is rouge-score's tokeniser, which loses all letters but a to z; "unicode" keeps them.
    ``sentences``: "own" splits both sides alike, "lines" takes newlines as given. ``references``:
    of several, the one with the largest F, or their mean. ``engine``: "own", or "rouge-score" for
    the reference implementation throughout, some hundred times slower.
    """

    stem: bool = True
    tokens: Tokeniser = "ascii"
    sentences: Literal["own", "lines"] = "own"
    references: Literal["max", "mean"] = "max"
    engine: Literal["own", "rouge-score"] = "own"

    needs: ClassVar[frozenset[Need]] = frozenset({"references"})

    def columns(self) -> tuple[Column, ...]:
        """Return F, precision and recall of every type, in points when shown."""
        return tuple(
            Column(
                kind + ("-" + short if short else ""),
                f"{_SIDES[short]} of {kind}, points",
                "higher",
                high=1.0,
                scale=100,
                headline=not short,
            )
            for kind in TYPES
            for short in ("", "p", "r")
        )

    def signature(self) -> str:
        """Return every choice; ``check`` says what each scoring is held against."""
        return signature(
            "rouge",
            stem=self.stem,
            tokens=self.tokens,
            sentences=SPLITTER if self.sentences == "own" else "lines",
            refs=f"{self.references}-f" if self.references == "max" else self.references,
            engine=self.engine,
            check="rouge-score-0.1.2",
            v=1,
        )

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary against its article's references."""
        summaries = [self._lines(item.summary) for item in items]
        references = [[self._lines(text) for text in item.references] for item in items]
        found: Mapping[str, TypeScores]
        if self.engine == "own":
            found = _engine(self.stem, self.tokens).best(references, summaries, self.references)
        else:
            found = self._by_rouge_score(references, summaries)
        return Scores(_columns(found), warnings=self._warnings(items))

    def check(self, items: Sequence[Item], scores: Scores) -> str:
        """Hold scores against rouge-score itself, to the last bit."""
        summaries = [self._lines(item.summary) for item in items]
        references = [[self._lines(text) for text in item.references] for item in items]
        for column, wanted in _columns(self._by_rouge_score(references, summaries)).items():
            got = scores.values[column]
            for i in np.flatnonzero(got != wanted).tolist():
                msg = (
                    f"{column} of article {items[i].article.id!r} is {float(got[i])!r} here and "
                    f"{float(wanted[i])!r} by rouge-score 0.1.2. Please report the two texts; "
                    "rouge(engine='rouge-score') scores with that package throughout."
                )
                raise CheckError(msg)
        return f"equal to rouge-score 0.1.2 on {len(items)} summaries"

    def _by_rouge_score(
        self, references: Sequence[Sequence[str]], summaries: Sequence[str]
    ) -> Mapping[str, TypeScores]:
        scorer = RougeScore(TYPES, self.stem, self.tokens)
        return scorer.best(references, summaries, self.references)

    def _lines(self, text: str) -> str:
        return "\n".join(sentences(text)) if self.sentences == "own" else text

    def _warnings(self, items: Sequence[Item]) -> dict[int, str]:
        if self.tokens == "unicode":
            return {}
        what = f"loses over {_LOST:.0%} of its letters; rouge(tokens='unicode') keeps them"
        losers = ((i, _loser(item)) for i, item in enumerate(items))
        return {i: f"{loser} {what}" for i, loser in losers if loser}


def _loser(item: Item) -> str | None:
    """Return what loses letters to the ASCII tokeniser, if anything does."""
    if letters_lost(item.summary) > _LOST:
        return "the summary"
    return "a reference" if any(letters_lost(t) > _LOST for t in item.references) else None


def _columns(found: Mapping[str, TypeScores]) -> dict[str, NDArray[np.float64]]:
    """Name every array as ``columns()`` does."""
    return {
        kind + end: array
        for kind, scores in found.items()
        for end, array in (("", scores.f), ("-p", scores.precision), ("-r", scores.recall))
    }


@lru_cache(maxsize=4)
def _engine(stem: bool, tokens: Tokeniser) -> Engine:
    return Engine(stem, tokens)


METRIC: type[Metric] = Rouge
