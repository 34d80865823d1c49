"""harness runs: what is kept, whether it is whole, and what of it can go."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import _options as opt
from harness.errors import RunError, UsageError

if TYPE_CHECKING:
    from datetime import timedelta

    from harness.runs import Run, Store
    from harness.runs.findings import Finding

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def command(
    runs: opt.Runs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Verify every text and number of every run.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="With --check: delete what is damaged and left over.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Show what newer complete runs have replaced.")
    ] = False,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", metavar="N", help="With --prune: complete runs to keep of each [1]."
        ),
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", metavar="AGE", help="With --prune: only those: 12h, 30d, 4w."),
    ] = None,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="With --prune: failed and interrupted ones, too.")
    ] = False,
    damaged: Annotated[
        bool, typer.Option("--damaged", help="With --prune: those that cannot be read, too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --prune: delete what is shown.")] = False,
) -> None:
    """List the kept runs, oldest first; verify them; or delete what is no longer needed."""
    for_prune = keep is not None or older_than is not None or unfinished or damaged or yes
    _refuse_mixed(check, repair, prune, for_prune)
    store = opt.store(runs)
    if check:
        _check(store, repair, as_json)
    elif prune:
        _prune(store, (keep, older_than, unfinished, damaged), yes, as_json)
    else:
        _list(store, as_json)


def _refuse_mixed(check: bool, repair: bool, prune: bool, for_prune: bool) -> None:
    if check and prune:
        msg = "--check and --prune are two commands. Give one of them."
        raise UsageError(msg)
    if repair and not check:
        msg = "--repair belongs to --check. Write: harness runs --check --repair"
        raise UsageError(msg)
    if for_prune and not prune:
        msg = (
            "--keep, --older-than, --unfinished, --damaged and --yes belong to --prune. "
            "Write: harness runs --prune"
        )
        raise UsageError(msg)


# --- list


def _list(store: "Store", as_json: bool) -> None:
    found, damaged = store.survey()
    lines = [r.record.model_dump_json() for r in found] if as_json else _aligned(found)
    for line in lines:
        typer.echo(line)
    opt.note(f"{len(found)} runs")
    for error in damaged.values():
        opt.note(f"harness: {_plain(str(error))}")
    if damaged:
        raise typer.Exit(RunError.exit_code)


def _cells(run: "Run") -> list[str]:
    record = run.record
    kept = run.summaries_kept.count()
    metrics = ", ".join(m.spec for m in record.metrics.values())
    cells = [record.id, record.status, f"{kept}/{record.corpus.articles}"]
    return [_plain(cell) for cell in (*cells, record.corpus.name, metrics)]


def _aligned(runs: "list[Run]") -> list[str]:
    rows = [_cells(run) for run in runs]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _plain(text: str) -> str:
    """Return text from a record as a terminal may have it: what it could obey is spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# --- check


def _check(store: "Store", repair: bool, as_json: bool) -> None:
    from harness.runs import check

    report = check.check(store)
    if repair:
        for finding in check.repair(store, report):
            _tell(finding, as_json, repaired=True)
        report = check.check(store)
    for finding in report.findings:
        _tell(finding, as_json)
    said = "nothing is damaged" if report.is_sound else "some of it is damaged"
    seen = f"{_counted(report.runs, 'run')} and {_counted(report.corpora, 'corpus', 'corpora')}"
    opt.note(f"{seen} verified: {said}")
    if any(f.is_mendable for f in report.findings) and not repair:
        opt.note("harness runs --check --repair repairs what can be repaired")
    if not report.is_sound:
        raise typer.Exit(RunError.exit_code)


def _tell(finding: "Finding", as_json: bool, *, repaired: bool = False) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(finding) | {"repaired": repaired}))
    else:
        typer.echo(("repaired: " if repaired else "") + _plain(str(finding)))


# --- prune


def _prune(
    store: "Store",
    given: tuple[int | None, str | None, bool, bool],
    yes: bool,
    as_json: bool,
) -> None:
    from datetime import UTC, datetime

    from harness.runs import prune

    keep, older_than, unfinished, damaged = given
    age = None if older_than is None else _age(older_than)
    if keep is not None and keep < 0:
        msg = f"--keep {keep} keeps fewer than none. Give 0 or more."
        raise UsageError(msg)
    rules = prune.Rules(1 if keep is None else keep, age, unfinished, damaged)
    planned = prune.plan(store, rules, datetime.now(UTC))
    for removal in planned.removals:
        line = f"{removal.place}  {_bytes(removal.size)}  {removal.why}"
        typer.echo(json.dumps(asdict(removal)) if as_json else _plain(line))
    stayed = prune.carry_out(store, planned) if yes else []
    for note in (*planned.notes, *stayed):
        opt.note(_plain(note))
    count = len(planned.removals) - len(stayed)
    if yes:
        opt.note(f"{_counted(count, 'place')} deleted")
    elif count:
        total = _bytes(sum(r.size for r in planned.removals))
        opt.note(f"{_counted(count, 'place')}, {total}. Nothing is deleted yet: add --yes")
    else:
        opt.note("nothing to delete")


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _age(text: str) -> "timedelta":
    from datetime import timedelta

    number, unit = text[:-1], _UNITS.get(text[-1:])
    if unit is None or not number.isdecimal() or len(number) > 5:
        msg = f"--older-than {text!r} is no age. Write a number with h, d or w, such as 30d."
        raise UsageError(msg)
    return timedelta(**{unit: int(number)})


def _bytes(size: int) -> str:
    """Return a size for people.

    >>> _bytes(1_234_567)
    '1.2 MB'
    """
    number = float(size)
    for unit in ("bytes", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
