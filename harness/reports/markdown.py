"""A comparison as a Markdown table, for a README or a pull request."""

from dataclasses import dataclass

from harness.comparison import Comparison
from harness.parts import Report
from harness.reports._table import table


@dataclass(frozen=True, slots=True)
class Markdown:
    """A table with the notes below it; names are escaped, since they may come from outside."""

    columns: tuple[str, ...] | None = None

    def write(self, comparison: Comparison) -> str:
        """Return the table in GitHub's Markdown."""
        shown = table(comparison, self.columns)
        rows = [shown.header, ("---", *["---:"] * (len(shown.header) - 1)), *shown.rows]
        lines = ["| " + " | ".join(map(_escape, row)) + " |" for row in rows]
        notes = [f"- {_escape(note)}" for note in shown.footnotes]
        notes += [f"- `{note.replace('`', chr(39))}`" for note in shown.notes]
        return "\n".join([*lines, "", *notes]) + "\n"


def _escape(text: str) -> str:
    for sign in "\\|*_<>[]":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " ")


REPORT: type[Report] = Markdown
