"""harness benchmarks: the human-labelled sets that metrics can be held against."""

import json
from typing import Annotated

import typer

from harness.cli import _options as opt


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    output: opt.Output = None,
) -> None:
    """List the sets of judged summaries: size, labels, licence, citation, where to get them."""
    from harness import plugins

    fields = ("size", "labels", "licence", "citation", "source", "hub")
    rows = {
        name: {f: str(getattr(part, f)) for f in fields if hasattr(part, f)}
        for name in plugins.names("benchmarks")
        for part in [plugins.find("benchmarks", name)]
    }
    if as_json:
        opt.emit(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", output)
        return
    parts = []
    for name, row in rows.items():
        lines = [f"  {field:<10}{text}" for field, text in row.items()]
        parts.append("\n".join([name, *lines]))
    opt.emit("\n\n".join(parts) + "\n", output)
    if output is None:
        opt.note("harness parts NAME shows which files are read; harness validate --help")
