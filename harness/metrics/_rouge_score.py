"""The rouge-score package as the second opinion on our own ROUGE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from harness.rouge import Tokeniser
from harness.rouge.spelling import BYTE_TABLES, spell

Sides = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""F, precision and recall of many summaries."""

_FIELDS = ("fmeasure", "precision", "recall")


@dataclass(frozen=True, slots=True)
class RougeScore:
    """rouge-score 0.1.2, with its own tokeniser or ours beside it."""

    types: Sequence[str]
    stem: bool
    tokens: Tokeniser

    def best(
        self,
        references: Sequence[Sequence[str]],
        summaries: Sequence[str],
        take: Literal["max", "mean"],
    ) -> Mapping[str, Sides]:
        """Score summaries that have several references each; sentences are lines."""
        from rouge_score import rouge_scorer  # 0.9 s: nltk comes with it

        tokenizer = _Tokenizer(self.tokens, _Stemmer() if self.stem else None)
        scorer = rouge_scorer.RougeScorer(list(self.types), self.stem, tokenizer=tokenizer)
        choose = _largest if take == "max" else _mean
        rows = [choose(scorer, t, s) for t, s in zip(references, summaries, strict=True)]
        return {kind: _sides([row[kind] for row in rows]) for kind in self.types}


def _sides(rows: Sequence[Sequence[float]]) -> Sides:
    f, precision, recall = np.array(rows, float).reshape(-1, 3).T
    return f, precision, recall


def _largest(scorer: Any, references: Sequence[str], summary: str) -> dict[str, list[float]]:
    best = scorer.score_multi(references, summary)
    return {kind: [getattr(score, field) for field in _FIELDS] for kind, score in best.items()}


def _mean(scorer: Any, references: Sequence[str], summary: str) -> dict[str, list[float]]:
    each = [_largest(scorer, [reference], summary) for reference in references]
    return {
        kind: [sum(one[kind][i] for one in each) / len(each) for i in range(len(_FIELDS))]
        for kind in each[0]
    }


class _Tokenizer:
    """rouge-score's tokeniser, or our Unicode one in its place, with a stemmer that remembers."""

    def __init__(self, tokens: Tokeniser, stemmer: "_Stemmer | None") -> None:
        self._tokens, self._stemmer = tokens, stemmer

    def tokenize(self, text: str) -> list[str]:
        """Return the tokens of a text, those of more than three letters stemmed."""
        from rouge_score.tokenize import tokenize

        if self._tokens == "ascii":
            return list(tokenize(text, self._stemmer))
        tokens = spell(text, "unicode").translate(BYTE_TABLES["unicode"]).decode().split()
        if self._stemmer is None:
            return tokens
        return [self._stemmer.stem(t) if len(t) > 3 else t for t in tokens]


class _Stemmer:
    """nltk's Porter stemmer, asked once per word: it is half of rouge-score's time."""

    def __init__(self) -> None:
        from nltk.stem.porter import PorterStemmer

        self.stem = cache(PorterStemmer().stem)
