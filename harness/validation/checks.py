"""How often each check of a metric was right where it spoke: what `facts` ships with its flags.

The share of a check's flagged claims that touch a stretch which people marked as wrong, over all
the summaries of some benchmarks together. A claim on a summary without any mark is wrong; summaries
that nobody was asked to mark count for nothing.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.benchmarks._part import Benchmark
from harness.errors import UsageError
from harness.parts import Metric
from harness.records import Judgement
from harness.spec import name_of, show
from harness.validation.scored import score
from harness.validation.spans import Touched


@dataclass(frozen=True, slots=True)
class Checks:
    """Counts of a metric's claims on benchmarks, each with the number of its marked summaries."""

    metric: Metric
    sets: tuple[tuple[Benchmark, int], ...]
    counts: Touched


def checks(metric: Metric, sets: Sequence[tuple[Benchmark, Iterable[Judgement]]]) -> Checks:
    """Count over the judgements of benchmarks; raise UsageError where there is no check to count.

    The metric's details must hold claims, each with ``start``, ``end``, ``check`` and ``tier``.
    """
    counts = Touched()
    sizes = []
    for benchmark, judgements in sets:
        marked = [one for one in judgements if one.spans is not None]
        counts.add(score(iter(marked), [metric]).spans.get(show(metric), Touched()))
        sizes.append((benchmark, len(marked)))
    if not counts.checks:
        told = ", ".join(f"{size} of {name_of(benchmark)}" for benchmark, size in sizes)
        msg = (
            f"{show(metric)} flagged nothing by a check on the marked summaries ({told}). Name a "
            "metric with checks, such as facts, and a benchmark with spans, such as summedits."
        )
        raise UsageError(msg)
    return Checks(metric, tuple(sizes), counts)


def as_toml(found: Checks) -> str:
    """Return the table that is shipped: by check and tier, the precision and of how many claims."""
    names = " ".join(f"--on {name_of(benchmark)}" for benchmark, _ in found.sets)
    sizes = (f"{name_of(b)} ({b.citation}), {n:,} summaries" for b, n in found.sets)
    counts = found.counts
    blocks = [
        f"[checks.{_key(check)}]\nprecision = {counts.checks_right[check] / of:.3f}\nn = {of}\n"
        for check, of in sorted(counts.checks.items())
    ]
    head = [
        f"# Written by `harness validate {show(found.metric)} {names} --data DIR --checks`:",
        "# share of a check's flags that touch a marked error; those on unmarked summaries do not.",
        f"source = {json.dumps(' and '.join(sizes) + ', pooled', ensure_ascii=False)}",
    ]
    return "\n".join(["\n".join(head) + "\n", *blocks])


def _key(check: str) -> str:
    """Return the keys of a check and its tier, each quoted where TOML asks for it."""
    parts = check.rpartition(".")[::2]
    return ".".join(p if p.isascii() and p.isidentifier() else json.dumps(p) for p in parts)
