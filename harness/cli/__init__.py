"""The command line: one file per command, found by walking this folder.

A command's file reads arguments, calls one function and prints. Its file name is the command's
name, and its function ``command`` is the command.
"""

import importlib
import io
import os
import pkgutil
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from harness import __version__
from harness.errors import HarnessError
from harness.models.device import spare_cores

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class _Group(TyperGroup):
    """Commands whose every expected error is one message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except HarnessError as error:
            typer.echo(f"harness: {error}", err=True)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("harness: stopped. The same command goes on where it stopped.", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="harness",
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"harness {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Measure summarisers: run them, score them, keep every run, compare what was kept.

    Exit codes: 0 done, 1 an error of no other kind, 2 wrong words, 3 wrong input, 4 an unusable
    run, 5 runs that do not compare, 6 a missing package, 7 a failed candidate, 8 a failed check,
    9 a disk that cannot be used, 130 stopped by Ctrl-C.
    """


for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    if not _module.startswith("_"):
        _command = importlib.import_module(f"{__name__}.{_module}").command
        app.command(name=_module)(_command)


def main() -> None:
    """Run the command line, on any locale: what it cannot show is escaped, and stops nothing.

    All libraries together get all cores but one: one that takes all waits for its own threads as
    soon as anything else runs, up to 25 times as long.
    """
    os.environ.setdefault("OMP_NUM_THREADS", str(spare_cores()))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="harness")
