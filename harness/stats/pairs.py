"""Which rows are compared with which."""

from dataclasses import dataclass

import numpy as np

from harness.errors import UsageError
from harness.stats.cube import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of row positions; every difference is ``first`` minus ``second``."""

    first: IntArray
    second: IntArray

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.first)

    def __getitem__(self, part: "slice | IntArray") -> "Pairs":
        """Return some of the pairs."""
        return Pairs(self.first[part], self.second[part])


def all_pairs(rows: int) -> Pairs:
    """Return every pair of ``rows`` rows once, the earlier row first; none for a single row."""
    return Pairs(*np.triu_indices(rows, 1))


def against(baseline: int, rows: int) -> Pairs:
    """Return every other row paired with ``baseline``: differences are row minus baseline."""
    if not 0 <= baseline < rows:
        msg = f"The baseline is row {baseline}, and there are rows 0 to {rows - 1}."
        raise UsageError(msg)
    others = np.delete(np.arange(rows), baseline)
    return Pairs(others, np.full(rows - 1, baseline))
