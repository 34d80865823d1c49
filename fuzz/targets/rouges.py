"""The ROUGE engine on arbitrary text, held against rouge-score on the same text."""

import numpy as np
from rouge_score import rouge_scorer

from fuzz.target import Target
from harness.metrics.rouge import Rouge
from harness.records import Article, Item

_NAMES = {"rouge1": "rouge1", "rouge2": "rouge2", "rougeL": "rougeL"}
_THEIRS = rouge_scorer.RougeScorer(list(_NAMES), use_stemmer=True)
_OURS = Rouge()


def once(data: bytes) -> None:
    """Score one half of a text against the other; ours and theirs must be equal to the last bit."""
    half = data.find(b"|") + 1
    reference, summary = (d.decode("utf-8", "replace") for d in (data[:half], data[half:]))
    ours = _OURS.score([Item(Article("a", ""), summary, (reference,))]).values
    theirs = _THEIRS.score(reference, summary)
    for column, values in ours.items():
        name = next((n for n in _NAMES if column.lower() == n.lower()), None)
        if name and not np.array_equal(values, [theirs[name].fmeasure]):
            msg = f"{column}: {values} is not {theirs[name].fmeasure}"
            raise AssertionError(msg)


TARGET = Target(
    once,
    [
        b"Engineers closed the 90-year-old bridge.|The bridge was closed by engineers on Monday.",
        "Café İstanbul \u017ftop \u212a|cafe istanbul stop k".encode(),
        b"running runs ran easily flies|run run run easy fly\n\nflying",
    ],
    [b"|", b"ing", b"ies", b"ed ", b"\xc4\xb0", b"\xe2\x84\xaa", b"\n"],
    longest=512,
)
