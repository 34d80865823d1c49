"""A comparison as words: the headers, cells and notes that every tabular report shows alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.comparison import Cell, Comparison, Heading, Row

ARROWS = {"higher": "↑", "lower": "↓", None: ""}
ABSENT = "-"
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class Table:
    """Text only: a header per column, a row per candidate, and notes for below."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footnotes: tuple[str, ...]
    notes: tuple[str, ...]


def shown(comparison: Comparison, columns: Sequence[str] | None) -> list[int]:
    """Return the positions of the columns to show: those named, or the headlines."""
    if columns is None:
        return [i for i, h in enumerate(comparison.headings) if h.column.headline]
    return [i for i, h in enumerate(comparison.headings) if h.column.name in columns]


def number(value: float | None, heading: Heading) -> str:
    """Return a value as it is shown: scaled, rounded to the column's digits."""
    column = heading.column
    return ABSENT if value is None else f"{value * column.scale:.{column.digits}f}"


def table(comparison: Comparison, columns: Sequence[str] | None = None) -> Table:
    """Return what to show of a comparison."""
    at = shown(comparison, columns)
    headings = [comparison.headings[i] for i in at]
    marks = _Marks()
    rows = tuple(
        (
            _name(row),
            _written(row, marks),
            _seconds(row.seconds),
            *(number(cells[i].mean, comparison.headings[i]) + marks.of(row, cells[i]) for i in at),
        )
        for row, cells in zip(comparison.rows, comparison.cells, strict=True)
    )
    header = ("candidate", "n", "s/article", *_labels(headings))
    return Table(header, rows, marks.notes(), _notes(comparison, headings))


def _labels(headings: Sequence[Heading]) -> list[str]:
    """Return the names of the columns, with their metric where two metrics use one name."""
    names = [h.column.name for h in headings]
    plain = [
        n if names.count(n) == 1 else f"{n} {h.metric}"
        for n, h in zip(names, headings, strict=True)
    ]
    return [f"{n} {ARROWS[h.column.better]}".strip() for n, h in zip(plain, headings, strict=True)]


def _name(row: Row) -> str:
    role = f" ({row.role})" if row.role and row.role not in row.name else ""
    unfinished = "" if row.status == "complete" else f" [{row.status}]"
    return f"{row.name}{role}{unfinished}"


def _written(row: Row, marks: "_Marks") -> str:
    return f"{row.written}{marks.mark(row.unwritten)}"


def _seconds(seconds: float | None) -> str:
    return ABSENT if seconds is None else f"{seconds:.2g}" if seconds < 10 else f"{seconds:.0f}"


class _Marks:
    """Footnote marks for what is unscored: one mark for each distinct set of reasons."""

    def __init__(self) -> None:
        self._found: dict[tuple[tuple[str, int], ...], str] = {}

    def mark(self, reasons: Mapping[str, int]) -> str:
        if not reasons:
            return ""
        key = tuple(sorted(reasons.items()))
        return self._found.setdefault(key, _superscript(len(self._found) + 1))

    def of(self, row: Row, cell: Cell) -> str:
        """Mark a cell that leaves more unscored than the row leaves unwritten."""
        rest = {w: n for w, n in cell.unscored.items() if not w.startswith("no summary: ")}
        return self.mark(rest) if row.written else ""

    def notes(self) -> tuple[str, ...]:
        return tuple(
            f"{mark} {'; '.join(f'{n} unscored: {why}' for why, n in reasons)}"
            for reasons, mark in self._found.items()
        )


def _superscript(number: int) -> str:
    return "".join(_MARKS[int(digit)] for digit in str(number))


def _notes(comparison: Comparison, headings: Sequence[Heading]) -> tuple[str, ...]:
    signatures = dict.fromkeys(h.signature for h in headings)
    corpus = f"corpus {comparison.corpus}, {len(comparison.articles)} articles, "
    warnings = dict.fromkeys(
        f"{comparison.rows[r].name}: {n} of {cell.scored} summaries: {what}"
        for r, cells in enumerate(comparison.cells)
        for cell in cells
        for what, n in cell.warnings.items()
    )
    return (
        *(f"NOT COMPARABLE, shown all the same: {d}" for d in comparison.differences),
        *(f"warning: {text}" for text in warnings),
        f"{corpus}fingerprint {comparison.fingerprint[:12]}",
        *signatures,
    )
