"""Runs metrics over a benchmark and holds every column against every human dimension."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.benchmarks._part import Benchmark
from harness.errors import InputError, UsageError, nearest
from harness.parts import Metric
from harness.records import Judgement
from harness.spec import name_of, parse, show
from harness.stats.paired import PairedTests
from harness.validation.detection import Detection, detect, folds
from harness.validation.differences import compared
from harness.validation.interval import Agreement
from harness.validation.levels import LEVELS, Found, Level, correlate
from harness.validation.people import People, people
from harness.validation.points import Labels, Points, Row, points
from harness.validation.ranking import pairs, pairwise
from harness.validation.scored import CHEAP, Cost, Scored, score
from harness.validation.spans import Touched
from harness.validation.weights import Resampled, Weights, draw

RESAMPLES = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One human dimension: per row, agreement by level, what it detects, and pairs in order."""

    labels: Labels
    agreements: list[Found]
    tests: dict[Level, PairedTests]
    detections: list[Detection | None]
    pairwise: list[Agreement | None]


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """What a benchmark says of metrics. ``folds`` is how thresholds were chosen."""

    benchmark: Benchmark
    part: str | None
    metrics: tuple[Metric, ...]
    points: Points
    tables: tuple[Table, ...]
    costs: dict[str, Cost]
    spans: dict[str, Touched]
    people: tuple[People, ...]
    folds: str
    resampled: Resampled
    resamples: int
    seed: int

    @property
    def name(self) -> str:
        """The benchmark's name, and the part of it that was taken."""
        name = name_of(self.benchmark)
        return f"{name} ({self.part})" if self.part else name


def validate(
    benchmark: Benchmark,
    metrics: Sequence[Metric],
    *,
    part: str | None = None,
    columns: Sequence[str] | None = None,
    resampled: Resampled | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Validation:
    """Return the agreement of every column with every dimension, with 95 % intervals.

    ``part`` takes the judgements of one group of the set, ``columns`` some columns besides the
    rivals. Without ``resampled``, articles and systems are both resampled where there are three
    systems or more, else articles.
    """
    asked = {name_of(metric) for metric in metrics}
    rivals = [parse("metrics", name) for name in CHEAP if name not in asked]
    scored = score(of_part(benchmark.judgements(), part), metrics, rivals)
    if not scored.judged:
        msg = f"{show(benchmark)} holds no judgement. Look at what is in its files."
        raise InputError(msg)
    held = _points(scored, columns)
    what: Resampled = resampled or ("both" if held.ranked else "articles")
    if what != "articles" and not held.ranked:
        msg = f"{show(benchmark)} has no three systems to resample. Write --resample articles."
        raise UsageError(msg)
    weights = draw(len(held.units), len(held.systems), what, resamples, seed)
    return Validation(
        benchmark,
        part,
        tuple(metrics),
        held,
        tuple(_table(held, labels, weights) for labels in held.dimensions),
        scored.costs,
        {name: spans for name, spans in scored.spans.items() if spans.marks},
        people(held.judged),
        folds(held)[0],
        what,
        resamples,
        seed,
    )


def of_part(judgements: Iterator[Judgement], part: str | None) -> Iterator[Judgement]:
    """Yield the judgements of one group of a set, or all; raise UsageError where there is none."""
    seen = set()
    found = False
    for judgement in judgements:
        seen.add(judgement.group)
        if part is None or judgement.group == part:
            found = True
            yield judgement
    if part is not None and not found:
        known = [group for group in seen if group is not None]
        msg = f"There is no part {part!r} of that benchmark. {nearest(part, known)}"
        raise UsageError(msg)


def _points(scored: Scored, columns: Sequence[str] | None) -> Points:
    known = [row.name for row in scored.rows]
    for column in columns or ():
        if column not in known:
            msg = f"There is no column {column!r}. {nearest(column, known)}"
            raise UsageError(msg)
    at = [i for i, row in enumerate(scored.rows) if _shown(row, columns)]
    rows = [scored.rows[i] for i in at]
    return points(scored.judged, rows, scored.scores[at], scored.there[at])


def _shown(row: Row, columns: Sequence[str] | None) -> bool:
    cheap = row.column.name in CHEAP.get(row.metric, ())
    return columns is None or row.name in columns or row.rival or cheap


def _table(held: Points, labels: Labels, weights: Weights) -> Table:
    rows = range(len(held.rows))
    ranked = pairs(held, labels)
    found = correlate(held, labels, weights)
    parts = folds(held)[1]
    detections = [detect(held, r, labels, parts, weights) for r in rows if labels.binary]
    return Table(
        labels,
        found,
        {level: compared(held, labels, level) for level in LEVELS if _says(found, level)},
        detections,
        [pairwise(held, r, ranked, weights) for r in rows] if ranked else [],
    )


def _says(found: Sequence[Found], level: Level) -> bool:
    held = (one.get((level, "spearman")) for one in found)
    return any(a is not None and a.estimate is not None for a in held)
