"""harness disclaimer: the generic line under an AI summary, replaced by what was measured."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from harness.cli import _options as opt


def command(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run with facts: id or name.")],
    runs: opt.Runs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what it stands on too.")] = False,
    output: opt.Output = None,
) -> None:
    """Say what was measured of a summariser, in words that a publisher could print.

    It is refused where too little was checked, or where the detector failed its controls.
    """
    from harness.audit.disclaimer import disclaimer

    found = disclaimer(opt.store(runs).resolve(run))
    told = asdict(found) | {"text": str(found)}
    opt.emit((json.dumps(told, ensure_ascii=False) if as_json else str(found)) + "\n", output)
