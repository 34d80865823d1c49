"""A comparison as CSV, long and tidy: one line per candidate and column."""

import csv
import io
from dataclasses import dataclass

from harness.analysis import Analysis, analyse
from harness.comparison import Comparison
from harness.parts import Report

_FIELDS = (
    "candidate",
    "role",
    "run",
    "status",
    "metric",
    "column",
    "better",
    "mean",
    "low",
    "high",
    "scored",
    "unscored",
    "beats",
    "top",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "adjusted_p",
    "d_z",
    "higher",
    "equal",
    "lower",
    "signature",
)


@dataclass(frozen=True, slots=True)
class Csv:
    """All columns, unrounded and unscaled; what does not exist is an empty field.

    A name that a spreadsheet would take for a formula is preceded by an apostrophe.
    """

    def write(self, comparison: Comparison) -> str:
        """Return the lines under a header."""
        analysis = analyse(comparison)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_FIELDS)
        for row in range(len(comparison.rows)):
            for column in range(len(comparison.headings)):
                writer.writerow(_line(analysis, row, column))
        return out.getvalue()


def _line(analysis: Analysis, r: int, c: int) -> list[object]:
    comparison = analysis.comparison
    row, heading, cell = comparison.rows[r], comparison.headings[c], comparison.cells[r][c]
    mean = analysis.mean(r, c)
    return [
        *map(_inert, (row.name, row.role or "", row.run, row.status, heading.metric)),
        heading.column.name,
        heading.column.better or "",
        *(["", "", ""] if mean is None else [mean.estimate, mean.low, mean.high]),
        cell.scored,
        sum(cell.unscored.values()),
        " ".join(analysis.letters[c][r]),
        int(analysis.top[c][r]),
        *_difference(analysis, r, c),
        heading.signature,
    ]


def _difference(analysis: Analysis, row: int, column: int) -> list[object]:
    found = analysis.difference(row, column)
    if found is None:
        return [""] * 9
    interval, test, effect = found.interval, found.test, found.effect
    told: list[object] = [interval.estimate, interval.low, interval.high, test.p, test.adjusted]
    if effect is None:
        return [*told, "", "", "", ""]
    return [*told, effect.d_z, effect.higher, effect.equal, effect.lower]


def _inert(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


REPORT: type[Report] = Csv
