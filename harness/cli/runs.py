"""harness runs: what is kept."""

from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt
from harness.errors import RunError

if TYPE_CHECKING:
    from harness.runs import Run


def command(
    runs: opt.Runs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one run a line.")] = False,
) -> None:
    """List the kept runs, oldest first."""
    found, damaged = opt.store(runs).survey()
    lines = [r.record.model_dump_json() for r in found] if as_json else _aligned(found)
    for line in lines:
        typer.echo(line)
    opt.note(f"{len(found)} runs")
    for error in damaged.values():
        opt.note(f"harness: {error}")
    if damaged:
        raise typer.Exit(RunError.exit_code)


def _cells(run: "Run") -> list[str]:
    record = run.record
    kept = run.summaries_kept.count()
    metrics = ", ".join(m.spec for m in record.metrics.values())
    return [
        record.id,
        record.status,
        f"{kept}/{record.corpus.articles}",
        record.corpus.name,
        metrics,
    ]


def _aligned(runs: "list[Run]") -> list[str]:
    rows = [_cells(run) for run in runs]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
