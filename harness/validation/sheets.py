"""A validation as plain tables of text, which every format of text prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.stats.letters import letter
from harness.stats.rates import wilson
from harness.validation.interval import Agreement
from harness.validation.levels import COEFFICIENTS, LEVELS, Level
from harness.validation.points import Row
from harness.validation.run import Table, Validation

HEADS = {"pearson": "Pearson r", "spearman": "Spearman rho", "kendall": "Kendall tau-b"}
NONE = "-"
FREE = "a column without a better direction takes the one that the threshold was chosen in"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, a header, rows of as many cells, and what must be said below."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def sheets(found: Validation) -> list[Sheet]:
    """Return every table of a validation, in the order in which they are read."""
    out = []
    for table in found.tables:
        out += [_level(found, table, level) for level in LEVELS if level in table.tests]
        if any(table.detections):
            out += [_detection(found, table), *_types(found, table)]
        if table.pairwise:
            out.append(_pairs(found, table))
    return [*out, *_claims(found), *_people(found), _costs(found)]


def named(row: Row) -> str:
    """Return a row's name, with the arrow of a column that was turned, and a star for a rival."""
    return row.name + (" ↓" if row.sign < 0 else "") + (" *" if row.rival else "")


def _level(found: Validation, table: Table, level: Level) -> Sheet:
    beats = table.tests[level].beats(0, "higher")
    rows = []
    left_out = 0
    for i, row in enumerate(found.points.rows):
        held = [table.agreements[i].get((level, name)) for name in COEFFICIENTS]
        if held[0] is None:
            continue
        left_out = max(left_out, held[0].left_out)
        beaten = [j for j, real in enumerate(beats[i].tolist()) if real]
        cells = (cell(a) for a in held)
        rows.append((f"{letter(i)} {named(row)}", *cells, _ranges(beaten)))
    first = table.agreements[_first(table, level)][level, "pearson"]
    n = first.n + first.left_out
    what = {
        "system": f"system level, {n} systems",
        "summary": f"summary level, {n} articles",
        "sample": f"sample level, {n} summaries",
    }[level]
    notes = []
    if level == "summary":
        notes.append(f"articles without variance, left out: {left_out} at most")
    heads = tuple(HEADS[name] for name in COEFFICIENTS)
    title = f"{found.name}: {table.labels.name}, {what}"
    return Sheet(title, ("", *heads, "beats"), tuple(rows), tuple(notes))


def _first(table: Table, level: Level) -> int:
    return next(i for i, one in enumerate(table.agreements) if (level, "pearson") in one)


def cell(found: Agreement | None, digits: int = 2) -> str:
    """Return a number and its interval."""
    if found is None or found.estimate is None:
        return NONE
    text = f"{found.estimate:.{digits}f}"
    if found.low is None or found.high is None:
        return text
    return f"{text} [{found.low:.{digits}f}, {found.high:.{digits}f}]"


def _ranges(at: Sequence[int]) -> str:
    """Return letters of positions, runs of three or more as a range."""
    runs: list[list[int]] = []
    for i in at:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    parts = []
    for run in runs:
        whole = [letter(i) for i in run]
        parts += [f"{whole[0]}-{whole[-1]}"] if len(run) > 2 else whole
    return ",".join(parts)


def _detection(found: Validation, table: Table) -> Sheet:
    rows = []
    for i, one in enumerate(table.detections):
        if one is None:
            continue
        shares = (one.counts.precision, one.counts.recall)
        told = (NONE if share is None else f"{share:.2f}" for share in shares)
        row = found.points.rows[i]
        rows.append((named(row), cell(one.area, 3), cell(one.balanced, 3), *told, str(one.tested)))
    bad = int((table.labels.values[table.labels.there] == 0).sum())
    title = (
        f"{found.name}: {table.labels.name} or not, {bad} of {int(table.labels.there.sum())} not"
    )
    header = ("", "ROC-AUC", "balanced accuracy", "precision", "recall", "judged")
    return Sheet(
        title, header, tuple(rows), (f"{found.folds}; precision and recall are of the bad", FREE)
    )


def _types(found: Validation, table: Table) -> Iterator[Sheet]:
    kinds = sorted({kind for one in table.detections if one for kind in one.errors})
    if not kinds:
        return
    rows = []
    for i, one in enumerate(table.detections):
        if one is not None:
            cells = (_share(*one.errors.get(kind, (0, 0))) for kind in kinds)
            rows.append((named(found.points.rows[i]), *cells))
    title = f"{found.name}: share of bad summaries found, by the error they hold"
    yield Sheet(title, ("", *kinds), tuple(rows), (found.folds,))


def _share(hits: int, of: int) -> str:
    return f"{hits / of:.2f} ({hits}/{of})" if of else NONE


def _pairs(found: Validation, table: Table) -> Sheet:
    rows = [
        (named(row), cell(one, 3), str(one.n))
        for row, one in zip(found.points.rows, table.pairwise, strict=True)
        if one is not None
    ]
    title = f"{found.name}: pairs in the order that people gave them"
    return Sheet(title, ("", "accuracy", "pairs"), tuple(rows), ("ties count half",))


def _claims(found: Validation) -> Iterator[Sheet]:
    for name, counts in sorted(found.spans.items()):
        counted = [
            ("flagged claims that touch a marked error, by type", counts.claims, counts.right),
            ("marked errors that a flagged claim touches, by type", counts.marks, counts.found),
        ]
        if counts.checks:
            title = "flagged claims that touch a marked error, by check and tier"
            counted.append((title, counts.checks, counts.checks_right))
        for title, of, hits in counted:
            kinds = [*sorted(of), "all"]
            totals = {**of, "all": of.total()}
            right = {**hits, "all": hits.total()}
            rows = tuple(_wilson(kind, right.get(kind, 0), totals[kind]) for kind in kinds)
            yield Sheet(f"{found.name}: {name}: {title}", ("", "share", "of"), rows)


def _wilson(kind: str, hits: int, of: int) -> tuple[str, str, str]:
    if not of:
        return kind, NONE, "0"
    low, high = wilson(hits, of)
    return kind, f"{hits / of:.2f} [{low:.2f}, {high:.2f}]", str(of)


def _people(found: Validation) -> Iterator[Sheet]:
    rows = [
        (p.dimension, p.scale, number(p.alpha), number(p.fleiss), str(p.units), str(p.people))
        for p in found.people
    ]
    if rows:
        header = ("", "scale", "Krippendorff alpha", "Fleiss kappa", "rated", "people")
        yield Sheet(f"{found.name}: people against people", header, tuple(rows))


def number(value: float | None, digits: int = 3) -> str:
    """Return a number, or a dash where there is none."""
    return NONE if value is None else f"{value:.{digits}f}"


def _costs(found: Validation) -> Sheet:
    rows = []
    notes = []
    for name, cost in found.costs.items():
        rows.append((name, number(cost.per_thousand, 2), str(sum(cost.unscored.values()))))
        notes += [f"{name}: {n} unscored, {reason}" for reason, n in sorted(cost.unscored.items())]
        notes += [f"{name}: {cost.checked}"] if cost.checked else []
    header = ("", "seconds for 1,000 summaries", "unscored")
    return Sheet(
        f"{found.name}: cost on this machine, one process", header, tuple(rows), tuple(notes)
    )
