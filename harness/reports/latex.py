r"""A comparison as LaTeX tables, for a paper.

Superscripts are padded with \phantom, so that numbers stay aligned under one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.comparison import Comparison
from harness.parts import Report
from harness.records import Column
from harness.reports._table import Cell, Table, is_shown, sheet

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "↑": r"$\uparrow$",
    "↓": r"$\downarrow$",
    "[": "{[}",
    "]": "{]}",
} | {sign: rf"\textsuperscript{{{digit}}}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}


@dataclass(frozen=True, slots=True)
class Latex:
    r"""One ``table*`` of means and, with a baseline, one of differences; bold is the top group.

    ``label`` begins the labels of both tables.
    """

    columns: tuple[str, ...] | None = None
    label: str = "tab:summarisers"

    def shows(self, column: Column) -> bool:
        """Return whether a column is in the tables."""
        return is_shown(column, self.columns)

    def write(self, comparison: Comparison) -> str:
        r"""Return the tables, to be read with ``\input``."""
        found = sheet(comparison, self.columns)
        notes = " ".join((*found.footnotes, *found.explanation))
        about = f"Means over {len(comparison.articles)} articles of {comparison.corpus}."
        parts = [_table(found.means, f"{about} {notes}", self.label)]
        if found.differences is not None and len(found.differences.header) > 1:
            caption = f"Paired differences from {found.baseline}."
            parts.append(_table(found.differences, caption, f"{self.label}-differences"))
        signatures = [f"% {note}" for note in found.notes]
        return "\n\n".join(["\n".join(_comment(s) for s in signatures), *parts]) + "\n"


def _comment(note: str) -> str:
    """Return a note that cannot end its comment: a line end inside would."""
    return " ".join(note.split())


def _table(table: Table, caption: str, label: str) -> str:
    spec = "l" + "r" * (len(table.header) - 1)
    header = " & ".join(escape(text) for text in table.header)
    widest = [
        max((cell.letters for cell in column), key=len) for column in zip(*table.rows, strict=True)
    ]
    rows = [_row(row, widest) for row in table.rows]
    return "\n".join(
        [
            r"\begin{table*}",
            r"\centering",
            r"\small",
            rf"\begin{{tabular}}{{{spec}}}",
            r"\toprule",
            rf"{header} \\",
            r"\midrule",
            *(rf"{row} \\" for row in rows),
            r"\bottomrule",
            r"\end{tabular}",
            rf"\caption{{{escape(caption)}}}",
            rf"\label{{{label}}}",
            r"\end{table*}",
        ]
    )


def _row(row: Sequence[Cell], widest: Sequence[str]) -> str:
    first, *rest = row
    cells = [_cell(cell, wide) for cell, wide in zip(rest, widest[1:], strict=True)]
    return " & ".join([escape(first.number), *cells])


def _cell(cell: Cell, widest: str) -> str:
    text = escape(cell.number + cell.mark)
    text = rf"\textbf{{{text}}}" if cell.top else text
    if cell.interval:
        text += rf" {{\scriptsize {escape(cell.interval)}}}"
    if widest:
        text += rf"\rlap{{\textsuperscript{{{escape(cell.letters)}}}}}" if cell.letters else ""
        text += rf"\phantom{{\textsuperscript{{{escape(widest)}}}}}"
    return text


def escape(text: str) -> str:
    """Return text that LaTeX sets as it stands, whatever it holds."""
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


REPORT: type[Report] = Latex
