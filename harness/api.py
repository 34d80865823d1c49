"""The Python API: evaluate, score, compare. Each takes names or values, and returns values."""

import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from harness import evaluation, spec
from harness.comparison import Comparison
from harness.comparison import compare as _compare
from harness.errors import RunError, UsageError, nearest
from harness.evaluation import Evaluation
from harness.parts import Corpus, CorpusView, Engine, Metric, Summariser
from harness.plan import METRICS
from harness.progress import Progress, silent
from harness.records import Article
from harness.runs import Run, Snapshot, Store


def evaluate(
    corpus: str | Corpus | Iterable[Article],
    candidates: Mapping[str, str | Summariser] | Sequence[str],
    metrics: Sequence[str | Metric] = METRICS,
    *,
    baseline: str | None = None,
    runs: str | Path = "runs",
    limit: int | None = None,
    fresh: bool = False,
    engine: str | Engine | None = None,
    progress: Progress = silent,
) -> Evaluation:
    """Run candidates over a corpus, score what they write, and keep a run of each under ``runs``.

    ``corpus`` is a path, a spec, a corpus, or articles. ``candidates`` are specs or values by name.
    A ``baseline``, where one is meant for the table, is refused here if no candidate has that name.
    ``engine`` is where the work is done, ``"local"`` or ``"ray"``; by default in this process.
    Raises a HarnessError where the corpus, a spec or a metric is wrong; a candidate that fails is
    in the result's ``failed`` and costs the others nothing.
    """
    store = Store.at(runs)
    parts = evaluation.metrics_of(metrics)
    named = candidates if isinstance(candidates, Mapping) else {c: c for c in candidates}
    early = {n: spec.parse("summarisers", c) if isinstance(c, str) else c for n, c in named.items()}
    snapshot = take(store, corpus, limit)
    found = evaluation.candidates_of(early, lambda: _view(snapshot, limited=limit is not None))
    if baseline is not None and baseline not in found:
        msg = f"The baseline {baseline!r} is no candidate. {nearest(baseline, found)}"
        raise UsageError(msg)
    return evaluation.evaluate(
        store,
        snapshot,
        found,
        parts,
        fresh=fresh,
        engine=engine_of(engine),
        progress=progress,
    )


def _view(snapshot: Snapshot, *, limited: bool) -> CorpusView:
    return CorpusView(snapshot.ids(), snapshot.record.references, limited)


def engine_of(given: str | Engine | None) -> Engine | None:
    """Return the engine that a spec names."""
    return spec.parse("engines", given) if isinstance(given, str) else given


def take(store: Store, corpus: str | Corpus | Iterable[Article], limit: int | None) -> Snapshot:
    """Read a corpus, or its first ``limit`` articles, into the store."""
    articles, given = _articles(corpus)
    name = given.encode("utf-8", "backslashreplace").decode()  # a path may be any bytes
    most = None if limit is None else min(limit, sys.maxsize)
    return store.take(itertools.islice(articles, most), name, name)


def _articles(corpus: str | Corpus | Iterable[Article]) -> tuple[Iterator[Article], str]:
    from harness.corpora._guess import corpus_from

    if isinstance(corpus, Iterable) and not isinstance(corpus, str):
        return _guarded(corpus, "articles"), "articles"
    part, name = (corpus_from(corpus), corpus) if isinstance(corpus, str) else (corpus, "")
    name = name or spec.show(part)
    own = type(part).__module__.startswith("harness.")  # which tells files and lines itself
    return (part.articles() if own else _guarded(part.articles(), name)), name


def _guarded(articles: Iterable[Article], name: str) -> Iterator[Article]:
    """Yield articles from elsewhere, held to what every corpus of harness holds to."""
    from harness.corpora._guard import guard

    numbered = enumerate(articles, 1)
    return guard(numbered, lambda n: f"{name}, number {n}", name, duplicates=True)


def again(
    run: Run,
    store: Store,
    *,
    engine: str | Engine | None = None,
    progress: Progress = silent,
) -> Evaluation:
    """Run once more what a kept run records, over the articles that were kept with it."""
    part = spec.parse("summarisers", run.record.spec)
    metrics = evaluation.metrics_of([m.spec for m in run.record.metrics.values()])
    one = {run.record.name: part}
    candidates = evaluation.candidates_of(one, lambda: _view(run.snapshot, limited=True))
    work = engine_of(engine)
    return evaluation.evaluate(
        store, run.snapshot, candidates, metrics, fresh=True, engine=work, progress=progress
    )


def score(
    run: Run,
    metrics: Sequence[str | Metric],
    store: Store,
    *,
    engine: str | Engine | None = None,
    progress: Progress = silent,
) -> None:
    """Add metrics to a kept run without writing a summary again."""
    total = run.record.corpus.articles
    if run.summaries_kept.count() < total:
        msg = (
            f"Run {run.record.id} has {run.summaries_kept.count()} of {total} summaries. "
            "Finish it first: run the same harness eval again."
        )
        raise RunError(msg)
    parts = evaluation.metrics_of(metrics)
    with store.writing(run.record.key, run.record.name):
        run.record = store.load(run.record.id).record  # another process may have added to it
        evaluation.rescore(run, parts, progress, engine_of(engine))


def compare(
    runs: Sequence[Run | str], *, root: str | Path = "runs", baseline: str | None = None
) -> Comparison:
    """Put kept runs side by side; runs are values, ids, or names of candidates."""
    store = Store.at(root)
    return _compare([store.resolve(r) if isinstance(r, str) else r for r in runs], baseline)
