"""A comparison as CSV, long and tidy: one line per candidate and column."""

import csv
import io
from dataclasses import dataclass

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
    "scored",
    "unscored",
    "signature",
)


@dataclass(frozen=True, slots=True)
class Csv:
    """All columns, unrounded and unscaled; an absent mean is an empty field."""

    def write(self, comparison: Comparison) -> str:
        """Return the lines under a header."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_FIELDS)
        for row, cells in zip(comparison.rows, comparison.cells, strict=True):
            for heading, cell in zip(comparison.headings, cells, strict=True):
                writer.writerow(
                    (
                        row.name,
                        row.role or "",
                        row.run,
                        row.status,
                        heading.metric,
                        heading.column.name,
                        heading.column.better or "",
                        "" if cell.mean is None else repr(cell.mean),
                        cell.scored,
                        sum(cell.unscored.values()),
                        heading.signature,
                    )
                )
        return out.getvalue()


REPORT: type[Report] = Csv
