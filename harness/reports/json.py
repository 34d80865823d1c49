"""A comparison as JSON, for programs; the fields are described in docs/formats.md."""

import json
import math
from dataclasses import asdict, dataclass

from harness.analysis import ALPHA, RESAMPLES, SEED, Analysis, Difference, analyse
from harness.comparison import Comparison
from harness.parts import Report
from harness.records import JSON
from harness.stats.bootstrap import Interval


@dataclass(frozen=True, slots=True)
class Json:
    """All columns, unrounded and unscaled; a row's cells are in the order of the columns."""

    def write(self, comparison: Comparison) -> str:
        """Return one JSON object."""
        analysis = analyse(comparison)
        corpus = {
            "name": comparison.corpus,
            "fingerprint": comparison.fingerprint,
            "articles": len(comparison.articles),
        }
        document = {
            "format": 1,
            "corpus": corpus,
            "statistics": {"resamples": RESAMPLES, "seed": SEED, "alpha": ALPHA},
            "differences": list(comparison.differences),
            "failed_checks": list(comparison.failed_checks),
            "columns": [_column(analysis, c) for c in range(len(comparison.headings))],
            "rows": [_row(analysis, r) for r in range(len(comparison.rows))],
            "pairs": _pairs(analysis),
        }
        return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _column(analysis: Analysis, column: int) -> dict[str, JSON]:
    heading = analysis.comparison.headings[column]
    reach = analysis.reach[column]
    return {
        "metric": heading.metric,
        "signature": heading.signature,
        **asdict(heading.column),
        "reach": None if reach is None else asdict(reach),
    }


def _row(analysis: Analysis, row: int) -> dict[str, JSON]:
    cells = [_cell(analysis, row, c) for c in range(len(analysis.at))]
    return {**asdict(analysis.comparison.rows[row]), "cells": cells}


def _cell(analysis: Analysis, row: int, column: int) -> dict[str, JSON]:
    cell = analysis.comparison.cells[row][column]
    mean, difference = analysis.mean(row, column), analysis.difference(row, column)
    return {
        **({"estimate": None, "low": None, "high": None} if mean is None else _interval(mean)),
        "scored": cell.scored,
        "unscored": dict(cell.unscored),
        "warnings": dict(cell.warnings),
        "beats": list(analysis.letters[column][row]),
        "top": analysis.top[column][row],
        "from_baseline": None if difference is None else _difference(difference),
    }


def _interval(found: Interval) -> dict[str, JSON]:
    """Return an interval; what a single article leaves open is null, since JSON has no infinity."""
    ends = (None if math.isinf(end) else end for end in (found.low, found.high))
    low, high = ends
    return {"estimate": found.estimate, "low": low, "high": high}


def _difference(found: Difference) -> dict[str, JSON]:
    told: dict[str, JSON] = {
        **_interval(found.interval),
        "n": found.test.n,
        "p": found.test.p,
        "adjusted_p": found.test.adjusted,
    }
    if found.effect is not None:
        d_z = found.effect.d_z
        told |= {
            "d_z": None if math.isinf(d_z) else d_z,
            "higher": found.effect.higher,
            "equal": found.effect.equal,
            "lower": found.effect.lower,
        }
    return told


def _pairs(analysis: Analysis) -> list[JSON]:
    """Return the tests of every pair of rows, by position, with a test per column."""
    rows = range(len(analysis.comparison.rows))
    return [
        {
            "first": a,
            "second": b,
            "tests": [_test(analysis, a, b, c) for c in range(len(analysis.at))],
        }
        for a in rows
        for b in rows
        if a < b
    ]


def _test(analysis: Analysis, first: int, second: int, column: int) -> JSON:
    found = analysis.tests.at(first, second, column)
    return None if found is None else asdict(found)


REPORT: type[Report] = Json
