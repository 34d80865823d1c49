"""A comparison for the terminal: aligned at any width, readable in a pipe."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from harness.comparison import Comparison
from harness.parts import Report
from harness.reports._table import Table, table

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Terminal:
    """Columns that do not fit stand in further blocks below, beside the names again.

    ``width`` is that of the terminal where it is not given; a pipe has no width and one block.
    """

    width: int | None = None
    columns: tuple[str, ...] | None = None

    def write(self, comparison: Comparison) -> str:
        """Return the table, its footnotes, and what its numbers depend on."""
        shown = table(comparison, self.columns)
        width = self.width or shutil.get_terminal_size((200, 24)).columns
        blocks = [_block(shown, at) for at in _fitting(shown, width)]
        return "\n\n".join([*blocks, "\n".join([*shown.footnotes, *shown.notes])]) + "\n"


def _widths(shown: Table) -> list[int]:
    return [max(map(len, column)) for column in zip(shown.header, *shown.rows, strict=True)]


def _fitting(shown: Table, width: int) -> list[list[int]]:
    """Return the columns of each block; the first column, the name, stands in every one."""
    widths = _widths(shown)
    blocks: list[list[int]] = [[0]]
    for i in range(1, len(widths)):
        used = sum(widths[j] + len(_GAP) for j in blocks[-1])
        if used + widths[i] > width and len(blocks[-1]) > 1:
            blocks.append([0])
        blocks[-1].append(i)
    return blocks


def _block(shown: Table, at: Sequence[int]) -> str:
    widths = _widths(shown)
    rule = _GAP.join("─" * widths[i] for i in at)
    lines = [_line([row[i] for i in at], [widths[i] for i in at]) for row in shown.rows]
    header = _line([shown.header[i] for i in at], [widths[i] for i in at])
    return "\n".join([header, rule, *lines])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name = cells[0].ljust(widths[0])
    numbers = (c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True))
    return _GAP.join([name, *numbers]).rstrip()


REPORT: type[Report] = Terminal
