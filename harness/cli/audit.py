"""harness audit: which claims of a summary its article does not bear out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt

if TYPE_CHECKING:
    from harness.audit import Audited

FLAGGED = 10
"""Exit code where anything was flagged."""


def command(
    page: Annotated[
        list[Path] | None, typer.Argument(metavar="[PAGE...]", help="Saved pages, HTML or text.")
    ] = None,
    article: Annotated[
        Path | None, typer.Option("--article", metavar="FILE", help="An article, as plain text.")
    ] = None,
    summary: Annotated[
        Path | None, typer.Option("--summary", metavar="FILE", help="Its summary, as plain text.")
    ] = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            "--also", metavar="PAGE", help="Another report of the same event. Repeatable."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one page a line.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show claims without a flag too [one page: shown].")
    ] = False,
    output: opt.Output = None,
) -> None:
    """Hold the AI summary of a saved page against its article, claim by claim.

    A flag says "check this". No flag does not say that a claim is right. Exit code 0: nothing was
    flagged; 10: something was.
    """
    from harness.audit.text import listed, tabled

    found = _found(page or [], article, summary, also or [])
    one = len(found) == 1
    if as_json:
        text = "".join(json.dumps(a.as_json(), ensure_ascii=False) + "\n" for a in found)
    else:
        parts = [listed(a, every=every or one, colour=opt.colour(output)) for a in found]
        text = "\n".join(parts if one else [*parts, tabled(found)])
    opt.emit(text, output)
    if any(a.findings.flagged for a in found):
        raise typer.Exit(FLAGGED)


def _found(
    pages: list[Path], article: Path | None, summary: Path | None, also: list[Path]
) -> "list[Audited]":
    from harness.audit import audit, audit_page, load_text
    from harness.errors import UsageError

    if pages and article is None and summary is None:
        return [audit_page(page, also) for page in pages]
    if not pages and article is not None and summary is not None:
        others = {path.stem: load_text(path) for path in also}
        return [audit(summary.stem, load_text(article), load_text(summary), others)]
    msg = "Name saved pages, or both --article FILE and --summary FILE."
    raise UsageError(msg)
