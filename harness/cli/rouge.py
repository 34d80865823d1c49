"""harness rouge: two files, ROUGE with its signature and interval."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.stats.bootstrap import Interval


def command(
    candidates: Annotated[Path, typer.Argument(metavar="CANDIDATES", help="One text a line.")],
    references: Annotated[
        list[Path],
        typer.Argument(metavar="REFERENCES...", help="Several files: several references each."),
    ],
    metric: Annotated[
        str, typer.Option("--metric", "-m", metavar="SPEC", help="Such as 'rouge(stem=False)'.")
    ] = "rouge",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    output: opt.Output = None,
) -> None:
    """Score one file of texts against others: a line each, or JSON lines matched by id.

    Prints F, precision and recall in points, each with its 95 % interval (bootstrap over lines).
    """
    from harness import spec
    from harness.metrics.rouge import TYPES, Rouge
    from harness.pairing import pairs
    from harness.scoring import sample
    from harness.stats.bootstrap import mean_intervals
    from harness.stats.cube import ScoreCube

    part = spec.parse("metrics", metric)
    if not isinstance(part, Rouge):
        from harness.errors import UsageError

        msg = f"{metric} is no ROUGE. Write rouge, or rouge(...) with arguments."
        raise UsageError(msg)
    import numpy as np

    items = pairs(candidates, references)
    scores = part.score(items)
    checked = part.check(*sample(items, scores))
    names = list(scores.values)
    values = np.stack([scores.values[n] for n in names], axis=1)[:, None, :]
    found = mean_intervals(ScoreCube.of([i.article.id for i in items], values))
    means = {n: found.at(0, c) for c, n in enumerate(names)}
    told = _as_json(means, part.signature(), len(items)) if as_json else _as_text(means, TYPES)
    notes = "" if as_json else f"\nn {len(items)}, {checked}\n{part.signature()}\n"
    opt.emit(told + notes, output)
    if scores.warnings:
        opt.note(f"warning: {len(scores.warnings)} texts: {next(iter(scores.warnings.values()))}")


def _as_json(means: "dict[str, Interval | None]", signature: str, n: int) -> str:
    rows = {
        name: {"mean": found.estimate, "low": found.low, "high": found.high}
        for name, found in means.items()
        if found is not None
    }
    if n < 2:  # one pair excludes nothing, and JSON has no infinity
        rows = {name: {"mean": row["mean"]} for name, row in rows.items()}
    return json.dumps({"signature": signature, "n": n, "scores": rows}, indent=2) + "\n"


def _as_text(means: "dict[str, Interval | None]", types: tuple[str, ...]) -> str:
    lines = [f"{'':10}{'F':>22}{'precision':>22}{'recall':>22}"]
    for kind in types:
        cells = (_cell(means[kind + side]) for side in ("", "-p", "-r"))
        lines.append(f"{kind:10}" + "".join(f"{cell:>22}" for cell in cells))
    return "\n".join(lines) + "\n"


def _cell(found: "Interval | None") -> str:
    if found is None:
        return "-"
    interval = f" [{100 * found.low:.1f}, {100 * found.high:.1f}]" if found.n > 1 else ""
    return f"{100 * found.estimate:.2f}{interval}"
