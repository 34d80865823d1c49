"""The texts of the page: every sentence of an article and its summaries once."""

import re
from collections.abc import Sequence

from harness.comparison import Comparison
from harness.reading import Flag, Reading, Span, Written, readings
from harness.records import JSON
from harness.reports._html.data import rounded

_AFTER_A_SENTENCE = re.compile(r"(?<=[.!?]) ")


def texts(comparison: Comparison, most: int, columns: Sequence[int]) -> list[JSON]:
    """Return at most ``most`` articles, evenly spaced, with their summaries, flags and scores.

    The scores are those of ``columns``, by column and row. Without the runs there is no text.
    """
    if not comparison.runs:
        return []
    total = len(comparison.articles)
    at = [i * total // min(most, total) for i in range(min(most, total))]
    found = readings(comparison.runs, [comparison.articles[i] for i in at])
    return [
        {**_reading(reading), "scores": [_scores(comparison, i, c) for c in columns]}
        for i, reading in zip(at, found, strict=True)
    ]


def _scores(comparison: Comparison, article: int, column: int) -> list[JSON]:
    scale = comparison.headings[column].column.scale
    values = comparison.values[article, :, column] * scale
    present = comparison.present[article, :, column].tolist()
    return [rounded(v, 4) if there else None for v, there in zip(values, present, strict=True)]


def _reading(reading: Reading) -> dict[str, JSON]:
    article, pool = reading.article, _Pool()
    told: dict[str, JSON] = {
        "id": article.id,
        "text": pool.put(article.text),
        "references": [pool.put(r) for r in article.references],
        "summaries": [_summary(w, pool) for w in reading.written],
        "flags": [_flags(w, article.text) for w in reading.written],
        "parts": pool.parts(),
    }
    return told | ({"title": article.title} if article.title else {})


def _summary(written: Written | None, pool: "_Pool") -> JSON:
    """Return the parts of a summary, or in words why there is none."""
    if written is None:
        return "not written yet"
    text = written.summary.text
    return written.summary.reason if text is None else pool.put(text)


def _flags(written: Written | None, article: str) -> list[JSON] | None:
    """Return the flags, null where nothing looked for any."""
    if written is None or not written.checked:
        return None
    summary = written.summary.text or ""
    return [_flag(f, summary, article) for f in written.flags]


def _flag(flag: Flag, summary: str, article: str) -> list[JSON]:
    """Return type, tier, the offsets of the words, of what is found and of its sentence.

    Where others were asked, then what each says: its verdict on the flag, its spec, its words.
    """
    beside = (None if s is None else _units(article, s) for s in (flag.found, flag.evidence))
    seconds: list[JSON] = [[one.verdict, one.by, one.words] for one in flag.seconds]
    told: list[JSON] = [flag.type, flag.tier, _units(summary, flag.at), *beside]
    return [*told, seconds] if seconds else told


def _units(text: str, span: Span) -> list[int]:
    """Return a span in the units that a browser counts text in, of 16 bits.

    >>> _units("a🙂b", (2, 3))
    [3, 4]
    """
    return [at + sum(sign > "\uffff" for sign in text[:at]) for at in span]


class _Pool:
    """The parts that texts are made of; a part that occurs again, as in extracts, is kept once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def put(self, text: str) -> list[int]:
        """Keep a text, and return its parts: joined by spaces they are the text."""
        parts = _AFTER_A_SENTENCE.split(text)
        return [self._places.setdefault(part, len(self._places)) for part in parts]

    def parts(self) -> list[str]:
        """Return all parts."""
        return list(self._places)
