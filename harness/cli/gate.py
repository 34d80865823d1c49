"""harness gate: fail a build when a summariser has become worse."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import _options as opt

WORSE, CANNOT_TELL = 20, 21
"""Exit codes; 0 is not worse."""


def command(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run to judge: id or name.")],
    against: Annotated[
        str, typer.Option("--against", metavar="RUN", help="The run to hold it against.")
    ],
    metric: Annotated[
        list[str], typer.Option("--metric", "-m", metavar="COLUMN", help="Repeatable.")
    ],
    tolerance: Annotated[
        float, typer.Option("--tolerance", help="A loss that is put up with, in shown points.")
    ] = 0.0,
    runs: opt.Runs = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML there.")
    ] = None,
    summary: Annotated[
        Path | None, typer.Option("--summary", metavar="FILE", help="Write Markdown there.")
    ] = None,
) -> None:
    """Decide on the interval of the paired difference whether a run is worse than another.

    Exit code 0: not worse by more than the tolerance; 20: worse; 21: the articles cannot tell.
    """
    from harness import gate as gates
    from harness.runs.disk import write_output
    from harness.stats.gate import Decision

    store = opt.store(runs)
    verdicts = gates.gate(store.resolve(run), store.resolve(against), metric, tolerance)
    for verdict in verdicts:
        typer.echo(str(verdict))
    if junit is not None:
        write_output(junit, gates.junit(verdicts))
    if summary is not None:
        write_output(summary, gates.markdown(verdicts))
    codes = {Decision.NOT_WORSE: 0, Decision.WORSE: WORSE, Decision.CANNOT_TELL: CANNOT_TELL}
    raise typer.Exit(codes[gates.overall(verdicts)])
