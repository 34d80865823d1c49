"""How rare a token is among a file's texts: inverse document frequencies, as bert-score's.

The file is an argument, so that no score depends on what else was scored with it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness import files
from harness.errors import InputError


@dataclass(frozen=True, slots=True)
class Idf:
    """ln((N + 1) / (n + 1)) for a token in n of N texts: 0 in all of them, ln(N + 1) in none."""

    counts: Counter[int]
    texts: int

    @classmethod
    def of(cls, tokens: Iterable[Sequence[int]]) -> "Idf":
        """Count in how many texts each token stands, its marks included."""
        rows = list(tokens)
        return cls(Counter(token for row in rows for token in set(row)), len(rows))

    def weight(self, token: int) -> float:
        """Return the weight of a token."""
        return math.log((self.texts + 1) / (self.counts[token] + 1))


def texts(path: str) -> list[str]:
    """Return the texts of a file: a line each, or, of JSON lines, every reference in order.

    Lines that are blank are none. Raises InputError for a file that holds no text.
    """
    bare = path.removesuffix(".gz")
    found = _references(path) if Path(bare).suffix in {".jsonl", ".ndjson"} else _lines(path)
    if not found:
        msg = (
            f"{path} holds no texts to count tokens in. Give one a line, or a corpus's JSON lines."
        )
        raise InputError(msg)
    return found


def _lines(path: str) -> list[str]:
    return [line for _, line in files.lines(path) if line.strip()]


def _references(path: str) -> list[str]:
    return [text for number, row in files.json_objects(path) for text in _told(path, number, row)]


def _told(path: str, number: int, row: dict[str, object]) -> list[str]:
    told = row.get("references", row.get("reference"))
    told = [told] if isinstance(told, str) else told
    if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
        msg = f"{path}:{number}: no references to count tokens in. Each line needs a list of texts."
        raise InputError(msg)
    return told
