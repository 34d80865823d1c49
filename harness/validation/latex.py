"""A validation as LaTeX tables, for a paper, to be read with input."""

from harness.reports.latex import escape
from harness.validation.run import Validation
from harness.validation.sheets import Sheet, sheets
from harness.validation.told import notes


def tables(found: Validation) -> str:
    """Return one table for each sheet; what they stand on are comments before the first."""
    comments = ["% " + " ".join(note.split()) for note in notes(found)]
    parts = [_table(sheet, f"tab:{found.name}-{i}") for i, sheet in enumerate(sheets(found), 1)]
    return "\n\n".join(["\n".join(comments), *parts]) + "\n"


def _table(sheet: Sheet, label: str) -> str:
    lines = [" & ".join(map(escape, row)) + r" \\" for row in (sheet.header, *sheet.rows)]
    caption = ". ".join([sheet.title, *sheet.notes])
    return "\n".join(
        [
            r"\begin{table*}",
            r"\centering",
            r"\small",
            rf"\begin{{tabular}}{{l{'r' * (len(sheet.header) - 1)}}}",
            r"\toprule",
            lines[0],
            r"\midrule",
            *lines[1:],
            r"\bottomrule",
            r"\end{tabular}",
            rf"\caption{{{escape(caption)}.}}",
            rf"\label{{{_label(label)}}}",
            r"\end{table*}",
        ]
    )


def _label(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in ":-" else "-" for sign in text)
