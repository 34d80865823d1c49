"""The options that mean the same in every command."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from harness.parts import Engine as EnginePart
    from harness.parts import Report
    from harness.runs import Run, Store

Corpus = Annotated[
    str | None,
    typer.Option("--corpus", metavar="CORPUS", help="Folder, file or spec of the articles."),
]
Candidates = Annotated[
    list[str] | None,
    typer.Option(
        "--candidate",
        "-c",
        metavar="[NAME=]SPEC",
        help="A summariser, such as 'lead(sentences=2)'. Repeatable.",
    ),
]
Metrics = Annotated[
    list[str] | None,
    typer.Option("--metric", "-m", metavar="SPEC", help="A metric, such as rouge. Repeatable."),
]
Runs = Annotated[
    str | None, typer.Option("--runs", metavar="PLACE", help="Folder or address of runs [runs].")
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", help="Only the first N articles.")
]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="NAME", help="The candidate to hold the others against."),
]
As = Annotated[
    str,
    typer.Option(
        "--as", metavar="FORMAT", help="terminal, markdown, csv, json: see harness parts."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there instead of printing."),
]
Engine = Annotated[
    str | None,
    typer.Option("--engine", metavar="SPEC", help="Where the work is done: local or ray [local]."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", help="Processes that share it; 0 is none but this one."),
]
Address = Annotated[
    str | None,
    typer.Option("--ray-address", metavar="ADDRESS", help="A Ray cluster that is running."),
]
Columns = Annotated[
    str | None,
    typer.Option("--columns", metavar="A,B", help="Columns to show, or 'all' [the headlines]."),
]
Anyway = Annotated[
    bool, typer.Option("--anyway", help="Compare runs that differ; the table is marked.")
]


def store(runs: str | None) -> "Store":
    """Return the store that --runs names."""
    from harness.runs import Store

    return Store.at(runs or "runs")


def engine(text: str, workers: int | None, address: str | None) -> "EnginePart":
    """Return the engine that --engine names, with what --workers and --ray-address say."""
    from harness.errors import UsageError
    from harness.spec import build, read

    call = read(text)
    if address is not None and call.name != "ray":
        msg = f"--ray-address {address!r} is for --engine ray, not {call.name}."
        raise UsageError(msg)
    said = {"workers": workers, "address": address}
    call.arguments.update({name: value for name, value in said.items() if value is not None})
    part: EnginePart = build("engines", call)
    return part


def emit(text: str, output: Path | None) -> None:
    """Print a result, or write it whole to the file that -o names."""
    if output is None:
        typer.echo(text, nl=False)
        return
    from harness.runs.disk import write_output

    write_output(output, text)
    note(f"written to {output}")


def apart() -> "AbstractContextManager[object]":
    """Keep what parts print in the block out of the result: it goes to standard error."""
    import contextlib
    import sys

    return contextlib.redirect_stdout(sys.stderr)


def colour(output: Path | None) -> bool:
    """Return whether the result may be coloured: on a terminal that has not said NO_COLOR."""
    import os
    import sys

    return output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def note(text: str) -> None:
    """Say something that is not the result: on standard error, so that pipes stay clean."""
    typer.echo(text, err=True)


@dataclass(frozen=True, slots=True)
class Table:
    """How a comparison is to be written: --as, --columns and -o."""

    form: str
    columns: str | None
    output: Path | None

    def write(self, runs: "Sequence[Run]", *, both_ways: bool = False, **how: Any) -> None:
        """Compare runs as ``harness.comparison.compare`` does with these arguments, and write it.

        ``both_ways`` adds rows in which what was never written counts as nothing.
        """
        from harness import missing
        from harness.comparison import compare
        from harness.parts import Choosing

        known = {c.name: None for r in runs for m in r.record.metrics.values() for c in m.columns}
        report = reporter(self.form, self.columns, list(known))
        only = report.shows if isinstance(report, Choosing) else None
        comparison = compare(runs, only=only, **how)
        shown = missing.both_ways(comparison) if both_ways else comparison
        emit(report.write(shown), self.output)


def reporter(form: str, columns: str | None, known: "Sequence[str]") -> "Report":
    """Return the format that --as names; raise UsageError where it or a column is unknown."""
    from dataclasses import fields

    from harness.errors import UsageError, nearest
    from harness.plugins import find
    from harness.spec import build, read

    call = read(form)
    takes_columns = "columns" in {f.name for f in fields(find("reports", call.name))}
    if columns is not None:
        named = known if columns == "all" else [c.strip() for c in columns.split(",")]
        unknown = next((c for c in named if c not in known), None)
        if unknown is not None:
            msg = f"There is no column {unknown!r}. {nearest(unknown, known)}"
            raise UsageError(msg)
        if takes_columns:
            call.arguments["columns"] = tuple(dict.fromkeys(named))
    part: Report = build("reports", call)
    return part
