"""A comparison as JSON, for programs; the fields are described in docs/formats.md."""

import json
from dataclasses import asdict, dataclass

from harness.comparison import Cell, Comparison, Heading
from harness.parts import Report
from harness.records import JSON


@dataclass(frozen=True, slots=True)
class Json:
    """All columns, unrounded and unscaled; a row's cells are in the order of the columns."""

    def write(self, comparison: Comparison) -> str:
        """Return one JSON object."""
        rows = [
            asdict(row) | {"cells": [_cell(cell) for cell in cells]}
            for row, cells in zip(comparison.rows, comparison.cells, strict=True)
        ]
        document = {
            "format": 1,
            "corpus": {
                "name": comparison.corpus,
                "fingerprint": comparison.fingerprint,
                "articles": len(comparison.articles),
            },
            "differences": list(comparison.differences),
            "failed_checks": list(comparison.failed_checks),
            "columns": [_heading(h) for h in comparison.headings],
            "rows": rows,
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _heading(heading: Heading) -> dict[str, JSON]:
    return {"metric": heading.metric, "signature": heading.signature, **asdict(heading.column)}


def _cell(cell: Cell) -> dict[str, JSON]:
    return {
        "mean": cell.mean,
        "scored": cell.scored,
        "unscored": dict(cell.unscored),
        "warnings": dict(cell.warnings),
    }


REPORT: type[Report] = Json
