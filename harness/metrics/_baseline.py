"""What BERTScore gives texts that have nothing to do with each other, by layer of a model.

Rescaled, a score is (x - b) / (1 - b): 0 for what strangers score, 1 for equal texts (Zhang et
al., 2020, and the files ``rescale_baseline/*/*.tsv`` of the package bert-score).
"""

from dataclasses import dataclass

from harness import files
from harness.errors import InputError


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baselines of one layer, below 1 each."""

    precision: float
    recall: float
    f: float


def rescale(value: float, baseline: float) -> float:
    """Return a score with 0 where its baseline is and 1 where it was.

    >>> rescale(0.75, 0.5), rescale(0.5, 0.5), rescale(1.0, 0.5)
    (0.5, 0.0, 1.0)
    """
    return (value - baseline) / (1 - baseline)


def read(path: str, layer: int) -> Baseline:
    """Return a layer's row of a file ``LAYER,P,R,F``, commas or tabs; refuse one without it."""
    rows = [(number, line) for number, line in files.lines(path) if line.strip()]
    known = [_row(path, number, line) for number, line in rows[1:]]
    of = [row for at, row in known if at == layer]
    if len(of) == 1:
        return of[0]
    named = ", ".join(str(at) for at, _ in known) or "none"
    msg = (
        f"{path} has {'no' if not of else 'more than one'} baseline for layer {layer} (it has "
        f"{named}), so that nothing can be rescaled. Give the file of this model, or leave "
        "baseline out."
    )
    raise InputError(msg)


def _row(path: str, number: int, line: str) -> tuple[int, Baseline]:
    cells = line.split("\t" if "\t" in line else ",")
    try:
        layer, values = int(float(cells[0])), [float(cell) for cell in cells[1:]]
        if len(values) == 3 and all(-1 < value < 1 for value in values):
            return layer, Baseline(*values)
    except ValueError:
        pass
    msg = f"{path}:{number}: {line[:60]!r} is no row LAYER,P,R,F with numbers between -1 and 1."
    raise InputError(msg)
