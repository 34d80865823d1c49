"""harness compare: kept runs side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.runs import Run


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
    missing_as_zero: Annotated[
        bool,
        typer.Option("--missing-as-zero", help="Show rows that lack summaries both ways."),
    ] = False,
    articles: Annotated[
        bool,
        typer.Option("--articles", help="Two runs article by article, and by kind of article."),
    ] = False,
    columns: opt.Columns = None,
    form: opt.As = "terminal",
    output: opt.Output = None,
) -> None:
    """Put kept runs side by side. Runs whose signatures or corpora differ are refused."""
    store = opt.store(runs)
    found = [store.resolve(name) for name in run] if run else store.latest()
    if articles:
        opt.emit(_articles(found, columns), output)
        return
    table = opt.Table(form, columns, output)
    table.write(found, both_ways=missing_as_zero, baseline=baseline, metrics=metric, anyway=anyway)


def _articles(runs: "list[Run]", columns: str | None) -> str:
    from harness.articles import as_text, contrasts
    from harness.errors import UsageError

    if len(runs) != 2:
        msg = f"--articles compares two runs, not {len(runs)}. Name two."
        raise UsageError(msg)
    wanted = [c.strip() for c in (columns or "rougeLsum").split(",")]
    return "\n".join(as_text(contrasts(runs[0], runs[1], column)) for column in wanted)
