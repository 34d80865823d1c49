"""A comparison as words: the tables and notes that every textual report shows alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.analysis import ALPHA, POWER, Analysis, Difference, analyse
from harness.comparison import Comparison, Heading, Row
from harness.records import Column
from harness.reports._notes import Marks, notes
from harness.stats.bootstrap import Interval
from harness.stats.letters import letter

ARROWS = {"higher": "↑", "lower": "↓", None: ""}
ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: a number, its interval, letters, and a footnote's mark."""

    number: str
    interval: str = ""
    letters: str = ""
    mark: str = ""
    top: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A header per column, and a row per candidate; the first cell of a row is its name."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A comparison in words: means, differences from the baseline where there is one, and notes."""

    means: Table
    differences: Table | None
    baseline: str | None
    footnotes: tuple[str, ...]
    explanation: tuple[str, ...]
    notes: tuple[str, ...]


def sheet(comparison: Comparison, columns: Sequence[str] | None = None) -> Sheet:
    """Return what to show of a comparison: the columns named, or the headlines."""
    analysis = analyse(comparison, shown(comparison, columns))
    marks = Marks()
    means = _means(analysis, marks)
    base = analysis.baseline
    return Sheet(
        means,
        None if base is None or len(comparison.rows) < 2 else _differences(analysis),
        None if base is None else comparison.rows[base].name,
        marks.notes(),
        _explanation(analysis),
        notes(comparison, analysis.at),
    )


def shown(comparison: Comparison, columns: Sequence[str] | None) -> list[int]:
    """Return the positions of the columns to show."""
    return [i for i, h in enumerate(comparison.headings) if is_shown(h.column, columns)]


def is_shown(column: Column, columns: Sequence[str] | None) -> bool:
    """Return whether a column is among those named, or where none are, whether it is a headline."""
    return column.headline if columns is None else column.name in columns


def number(value: float, heading: Heading, *, coarser: int = 0, sign: str = "") -> str:
    """Return a value as it is shown: scaled, rounded to the column's digits or fewer."""
    digits = max(heading.column.digits - coarser, 0)
    return f"{value * heading.column.scale:{sign}.{digits}f}"


def _means(analysis: Analysis, marks: Marks) -> Table:
    comparison = analysis.comparison
    headings = [comparison.headings[i] for i in analysis.at]
    several = len(comparison.rows) > 1
    rows = []
    for r, row in enumerate(comparison.rows):
        cells = [_mean(analysis, r, c, marks) for c in range(len(headings))]
        written = Cell(str(row.written), mark=marks.mark(row.unwritten))
        rows.append((_name(row, r, several), written, Cell(_seconds(row.seconds)), *cells))
    return Table(("candidate", "n", "s/article", *_labels(headings)), tuple(rows))


def _mean(analysis: Analysis, row: int, column: int, marks: Marks) -> Cell:
    comparison = analysis.comparison
    heading = comparison.headings[analysis.at[column]]
    cell = comparison.cells[row][analysis.at[column]]
    mark = marks.beyond(comparison.rows[row], cell.unscored)
    found = analysis.mean(row, column)
    if found is None:
        return Cell(ABSENT, mark=mark)
    return Cell(
        number(found.estimate, heading),
        _interval(found, heading),
        compressed(analysis.letters[column][row]),
        mark,
        analysis.top[column][row],
    )


def _interval(found: Interval, heading: Heading, sign: str = "") -> str:
    if found.n < 2:
        return ""
    low, high = (number(v, heading, coarser=1, sign=sign) for v in (found.low, found.high))
    return f"[{low}, {high}]"


def compressed(letters: Sequence[str]) -> str:
    """Return letters with runs of three or more neighbours as ranges.

    >>> compressed(["a", "b", "c", "e", "g", "h"])
    'a-c,e,g,h'
    """
    positions = [_position(text) for text in letters]
    parts: list[str] = []
    for _, group in groupby(enumerate(positions), lambda pair: pair[1] - pair[0]):
        run = [letter(position) for _, position in group]
        parts += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else run
    return ",".join(parts)


def _position(letters: str) -> int:
    value = 0
    for sign in letters:
        value = value * 26 + ord(sign) - ord("a") + 1
    return value - 1


def _differences(analysis: Analysis) -> Table:
    comparison = analysis.comparison
    directed = [
        c for c, i in enumerate(analysis.at) if comparison.headings[i].column.better is not None
    ]
    headings = [comparison.headings[analysis.at[c]] for c in directed]
    rows = tuple(
        (
            _name(row, r, several=True),
            *(
                _difference(analysis.difference(r, c), heading)
                for c, heading in zip(directed, headings, strict=True)
            ),
        )
        for r, row in enumerate(comparison.rows)
        if r != analysis.baseline
    )
    return Table(("candidate", *_labels(headings)), rows)


def _difference(found: Difference | None, heading: Heading) -> Cell:
    if found is None:
        return Cell(ABSENT)
    test, effect = found.test, found.effect
    counts = "" if effect is None else f" {effect.higher}/{effect.equal}/{effect.lower}"
    return Cell(
        number(found.interval.estimate, heading, sign="+"),
        _interval(found.interval, heading, sign="+"),
        f"p {_p(test.adjusted)}{counts}",
        top=test.adjusted <= ALPHA,
    )


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else f"{value:.1g}"


def _labels(headings: Sequence[Heading]) -> list[str]:
    """Return the names of the columns, with their metric where two metrics use one name."""
    names = [h.column.name for h in headings]
    plain = [
        name if names.count(name) == 1 else f"{name} {h.metric}"
        for name, h in zip(names, headings, strict=True)
    ]
    return [f"{n} {ARROWS[h.column.better]}".strip() for n, h in zip(plain, headings, strict=True)]


def _name(row: Row, position: int, several: bool) -> Cell:
    role = f" ({row.role})" if row.role and row.role not in row.name else ""
    unfinished = "" if row.status == "complete" else f" [{row.status}]"
    lettered = f"{letter(position)} " if several else ""
    return Cell(f"{lettered}{row.name}{role}{unfinished}")


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return ABSENT
    return f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.2g}"


def _explanation(analysis: Analysis) -> tuple[str, ...]:
    """Say in plain words what the marks mean, and what they do not."""
    if len(analysis.comparison.rows) < 2:
        return (f"[low, high]: 95 % interval of the mean (bootstrap over {analysis.resampled}).",)
    lines = [
        f"[low, high]: 95 % interval (bootstrap over {analysis.resampled}). Letters: the rows that "
        f"this one was shown to beat, at {ALPHA:.0%} after Holm over all pairs of the column. "
        "*: the top group, the best row and those that it was not shown to beat. "
        "A missing letter means that no difference was shown, not that there is none."
    ]
    if analysis.baseline is not None:
        lines.append(
            f"Differences: *: p of {ALPHA:.0%} or less, two-sided sign-flip test on the articles "
            "both scored, after Holm; 5/1/3: higher on 5 articles, equal on 1, lower on 3."
        )
    return (*lines, *_reach(analysis))


def _reach(analysis: Analysis) -> tuple[str, ...]:
    told = []
    for position, reach in zip(analysis.at, analysis.reach, strict=True):
        heading = analysis.comparison.headings[position]
        if reach is not None and heading.column.better is not None:
            least = number(reach.detectable, heading)
            told.append(f"{heading.column.name} {least} ({reach.needed})")
    if not told:
        return ()
    return (
        f"Smallest difference that these articles show with {POWER:.0%} probability "
        f"(articles needed to show 1): {', '.join(told)}.",
    )
