"""harness parts: what there is to name in a spec."""

import dataclasses
import inspect
from typing import Annotated, Any

import typer

from harness.cli import _options as opt


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Show one part whole.")
    ] = None,
) -> None:
    """List corpora, summarisers, metrics and reports; with a name, show one whole."""
    from harness import plugins

    if name is not None:
        _show(name)
        return
    for kind in plugins.KINDS:
        typer.echo(f"{kind}:")
        for part in plugins.names(kind):
            typer.echo(f"  {part:<16} {_first_line(plugins.find(kind, part))}")
    opt.note("harness parts NAME shows one whole")


def _first_line(part: type[Any]) -> str:
    module = inspect.getmodule(part)
    text = (module and module.__doc__) or part.__doc__ or ""
    return text.strip().partition("\n")[0].rstrip(".")


def _show(name: str) -> None:
    from harness import plugins
    from harness.errors import UsageError, nearest

    found = [k for k in plugins.KINDS if name in plugins.names(k)]
    if not found:
        known = [n for kind in plugins.KINDS for n in plugins.names(kind)]
        msg = f"There is no part {name!r}. {nearest(name, known)}"
        raise UsageError(msg)
    typer.echo("\n\n".join(_whole(kind, name) for kind in found))


def _whole(kind: str, name: str) -> str:
    from harness import plugins

    part = plugins.find(kind, name)
    module = inspect.getmodule(part)
    texts = [inspect.cleandoc(t) for t in (module and module.__doc__, part.__doc__) if t]
    fields = [f for f in dataclasses.fields(part) if f.init]
    arguments = "\n".join(f"  {f.name}: {_type(f)}{_default(f)}" for f in fields)
    return "\n\n".join([f"{name} ({kind})", *texts, f"Arguments:\n{arguments or '  none'}"])


def _type(field: dataclasses.Field[Any]) -> str:
    return inspect.formatannotation(field.type) if field.type else "any"


def _default(field: dataclasses.Field[Any]) -> str:
    return "" if field.default is dataclasses.MISSING else f" = {field.default!r}"
