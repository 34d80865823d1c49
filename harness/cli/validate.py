"""harness validate: metrics measured against people."""

from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.benchmarks._part import Benchmark
    from harness.parts import Metric


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
        typer.Option(
            "--data",
            metavar="DIR",
            help="Folder or file of the benchmark's data, or hub: the Hugging Face hub.",
        ),
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
    by_check: Annotated[
        bool,
        typer.Option(
            "--checks", help="How often each check of one metric is right, in TOML, for --output."
        ),
    ] = False,
    form: Annotated[
        str,
        typer.Option(
            "--as", metavar="FORMAT", help="terminal, markdown, latex, csv, json or html."
        ),
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
    from harness.validation.formats import checked, written
    from harness.validation.weights import RESAMPLED

    form = checked(form)
    drawn = next((what for what in RESAMPLED if what == resample), None)
    if resample is not None and drawn is None:
        msg = f"{resample!r} cannot be resampled. {nearest(resample, RESAMPLED)}"
        raise UsageError(msg)
    metrics = [spec.parse("metrics", text) for text in metric]
    benchmarks = [_benchmark(text, data) for text in on]
    if by_check:
        opt.emit(_by_check(metrics, benchmarks, part), output)
        return
    found = [
        validate(
            benchmark,
            metrics,
            part=part,
            columns=[c.strip() for c in columns.split(",")] if columns else None,
            resampled=drawn,
            resamples=resamples,
        )
        for benchmark in benchmarks
    ]
    opt.emit(cards(found) if card else written(found, form), output)


def _by_check(metrics: "list[Metric]", benchmarks: "list[Benchmark]", part: str | None) -> str:
    from harness.errors import UsageError
    from harness.validation.checks import as_toml, checks
    from harness.validation.run import of_part

    if len(metrics) != 1:
        msg = f"--checks is of one metric, not of {len(metrics)}. Name one, such as facts."
        raise UsageError(msg)
    return as_toml(checks(metrics[0], [(b, of_part(b.judgements(), part)) for b in benchmarks]))


def _benchmark(text: str, data: str | None) -> "Benchmark":
    from harness import plugins, spec
    from harness.errors import UsageError

    call = spec.read(text)
    own = getattr(plugins.find("benchmarks", call.name), "hub", None)
    if "path" not in call.arguments:
        if data is None:
            fetched = "" if own is None else f", or --data hub, which reads {own.name} there"
            msg = f"Where is the data of {text}? Write --data DIR{fetched}."
            raise UsageError(msg)
        call.arguments["path"] = data
    if own is None and str(call.arguments["path"]).partition(":")[0] == "hub":
        msg = f"{call.name} has no copy on the hub. Name the folder of its files: --data DIR."
        raise UsageError(msg)
    part: Benchmark = spec.build("benchmarks", call)
    return part
