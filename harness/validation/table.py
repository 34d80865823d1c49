"""A validation as CSV, long and tidy: a line for each benchmark, dimension, column and measure."""

import csv
import io
from collections.abc import Iterator, Sequence

from harness.spec import name_of, show
from harness.validation.interval import Agreement
from harness.validation.run import Table, Validation

FIELDS = (
    "benchmark",
    "part",
    "dimension",
    "metric",
    "column",
    "better",
    "rival",
    "level",
    "measure",
    "estimate",
    "low",
    "high",
    "n",
    "left_out",
    "signature",
)
_FORMULA = {"=", "+", "-", "@", "\t", "\r"}
Line = tuple[str, str, float | None, float | None, float | None, int, int]


def csv_lines(found: Sequence[Validation]) -> str:
    """Return the lines under a header: numbers unrounded, an empty field where there is none.

    A name that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for one in found:
        writer.writerows(map(_inert, _of(one)))
    return out.getvalue()


def _of(found: Validation) -> Iterator[list[object]]:
    signatures = {show(metric): metric.signature() for metric in found.metrics}
    for table in found.tables:
        for i, row in enumerate(found.points.rows):
            about = [name_of(found.benchmark), found.part, table.labels.name, row.metric, row.name]
            signature = signatures.get(row.metric)
            for line in _measured(table, i):
                yield [*about, row.better, int(row.rival), *line, signature]


def _measured(table: Table, row: int) -> Iterator[Line]:
    for (level, coefficient), one in table.agreements[row].items():
        yield _line(level, coefficient, one)
    if table.detections and (found := table.detections[row]) is not None:
        yield _line("sample", "roc-auc", found.area)
        yield _line("sample", "balanced-accuracy", found.balanced)
        for name, share in (("precision", found.counts.precision), ("recall", found.counts.recall)):
            yield "sample", name, share, None, None, found.tested, 0
        for kind, (hits, of) in found.errors.items():
            yield "sample", f"recall of {kind}", hits / of, None, None, of, 0
    if table.pairwise and (ranked := table.pairwise[row]) is not None:
        yield _line("pairs", "pairwise-accuracy", ranked)


def _line(level: str, name: str, one: Agreement) -> Line:
    return level, name, one.estimate, one.low, one.high, one.n, one.left_out


def _inert(line: Sequence[object]) -> list[object]:
    return [f"'{v}" if isinstance(v, str) and v[:1] in _FORMULA else v for v in line]
