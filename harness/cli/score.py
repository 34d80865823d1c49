"""harness score: add metrics to kept runs without writing a summary again."""

from typing import Annotated

import typer

from harness.cli import _options as opt


def command(
    run: Annotated[list[str], typer.Argument(metavar="RUN...", help="Ids, or candidates' names.")],
    metric: opt.Metrics = None,
    runs: opt.Runs = None,
    engine: opt.Engine = None,
    workers: opt.Workers = None,
    ray_address: opt.Address = None,
    columns: opt.Columns = None,
    form: opt.As = "terminal",
    output: opt.Output = None,
) -> None:
    """Add metrics to kept runs without writing a summary again, and print their table."""
    from harness import api
    from harness.errors import UsageError
    from harness.progress import on_terminal

    if not metric:
        msg = "No metric is named. Name one: -m rouge."
        raise UsageError(msg)
    store = opt.store(runs)
    where = opt.engine(engine or "local", workers, ray_address)
    found = [store.resolve(name) for name in run]
    with opt.apart():
        for one in found:
            api.score(one, metric, store, engine=where, progress=on_terminal)
    opt.Table(form, columns, output).write([store.load(one.record.id) for one in found])
