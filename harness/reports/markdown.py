"""A comparison as Markdown tables, for a README or a pull request."""

from dataclasses import dataclass

from harness.comparison import Comparison
from harness.parts import Report
from harness.records import Column
from harness.reports._table import Cell, Table, is_shown, sheet


@dataclass(frozen=True, slots=True)
class Markdown:
    """Tables with the notes below them; names are escaped, since they may come from outside."""

    columns: tuple[str, ...] | None = None

    def shows(self, column: Column) -> bool:
        """Return whether a column is in the tables."""
        return is_shown(column, self.columns)

    def write(self, comparison: Comparison) -> str:
        """Return the tables in GitHub's Markdown."""
        found = sheet(comparison, self.columns)
        parts = [_table(found.means)]
        if found.differences is not None and len(found.differences.header) > 1:
            parts += [f"Difference from {_escape(found.baseline or '')}:"]
            parts += [_table(found.differences)]
        notes = [f"- {_escape(note)}" for note in (*found.footnotes, *found.explanation)]
        notes += [f"- `{note.replace('`', chr(39))}`" for note in found.notes]
        return "\n\n".join([*parts, "\n".join(notes)]) + "\n"


def _table(table: Table) -> str:
    rule = ("---", *["---:"] * (len(table.header) - 1))
    rows = [tuple(map(_escape, table.header)), rule, *(map(_cell, row) for row in table.rows)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(cell: Cell) -> str:
    number = _escape(cell.number) + cell.mark
    parts = [f"**{number}**" if cell.top else number, _escape(cell.interval)]
    if cell.letters:
        parts.append(f"<sup>{_escape(cell.letters)}</sup>")
    return " ".join(part for part in parts if part)


def _escape(text: str) -> str:
    for sign in "\\|*_<>[]`":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " ")


REPORT: type[Report] = Markdown
