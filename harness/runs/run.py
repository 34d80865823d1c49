"""One run: its record, its summaries and its scores."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.errors import CheckError, RunError, nearest
from harness.files import whole
from harness.records import JSON, Scores, Summary
from harness.runs import timings
from harness.runs.manifest import MetricRecord, RunRecord
from harness.runs.parquet import Types
from harness.runs.shards import Shards
from harness.runs.snapshot import Snapshot
from harness.signature import digest

_SUMMARY_FIELDS = tuple(f.name for f in fields(Summary))
_SUMMARIES: Types = (
    ("article", "string not null"),
    *zip(_SUMMARY_FIELDS, ("string", "string", *["int32"] * 3, *["bool"] * 2), strict=True),
)


@dataclass(frozen=True, slots=True)
class Written:
    """Why summaries are missing, by reason, and how many articles and summaries a limit cut."""

    reasons: Mapping[str, int]
    articles_cut: int
    summaries_cut: int


@dataclass(slots=True)
class Run:
    """A kept run. Reading is free; writing is for the process that holds the run's lock."""

    folder: Path
    record: RunRecord
    snapshot: Snapshot

    @property
    def summaries_kept(self) -> Shards:
        """The shards of the summaries."""
        return Shards(self.folder / "summaries", _SUMMARIES)

    def scores_kept(self, metric: str) -> Shards:
        """Return the shards of the scores of one metric, by its folder."""
        record = self.record.metrics.get(metric)
        return Shards(self.folder / "scores" / metric, score_types(record) if record else ())

    # --- reading

    def summaries(self, start: int = 0, stop: int | None = None) -> list[Summary]:
        """Return the summaries of a range that is wholly kept; all kept ones by default."""
        end = self.summaries_kept.count() if stop is None else stop
        if end <= start:
            return []
        return to_summaries(self.summaries_kept.slice(start, end), self.folder)

    def scores(
        self, metric: str, columns: Sequence[str] | None = None
    ) -> Iterator[tuple[int, Scores]]:
        """Yield the scores of a metric shard by shard, with the position of each shard's first.

        ``columns`` names those to read, all by default.
        """
        names = [c.name for c in self.metric(metric).columns] if columns is None else columns
        kept = self.scores_kept(metric)
        for start, table in kept.read([*names, "unscored", "warning"]):
            yield start, to_scores(table, names, kept.folder)

    def score_slice(self, metric: str, start: int, stop: int) -> Scores:
        """Return the scores of a range of articles, with the metric's details."""
        names = [c.name for c in self.metric(metric).columns]
        kept = self.scores_kept(metric)
        return to_scores(kept.slice(start, stop), names, kept.folder)

    def metric(self, name: str) -> MetricRecord:
        """Return the record of a metric of this run."""
        if name not in self.record.metrics:
            msg = f"Run {self.record.id} has no {name!r}. {nearest(name, self.record.metrics)}"
            raise RunError(msg)
        return self.record.metrics[name]

    def written(self) -> "Written":
        """Return how the writing of the kept summaries went."""
        reasons: Counter[str] = Counter()
        articles = summaries = 0
        for _, table in self.summaries_kept.read(["reason", "article_cut", "summary_cut"]):
            reasons.update(r for r in table["reason"].to_pylist() if r is not None)
            articles += _count(table["article_cut"])
            summaries += _count(table["summary_cut"])
        return Written(reasons, articles, summaries)

    def seconds(self, what: str = "summaries") -> float:
        """Return the seconds that the kept batches of ``what`` took; 0 where none were timed."""
        return timings.total(self.folder, what)

    # --- writing

    def add_summaries(self, start: int, ids: Sequence[str], summaries: Sequence[Summary]) -> None:
        """Keep the summaries of the articles from ``start`` on."""
        self.summaries_kept.write(start, _from_summaries(ids, summaries))

    def add_scores(self, metric: str, start: int, ids: Sequence[str], scores: Scores) -> None:
        """Keep the scores of the articles from ``start`` on."""
        self.scores_kept(metric).write(start, _from_scores(ids, scores))

    def add_timing(self, what: str, start: int, stop: int, seconds: float) -> None:
        """Note how long a batch took."""
        timings.add(self.folder, what, start, stop, seconds)

    def update(self, **changes: Any) -> None:
        """Change the record and write it."""
        self.record = self.record.model_copy(update=changes)
        self.record.save(self.folder / "run.json")


def metric_folder(name: str, signature: str) -> str:
    """Return the folder of a metric: another signature is another folder."""
    return f"{name}-{digest(signature)[:8]}"


def _count(flags: Any) -> int:
    return sum(flag is True for flag in flags.to_pylist())


def _from_summaries(ids: Sequence[str], summaries: Sequence[Summary]) -> Any:
    import pyarrow as pa

    columns: Mapping[str, list[Any]] = {
        name: [getattr(s, name) for s in summaries] for name in _SUMMARY_FIELDS
    }
    text, count, flag = pa.string(), pa.int32(), pa.bool_()
    types = dict(zip(_SUMMARY_FIELDS, [text, text, count, count, count, flag, flag], strict=True))
    schema = pa.schema([("article", text), *types.items()])
    return pa.table({"article": list(ids), **columns}, schema=schema)


def to_summaries(table: Any, where: Path) -> list[Summary]:
    """Return the summaries of a table; raise RunError where a row is none."""
    columns = (table[name].to_pylist() for name in _SUMMARY_FIELDS)
    try:
        return [Summary(*row) for row in zip(*columns, strict=True)]
    except ValueError as error:
        msg = f"{where} is damaged: {error}. Run harness runs --check --repair."
        raise RunError(msg) from None


def _from_scores(ids: Sequence[str], scores: Scores) -> Any:
    import pyarrow as pa

    absent = np.zeros(len(ids), bool)
    absent[list(scores.unscored)] = True
    reasons = [scores.unscored.get(i) for i in range(len(ids))]
    columns = {
        name: pa.array(np.asarray(values, np.float64), mask=absent)
        for name, values in scores.values.items()
    }
    warnings = [scores.warnings.get(i) for i in range(len(ids))]
    columns["unscored"] = pa.array([r if r is None else whole(r) for r in reasons], pa.string())
    columns["warning"] = pa.array([w if w is None else whole(w) for w in warnings], pa.string())
    if scores.details is not None:
        columns["details"] = pa.array([_as_json(d) for d in scores.details], pa.string())
    return pa.table({"article": pa.array(list(ids), pa.string()), **columns})


def _as_json(details: JSON) -> str | None:
    try:
        text = json.dumps(details, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        msg = f"A metric's details cannot be kept as JSON: {error}. Use text, numbers and lists."
        raise CheckError(msg) from None
    return None if details is None else whole(text)


def score_types(record: MetricRecord) -> Types:
    """Return the columns that every table of a metric's scores has."""
    numbers = [(column.name, "double") for column in record.columns]
    return (("article", "string not null"), *numbers, ("unscored", "string"), ("warning", "string"))


def to_scores(table: Any, names: Sequence[str], where: Path) -> Scores:
    """Return the scores of a table; raise RunError where their details are no JSON."""
    values = {n: _floats(table[n]) for n in names}
    details: list[JSON] | None = None
    if "details" in table.column_names:
        try:
            details = [None if d is None else json.loads(d) for d in table["details"].to_pylist()]
        except (ValueError, TypeError, RecursionError) as error:
            msg = f"{where} is damaged: details are no JSON ({error}). Delete that folder."
            raise RunError(msg) from None
    return Scores(values, _told(table["unscored"]), _told(table["warning"]), details)


def _floats(column: Any) -> NDArray[np.float64]:
    """Return a float64 column, 0 where it is null; to_numpy would import pandas, half a second."""
    parts = [np.zeros(0)]
    for chunk in column.chunks:
        values = chunk.buffers()[1]
        if values is None:
            parts.append(np.zeros(len(chunk)))
        else:
            parts.append(np.frombuffer(values, np.float64, len(chunk), 8 * chunk.offset))
    return np.nan_to_num(np.concatenate(parts))


def _told(column: Any) -> dict[int, str]:
    return {i: text for i, text in enumerate(column.to_pylist()) if text is not None}
