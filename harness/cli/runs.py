"""harness runs: what is kept."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.runs import Run


def command(
    runs: opt.Runs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one run a line.")] = False,
) -> None:
    """List the kept runs, oldest first."""
    found = opt.store(runs).runs()
    if as_json:
        for run in found:
            typer.echo(run.record.model_dump_json())
        return
    for line in _aligned([_cells(run) for run in found]):
        typer.echo(line)
    opt.note(f"{len(found)} runs")


def _cells(run: "Run") -> list[str]:
    record = run.record
    kept = run.summaries_kept.count()
    metrics = ", ".join(json.loads(json.dumps([m.spec for m in record.metrics.values()])))
    return [
        record.id,
        record.status,
        f"{kept}/{record.corpus.articles}",
        record.corpus.name,
        metrics,
    ]


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
