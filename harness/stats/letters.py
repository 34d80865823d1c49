"""Who beats whom, as superscript letters, and the rows that nobody could be shown to beat."""

import numpy as np

from harness.errors import UsageError
from harness.stats.cube import BoolArray, FloatArray


def sign_of(better: str) -> float:
    """Return 1.0 where "higher" is better and -1.0 where "lower" is."""
    if better not in ("higher", "lower"):
        msg = f"A column's better direction is 'higher' or 'lower', not {better!r}."
        raise UsageError(msg)
    return 1.0 if better == "higher" else -1.0


def letter(position: int) -> str:
    """Return the letter of the row at ``position`` from 0: a to z, then aa, ab, ... without end.

    >>> [letter(i) for i in (0, 25, 26, 27, 701, 702)]
    ['a', 'z', 'aa', 'ab', 'zz', 'aaa']
    """
    letters = ""
    position += 1
    while position:
        position, last = divmod(position - 1, 26)
        letters = chr(ord("a") + last) + letters
    return letters


def superscripts(beats: BoolArray) -> tuple[tuple[str, ...], ...]:
    """Return for each row the letters of the rows it beats; ``beats`` is (rows, rows)."""
    return tuple(tuple(letter(int(i)) for i in np.flatnonzero(row)) for row in beats)


def top_group(means: FloatArray, scored: BoolArray, beats: BoolArray, better: str) -> BoolArray:
    """Return which rows belong to the top group: those that the best row does not beat.

    The best row has the best of ``means`` among the rows ``scored`` on any article; where several
    share it exactly, a row that any of them beats is out. A row without scores is never in. The
    group says that no difference from the best was shown, not that there is none.
    """
    if not scored.any():
        return np.zeros(len(means), bool)
    value = np.where(scored, sign_of(better) * means, -np.inf)
    best = value == value.max()
    return np.asarray(scored & ~beats[best].any(axis=0))
