"""BLEU and chrF of a summary against its references, computed by the package sacrebleu.

BLEU (Papineni et al., 2002) is the geometric mean of the precisions of 1- to 4-grams, times a
penalty for brevity; chrF (Popović, 2015) is F2 over character 1- to 6-grams, and with two word
orders chrF++ (Popović, 2017). The numbers are those of sacrebleu (Post, 2018) and carry its own
signatures. docs/bleu.md tells what their mean over articles is, and what it is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from harness.errors import MissingExtraError, UsageError
from harness.parts import Metric, Need
from harness.records import JSON, Column, Item, Scores
from harness.signature import signature

_ANY = -1
"""How sacrebleu says that the number of references may differ from text to text."""


@dataclass(frozen=True, slots=True)
class SacreBleu:
    """Sentence BLEU and chrF, from 0, nothing shared, to 100, equal to a reference.

    ``tokenize`` is how BLEU parts words: 13a, intl, zh, char or none. ``word_order`` words count
    beside chrF's characters, 0 for chrF and 2 for chrF++. BLEU clips n-grams by all references and
    compares the length with the closest; chrF takes the best reference. BLEU of a single text needs
    smoothing: the package's ``exp``, with orders longer than the text left out. A text without
    words has 0, unless its reference has none either. Of a text equal to its reference the package
    says 100.00000000000004 at times, which is 100 here.

    Raises MissingExtraError without sacrebleu.
    """

    tokenize: Literal["13a", "intl", "zh", "char", "none"] = "13a"
    lowercase: bool = False
    word_order: int = 0

    needs: ClassVar[frozenset[Need]] = frozenset({"references"})

    def __post_init__(self) -> None:
        """Refuse a number of word orders that makes no chrF."""
        if not 0 <= self.word_order <= 6:
            msg = (
                f"sacrebleu(word_order={self.word_order}): give 0 for chrF, 2 for chrF++, up to 6."
            )
            raise UsageError(msg)

    def columns(self) -> tuple[Column, ...]:
        """Return BLEU and chrF, both in the package's points."""
        chrf = (
            f"{self._chrf} against the best reference, mean over articles, not corpus {self._chrf}"
        )
        bleu = "sentence BLEU, smoothed (exp), mean over articles: not corpus BLEU"
        return (
            Column("bleu", bleu, "higher", high=100.0, headline=True),
            Column(self._chrf.lower(), chrf, "higher", high=100.0, headline=True),
        )

    @property
    def _chrf(self) -> str:
        return "chrF" + "+" * min(self.word_order, 2)

    def signature(self) -> str:
        """Return the package's own two signatures, with commas where it has bars."""
        bleu, chrf = (_signed(tool) for tool in self._tools())
        return signature("sacrebleu", bleu=bleu, chrf=chrf, level="sentence", v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary; the details hold BLEU's statistics, whose sums give corpus BLEU."""
        bleu, chrf = self._tools()
        found = [bleu.sentence_score(i.summary, list(i.references)) for i in items]
        close = [chrf.sentence_score(i.summary, list(i.references)) for i in items]
        values = {"bleu": _points(found), self._chrf.lower(): _points(close)}
        return Scores(values, details=[_statistics(one) for one in found])

    def _tools(self) -> tuple[Any, Any]:
        try:
            from sacrebleu.metrics.bleu import BLEU
            from sacrebleu.metrics.chrf import CHRF
        except ModuleNotFoundError:
            raise MissingExtraError("sacrebleu", "mt", "sacrebleu") from None
        bleu = BLEU(lowercase=self.lowercase, tokenize=self.tokenize, effective_order=True)
        return bleu, CHRF(word_order=self.word_order, lowercase=self.lowercase)


def _signed(tool: Any) -> str:
    tool.num_refs = _ANY
    return str(tool.get_signature()).replace("|", ",")


def _points(found: Sequence[Any]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([min(one.score, 100.0) for one in found], float)


def _statistics(bleu: Any) -> JSON:
    counts, totals = map(list, (bleu.counts, bleu.totals))
    return {"words": bleu.sys_len, "closest": bleu.ref_len, "counts": counts, "totals": totals}


METRIC: type[Metric] = SacreBleu
