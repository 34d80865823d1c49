"""harness compare: kept runs side by side."""

from typing import Annotated

import typer

from harness.cli import _options as opt


def command(
    run: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RUN...]",
            help="Ids, or candidates' names [the newest of each over the last corpus].",
        ),
    ] = None,
    metric: opt.Metrics = None,
    baseline: opt.Baseline = None,
    runs: opt.Runs = None,
    anyway: opt.Anyway = False,
    columns: opt.Columns = None,
    form: opt.As = "terminal",
    output: opt.Output = None,
) -> None:
    """Put kept runs side by side. Runs whose signatures or corpora differ are refused."""
    from harness.comparison import compare

    store = opt.store(runs)
    found = [store.resolve(name) for name in run] if run else store.latest()
    comparison = compare(found, baseline, metrics=metric, anyway=anyway)
    opt.report(comparison, form, columns, output)
