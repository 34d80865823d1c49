"""Scores of a batch: which items a metric can score, and the reason for those it cannot."""

import itertools
import random
import reprlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from harness import spec
from harness.errors import CheckError, HarnessError, UsageError
from harness.parts import Checked, Metric
from harness.records import Article, Item, Scores, Summary
from harness.runs import Run
from harness.runs.shards import LARGEST

CHECKED = 32
"""Items of each scoring that a metric with an independent computation is held against."""

_TAKEN = ("article", "unscored", "warning", "details")
"""What is kept beside the columns of a metric."""


def score_batch(
    metric: Metric, articles: Sequence[Article], summaries: Sequence[Summary]
) -> Scores:
    """Score each article's summary; what cannot be scored is unscored with its reason, never 0."""
    items: list[Item] = []
    positions: list[int] = []
    unscored: dict[int, str] = {}
    for position, (article, summary) in enumerate(zip(articles, summaries, strict=True)):
        found = _item(metric, article, summary)
        if isinstance(found, str):
            unscored[position] = found
        else:
            items.append(found)
            positions.append(position)
    names = [c.name for c in metric.columns()]
    scores = _scores(metric, items) if items else Scores({n: np.zeros(0) for n in names})
    _expect(metric, names, scores, len(items))
    return _scatter(scores, positions, unscored, len(articles))


def score_all(metric: Metric, articles: Sequence[Article], summaries: Sequence[Summary]) -> Scores:
    """Score any number of summaries, in the batches that the metric asks for."""
    size = getattr(metric, "batch", LARGEST)
    starts = range(0, len(articles), size)
    parts = [
        (a, score_batch(metric, articles[a : a + size], summaries[a : a + size])) for a in starts
    ]
    names = [c.name for c in metric.columns()]
    details = [d for a, p in parts for d in p.details or [None] * len(articles[a : a + size])]
    return Scores(
        {name: np.concatenate([p.values[name] for _, p in parts]) for name in names},
        {a + i: why for a, p in parts for i, why in p.unscored.items()},
        {a + i: why for a, p in parts for i, why in p.warnings.items()},
        details if any(p.details is not None for _, p in parts) else None,
    )


def _scores(metric: Metric, items: Sequence[Item]) -> Scores:
    """Return what the metric says; what it raises costs this run its scores, and no other run."""
    try:
        scores: object = metric.score(items)
    except HarnessError:
        raise
    except (Exception, SystemExit) as error:  # anybody's code may raise anything
        msg = f"{spec.show(metric)} raised {type(error).__name__} on {_span(items)}: {error}"
        raise CheckError(msg) from error
    if not isinstance(scores, Scores):
        found = f"{reprlib.repr(scores)} for {_span(items)}"
        msg = f"{spec.show(metric)} returned {found}; it must return Scores."
        raise CheckError(msg)
    return scores


def _span(items: Sequence[Item]) -> str:
    return f"articles {items[0].article.id!r} to {items[-1].article.id!r}"


def refuse_columns(metric: Metric) -> None:
    """Refuse columns that no run could keep and no table show, before any work is done."""
    columns = metric.columns()
    names = [c.name for c in columns]
    odd = [n for n in names if n in _TAKEN or names.count(n) > 1 or not n.isprintable() or not n]
    if odd or not names:
        what = f"a column named {odd[0]!r}" if odd else "no column"
        msg = (
            f"{spec.show(metric)} has {what}. A metric has at least one column, each with a "
            f"readable name of its own that is none of {', '.join(_TAKEN)}."
        )
        raise UsageError(msg)
    better = next((c.better for c in columns if c.better not in {"higher", "lower", None}), None)
    if better is not None:
        msg = f"{spec.show(metric)} says {better!r} is better. Allowed: 'higher', 'lower' and None."
        raise UsageError(msg)


def _item(metric: Metric, article: Article, summary: Summary) -> Item | str:
    if summary.text is None:
        return f"no summary: {summary.reason}"
    references = article.references
    if summary.held_out is not None:
        references = references[: summary.held_out] + references[summary.held_out + 1 :]
    if "references" in metric.needs and not references:
        return "no reference" if summary.held_out is None else "no other reference"
    return Item(article, summary.text, references)


def _expect(metric: Metric, names: Sequence[str], scores: Scores, count: int) -> None:
    """Refuse what a metric must not say, before it is kept: it may be anybody's code."""
    if sorted(scores.values) != sorted(names):
        found = list(scores.values)
        msg = f"{spec.show(metric)} promised the columns {names} and returned {found}."
        raise CheckError(msg)
    _expect_reasons(metric, scores, count)
    scored = np.ones(count, bool)
    scored[list(scores.unscored)] = False
    for name, values in scores.values.items():
        if np.ndim(values) != 1 or len(values) != count:
            told = len(values) if np.ndim(values) == 1 else f"shape {np.shape(values)} of"
            msg = f"{spec.show(metric)} returned {told} values of {name!r} for {count} summaries."
            raise CheckError(msg)
        if not _are_numbers(values, scored):
            msg = (
                f"{spec.show(metric)} returned a value of {name!r} that is no number. "
                "Unscored needs a reason."
            )
            raise CheckError(msg)


def _expect_reasons(metric: Metric, scores: Scores, count: int) -> None:
    for position, text in (*scores.unscored.items(), *scores.warnings.items()):
        if position not in range(count) or not isinstance(text, str):
            msg = (
                f"{spec.show(metric)} returned {text!r} about summary {position!r} of {count}. "
                "Unscored and warnings hold a text by a position from 0."
            )
            raise CheckError(msg)
    if scores.details is not None and len(scores.details) != count:
        msg = f"{spec.show(metric)} returned {len(scores.details)} details for {count} summaries."
        raise CheckError(msg)


def _are_numbers(values: object, scored: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> bool:
    try:
        return bool(np.isfinite(np.asarray(values, float)[scored]).all())
    except (TypeError, ValueError):
        return False


def _scatter(
    scores: Scores, positions: Sequence[int], unscored: Mapping[int, str], total: int
) -> Scores:
    values = {}
    for name, found in scores.values.items():
        values[name] = np.zeros(total)
        values[name][list(positions)] = found
    reasons = dict(unscored) | {positions[i]: r for i, r in scores.unscored.items()}
    details: list[Any] | None = None
    if scores.details is not None:
        details = [None] * total
        for position, detail in zip(positions, scores.details, strict=True):
            details[position] = detail
    warnings = {positions[i]: w for i, w in scores.warnings.items()}
    return Scores(values, reasons, warnings, details)


def sample(items: Sequence[Item], scores: Scores) -> tuple[list[Item], Scores]:
    """Return the items, with their scores, that a scoring is held against: 32 drawn with a seed."""
    rng = random.Random(len(items))  # noqa: S311 - a draw, not a secret
    at = sorted(rng.sample(range(len(items)), min(CHECKED, len(items))))
    return [items[i] for i in at], Scores({n: v[at] for n, v in scores.values.items()})


def check(metric: Metric, run: Run, folder: str) -> str | None:
    """Hold a seeded sample of a run's scores against the metric's independent computation."""
    if not isinstance(metric, Checked):
        return None
    total = run.record.corpus.articles
    sample = random.Random(run.record.key).sample(range(total), min(CHECKED, total))  # noqa: S311 - no secret
    items: list[Item] = []
    values: dict[str, list[float]] = {c.name: [] for c in metric.columns()}
    for start, positions in itertools.groupby(sorted(sample), lambda p: p - p % LARGEST):
        articles, summaries, scores = _kept(run, folder, start, min(start + LARGEST, total))
        for i in (p - start for p in positions):
            item = _item(metric, articles[i], summaries[i])
            if isinstance(item, Item) and i not in scores.unscored:
                items.append(item)
                for name, kept in scores.values.items():
                    values[name].append(float(kept[i]))
    if not items:
        return None
    return metric.check(items, Scores({n: np.array(v) for n, v in values.items()}))


def _kept(
    run: Run, folder: str, start: int, stop: int
) -> tuple[Sequence[Article], Sequence[Summary], Scores]:
    articles = run.snapshot.articles(start, stop)
    return articles, run.summaries(start, stop), run.score_slice(folder, start, stop)
