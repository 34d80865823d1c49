"""Which runs belong in one table: the same corpus, and metrics whose signatures agree."""

from collections.abc import Mapping, Sequence

from harness.errors import UsageError, nearest
from harness.runs import Run
from harness.spec import read


def corpora_that_differ(runs: Sequence[Run]) -> list[str]:
    """Return, in words, each run whose corpus is not the first run's."""
    first = runs[0].record
    return [
        f"corpus: {first.name} has {first.corpus.name} ({first.corpus.fingerprint[:8]}, "
        f"{first.corpus.articles} articles), {r.name} has {r.corpus.name} "
        f"({r.corpus.fingerprint[:8]}, {r.corpus.articles} articles)"
        for r in (run.record for run in runs[1:])
        if r.corpus.fingerprint != first.corpus.fingerprint
    ]


def metrics_in_common(
    runs: Sequence[Run], wanted: Sequence[str] | None
) -> tuple[dict[str, list[str | None]], list[str]]:
    """Return each signature that the runs share, with its folder in every run; and what differs.

    A metric that some runs lack has None there. Where a spec has had several signatures over time,
    the newest counts. ``wanted`` restricts to metrics' names; an unknown one raises UsageError.
    """
    by_name: dict[str, list[dict[str, str]]] = {}
    for i, run in enumerate(runs):
        for folder, metric in run.record.metrics.items():
            name = read(metric.spec).name
            by_name.setdefault(name, [{} for _ in runs])[i][metric.signature] = folder
    if wanted is not None:
        unknown = next((w for w in wanted if w not in by_name), None)
        if unknown is not None:
            msg = f"No run has the metric {unknown!r}. {nearest(unknown, by_name)}"
            raise UsageError(msg)
        by_name = {name: by_name[name] for name in wanted}
    chosen: dict[str, list[str | None]] = {}
    differences: list[str] = []
    for name, per_run in by_name.items():
        having = [found for found in per_run if found]
        common = [s for s in having[0] if all(s in found for found in having)]
        for signature in _newest(common, runs, per_run):
            chosen[signature] = [found.get(signature) for found in per_run]
        if not common:
            chosen[f"{name}|signatures differ"] = [next(iter(f.values()), None) for f in per_run]
            differences += _signatures_that_differ(name, runs, per_run)
    return chosen, differences


def _newest(
    common: Sequence[str], runs: Sequence[Run], per_run: Sequence[Mapping[str, str]]
) -> list[str]:
    """Return, of the signatures that one spec has had over time, the one that was added last."""
    run, folders = next((r, f) for r, f in zip(runs, per_run, strict=True) if f)
    return list({run.record.metrics[folders[s]].spec: s for s in common}.values())


def _signatures_that_differ(
    name: str, runs: Sequence[Run], per_run: Sequence[Mapping[str, str]]
) -> list[str]:
    told: dict[str, list[str]] = {}
    for run, found in zip(runs, per_run, strict=True):
        for signature in found:
            told.setdefault(signature, []).append(run.record.name)
    return [f"{name}: {', '.join(names)} {signature}" for signature, names in told.items()]
