"""A comparison for the terminal: aligned at any width, readable in a pipe."""

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from harness.comparison import Comparison
from harness.errors import UsageError
from harness.parts import Report
from harness.records import Column
from harness.reports._table import Cell, Table, is_shown, sheet

_GAP = "  "
_PIPE = 200
"""Columns where there is no terminal to ask."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Columns that do not fit stand in further blocks below, beside the names again.

    ``width`` is that of the terminal where it is not given. ``bold`` shows the top group in bold
    beside its star; it is on where standard output is a terminal and NO_COLOR is unset.
    """

    width: int | None = None
    columns: tuple[str, ...] | None = None
    bold: bool | None = None

    def __post_init__(self) -> None:
        """Refuse a width that holds nothing."""
        if self.width is not None and self.width < 1:
            msg = f"terminal(width={self.width}) is not possible: at least 1 is."
            raise UsageError(msg)

    def shows(self, column: Column) -> bool:
        """Return whether a column is in the tables."""
        return is_shown(column, self.columns)

    def write(self, comparison: Comparison) -> str:
        """Return the tables, their footnotes, and what the numbers depend on."""
        found = sheet(comparison, self.columns)
        width = self.width or shutil.get_terminal_size((_PIPE, 24)).columns
        bold = _can_be_bold() if self.bold is None else self.bold
        parts = _blocks(found.means, width, bold)
        if found.differences is not None and len(found.differences.header) > 1:
            parts.append(f"difference from {found.baseline}")
            parts += _blocks(found.differences, width, bold)
        notes = (*found.footnotes, *found.explanation, *found.notes)
        parts.append("\n".join(_wrapped(note, width) for note in notes))
        return "\n\n".join(parts) + "\n"


def _can_be_bold() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _wrapped(note: str, width: int) -> str:
    return textwrap.fill(note, width, subsequent_indent="  ", break_on_hyphens=False)


@dataclass(frozen=True, slots=True)
class _Column:
    """The cells of one column, each field as wide as its widest."""

    header: str
    cells: Sequence[Cell]

    def lines(self, first: bool, bold: bool) -> list[str]:
        """Return header, rule and cells, all of one width."""
        rows = [c.number for c in self.cells] if first else self._aligned()
        width = max(map(len, [self.header, *rows]))
        header = self.header.ljust(width) if first else self.header.rjust(width)
        pad = str.ljust if first else str.rjust
        told = [
            f"\033[1m{pad(text, width)}\033[0m" if bold and cell.top else pad(text, width)
            for text, cell in zip(rows, self.cells, strict=True)
        ]
        return [header, "─" * width, *told]

    def _aligned(self) -> list[str]:
        fields = [
            [c.number + c.mark, "*" if c.top else "", c.interval, c.letters] for c in self.cells
        ]
        widths = [max(map(len, column)) for column in zip(*fields, strict=True)]
        return [
            f"{number.rjust(widths[0])}{star.ljust(widths[1])}"
            + "".join(f" {text.ljust(w)}" for text, w in zip(rest, widths[2:], strict=True) if w)
            for number, star, *rest in fields
        ]


def _blocks(table: Table, width: int, bold: bool) -> list[str]:
    """Return the table as blocks that fit; the first column, the name, stands in every one."""
    columns = [
        _Column(header, cells).lines(i == 0, bold)
        for i, (header, cells) in enumerate(
            zip(table.header, zip(*table.rows, strict=True), strict=True)
        )
    ]
    blocks: list[list[list[str]]] = [[columns[0]]]
    for column in columns[1:]:
        used = sum(len(c[0]) + len(_GAP) for c in blocks[-1])
        if used + len(column[0]) > width and len(blocks[-1]) > 1:
            blocks.append([columns[0]])
        blocks[-1].append(column)
    return [
        "\n".join(_GAP.join(line).rstrip() for line in zip(*block, strict=True)) for block in blocks
    ]


REPORT: type[Report] = Terminal
