"""harness eval: run candidates over a corpus, score them, keep the runs, print the table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt
from harness.errors import HarnessError, UsageError

if TYPE_CHECKING:
    from harness.evaluation import Evaluation
    from harness.parts import Engine
    from harness.runs import Store


def command(
    config: Annotated[
        Path | None, typer.Argument(metavar="[EVAL.TOML]", help="The plan [./eval.toml].")
    ] = None,
    corpus: opt.Corpus = None,
    candidate: opt.Candidates = None,
    metric: opt.Metrics = None,
    baseline: opt.Baseline = None,
    limit: opt.Limit = None,
    runs: opt.Runs = None,
    engine: opt.Engine = None,
    workers: opt.Workers = None,
    ray_address: opt.Address = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew; reuse nothing.")] = False,
    again: Annotated[
        str | None,
        typer.Option("--again", metavar="RUN", help="Run once more what a kept run records."),
    ] = None,
    columns: opt.Columns = None,
    form: opt.As = "terminal",
    output: opt.Output = None,
) -> None:
    """Run candidates over a corpus, score them, keep the runs, and print the table.

    What is kept already is not done again. The plan comes from eval.toml or from the options.
    """
    if again is not None:
        if config or corpus or candidate or metric or baseline or limit is not None:
            msg = "--again takes everything from the run that it names. Leave out the rest."
            raise UsageError(msg)
        _again(again, opt.store(runs), opt.engine(engine or "local", workers, ray_address))
        return
    from harness import api
    from harness.evaluation import metrics_of
    from harness.plan import Words, plan_from
    from harness.progress import on_terminal

    said = Words(config, corpus, candidate or (), metric or (), baseline, limit, runs, engine)
    plan = plan_from(said)
    where = opt.engine(plan.engine, workers, ray_address)
    known = [c.name for m in metrics_of(plan.metrics) for c in m.columns()]
    opt.reporter(form, columns, known)  # what is wrong with it is told before the work, not after
    for name, text in plan.candidates.items():
        _explain(name, text)
    with opt.apart():
        done = api.evaluate(
            plan.corpus,
            plan.candidates,
            plan.metrics,
            baseline=plan.baseline,
            runs=plan.runs,
            limit=plan.limit,
            fresh=fresh,
            engine=where,
            progress=on_terminal,
        )
    if done.runs:
        table = opt.Table(form, columns, output)
        table.write(done.runs, baseline=_present(done, plan.baseline))
    _told(done, plan.runs)


def _explain(name: str, candidate: str) -> None:
    """Say what a model was set to, and why; what is wrong with it is told when it is run."""
    from contextlib import suppress

    from harness import spec
    from harness.parts import Explained

    part = spec.parse("summarisers", candidate)
    if isinstance(part, Explained):
        with suppress(HarnessError):
            opt.note(f"{name}: {'; '.join(map(str, part.choices()))}")


def _present(done: "Evaluation", baseline: str | None) -> str | None:
    """Return the baseline, unless it is the candidate that failed."""
    return None if baseline in done.failed else baseline


def _told(done: "Evaluation", runs: str) -> None:
    """Say what was kept, reused and failed; end with the code of the first failure."""
    new = len(done.runs) - len(done.reused)
    opt.note(f"{new} runs made, {len(done.reused)} reused, kept under {runs}/")
    for name, error in done.failed.items():
        opt.note(f"harness: {name} failed: {error}")
    if done.failed:
        raise typer.Exit(next(iter(done.failed.values())).exit_code)


def _again(text: str, store: "Store", engine: "Engine") -> None:
    from harness import api
    from harness.progress import on_terminal

    old = store.resolve(text)
    with opt.apart():
        done = api.again(old, store, engine=engine, progress=on_terminal)
    for new in done.runs:
        pairs = zip(old.summaries(), new.summaries(), strict=False)
        same = sum(a.text == b.text and a.reason == b.reason for a, b in pairs)
        total = new.record.corpus.articles
        opt.note(f"{new.record.id}: {same} of {total} summaries are the same as in {old.record.id}")
    _told(done, str(store.root))
