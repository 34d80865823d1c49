"""harness show: a run, or one article with what several runs wrote about it."""

from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.runs import Run


def command(
    run: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN... [ARTICLE]", help="Runs, then the id of an article or its number from 1."
        ),
    ],
    runs: opt.Runs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what a run records, or an article with its references and what the runs wrote of it."""
    import json

    from harness import showing

    store = opt.store(runs)
    found, article = showing.runs_and_article(store, run)
    if article is None:
        for one in found:
            typer.echo(one.record.model_dump_json(indent=2) if as_json else _record(one))
        return
    shown = showing.article(found, article)
    typer.echo(json.dumps(shown.as_json(), ensure_ascii=False) if as_json else shown.as_text())


def _record(run: "Run") -> str:
    record = run.record
    reasons = run.written().reasons
    lines = {
        "run": record.id,
        "candidate": f"{record.name} = {record.spec}",
        "status": record.status + (f" ({record.reason})" if record.reason else ""),
        "corpus": f"{record.corpus.name}, {record.corpus.articles} articles, "
        f"fingerprint {record.corpus.fingerprint[:12]}",
        "summaries": f"{run.summaries_kept.count() - sum(reasons.values())} written"
        + "".join(f"; {n} not: {why}" for why, n in reasons.items()),
        "seconds": f"{run.seconds():.2f}",
        "signature": record.signature,
        "created": record.created,
        "environment": ", ".join(f"{k} {v}" for k, v in record.environment.items()),
    }
    lines |= {
        m.spec: f"{m.signature}" + (f" [checked: {m.check}]" if m.check else "")
        for m in record.metrics.values()
    }
    width = max(map(len, lines))
    return "\n".join(f"{key.ljust(width)}  {value}" for key, value in lines.items()) + "\n"
