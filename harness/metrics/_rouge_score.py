"""The rouge-score package as the second opinion on our own ROUGE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from harness.rouge import Scores, Tokeniser
from harness.rouge.counts import mean_of
from harness.rouge.spelling import BYTE_TABLES, spell


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
    ) -> Mapping[str, Scores]:
        """Score summaries that have several references each; sentences are lines.

        rouge-score knows no mean over references: its scores are averaged as the engine's are, so
        that the order of additions makes no difference.
        """
        from rouge_score import rouge_scorer  # 0.9 s: nltk comes with it

        tokenizer = _Tokenizer(self.tokens, _Stemmer() if self.stem else None)
        scorer = rouge_scorer.RougeScorer(list(self.types), self.stem, tokenizer=tokenizer)
        paired = list(zip(references, summaries, strict=True))
        if take == "max":
            found = [scorer.score_multi(texts, summary) for texts, summary in paired]
            return {kind: _scores([one[kind] for one in found]) for kind in self.types}
        each = [scorer.score(text, summary) for texts, summary in paired for text in texts]
        number = [len(texts) for texts in references]
        return {kind: mean_of(_scores([one[kind] for one in each]), number) for kind in self.types}


def _scores(rows: Sequence[Sequence[float]]) -> Scores:
    """Return rouge-score's tuples of precision, recall and F as columns."""
    return Scores(*np.array(rows, float).reshape(-1, 3).T)


class _Tokenizer:
    """rouge-score's tokeniser, or our Unicode one in its place, with a stemmer that remembers."""

    def __init__(self, tokens: Tokeniser, stemmer: "_Stemmer | None") -> None:
        self._tokens, self._stemmer = tokens, stemmer

    def tokenize(self, text: str) -> list[str]:
        """Return the tokens of a text, ASCII words of more than three letters stemmed."""
        from rouge_score.tokenize import tokenize

        if self._tokens == "ascii":
            return list(tokenize(text, self._stemmer))
        tokens = spell(text, "unicode").translate(BYTE_TABLES["unicode"]).decode().split()
        if self._stemmer is None:
            return tokens
        return [self._stemmer.stem(t) if len(t) > 3 and t.isascii() else t for t in tokens]


class _Stemmer:
    """nltk's Porter stemmer, asked once per word: it is half of rouge-score's time."""

    def __init__(self) -> None:
        from nltk.stem.porter import PorterStemmer

        self.stem = cache(PorterStemmer().stem)
