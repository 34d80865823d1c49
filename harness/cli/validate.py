"""harness validate: metrics measured against people."""

from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.benchmarks._part import Benchmark


def command(
    metric: Annotated[
        list[str], typer.Argument(metavar="METRIC...", help="Specs, such as rouge or facts.")
    ],
    on: Annotated[
        list[str],
        typer.Option("--on", metavar="BENCHMARK", help="See harness benchmarks. Repeatable."),
    ],
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="DIR", help="Folder or file of the benchmark's data."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", metavar="NAME", help="Only this part of the set.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="A,B", help="Columns to hold up [all].")
    ] = None,
    resample: Annotated[
        str | None,
        typer.Option(
            "--resample",
            metavar="WHAT",
            help="articles, systems or both [both, where there are three systems].",
        ),
    ] = None,
    resamples: Annotated[
        int, typer.Option("--resamples", metavar="N", help="Resamples behind an interval.")
    ] = 1000,
    card: Annotated[
        bool, typer.Option("--card", help="One card for each metric, in Markdown.")
    ] = False,
    form: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="terminal, markdown or json.")
    ] = "terminal",
    output: opt.Output = None,
) -> None:
    """Hold metrics against what people said, to see how far each number deserves trust.

    Length, coverage, novel bigrams and overlap with the article always have rows: a metric that
    does not beat them adds nothing.
    """
    from harness import spec
    from harness.errors import UsageError, nearest
    from harness.validation import validate
    from harness.validation.card import cards
    from harness.validation.told import FORMATS, told
    from harness.validation.weights import RESAMPLED

    if form not in FORMATS:
        msg = f"A validation is not written as {form!r}. {nearest(form, FORMATS)}"
        raise UsageError(msg)
    drawn = next((what for what in RESAMPLED if what == resample), None)
    if resample is not None and drawn is None:
        msg = f"{resample!r} cannot be resampled. {nearest(resample, RESAMPLED)}"
        raise UsageError(msg)
    metrics = [spec.parse("metrics", text) for text in metric]
    found = [
        validate(
            benchmark,
            metrics,
            part=part,
            columns=[c.strip() for c in columns.split(",")] if columns else None,
            resampled=drawn,
            resamples=resamples,
        )
        for benchmark in [_benchmark(text, data) for text in on]
    ]
    opt.emit(cards(found) if card else told(found, form), output)


def _benchmark(text: str, data: str | None) -> "Benchmark":
    from harness import spec
    from harness.errors import UsageError

    call = spec.read(text)
    if "path" not in call.arguments:
        if data is None:
            msg = f"Where is the data of {text}? Write --data DIR, or {call.name}(path='DIR')."
            raise UsageError(msg)
        call.arguments["path"] = data
    part: Benchmark = spec.build("benchmarks", call)
    return part
