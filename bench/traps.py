"""Traps of comparison, measured: what goes wrong, in which tool, and what harness.stats does.

    [HARNESS_DATA=<folder>] python -m bench.traps [bootstrap] [unpaired] [zero] [many] [systems]
                                                  [coverage]

Without a name, all of them. Simulated data have a known truth and a fixed seed. `systems` needs
HARNESS_DATA, the folder that holds realsumm/, and scores its 24 systems with rouge-score. A tool
that is not installed (sacrebleu, ranx, scipy) is left out, and said to be. docs/traps.md is what
this printed.
"""

import importlib
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from harness.stats.bootstrap import mean_intervals
from harness.stats.cube import FloatArray, ScoreCube
from harness.stats.effect import paired_effects
from harness.stats.letters import top_group
from harness.stats.paired import PairedTests, compare_pairs
from harness.stats.pairs import all_pairs
from harness.stats.permutation import sign_flip_test
from harness.stats.power import articles_needed, detectable_difference, power_at
from harness.stats.resampling import draws

ARTICLES, SETS, LEVEL = 100, 4000, 0.05
TOOL_SETS = 2000  # data sets for a tool that takes them one by one
COVERED_SETS = 10_000  # a share of 95 % then has a standard error of 0.2 points


def main() -> None:
    """Print the sections asked for."""
    sections: dict[str, Callable[[], None]] = {
        "bootstrap": bootstrap,
        "unpaired": unpaired,
        "zero": zero,
        "many": many,
        "systems": systems,
        "coverage": coverage,
    }
    for name in sys.argv[1:] or sections:
        print(f"== {name}")
        sections[name]()


def bootstrap() -> None:
    """Count true nulls that a paired bootstrap on |d*| - mean |d*| rejects."""
    cube = simulated(ARTICLES, 2, SETS)
    apart = cube.values[:, 0] - cube.values[:, 1]
    weights = np.concatenate(list(draws(cube, 1000, 0, 1)))
    resampled = np.abs(weights @ apart) / ARTICLES
    beyond = (resampled - resampled.mean(axis=0) > np.abs(apart.mean(axis=0))).sum(axis=0)
    rate("|d*| - mean |d*|, the formula", (beyond + 1) / 1001)
    tool = installed("sacrebleu.significance")
    if tool:
        sets = [cube.values[:, :, k] for k in range(TOOL_SETS)]
        for name, test in (
            ("bootstrap", tool._paired_bs_test),
            ("randomisation", tool._paired_ar_test),
        ):
            rate(
                f"sacrebleu's paired {name}",
                [_sacrebleu(test, scores, k) for k, scores in enumerate(sets)],
            )
    rate("harness, sign flips", sign_flip_test(cube, all_pairs(2)).p)


def unpaired() -> None:
    """Compare a z-test that ignores the pairing with the paired test: level and power."""
    for gain in (0.0, 0.35):
        cube = simulated(ARTICLES, 2, SETS, gain)
        print(f"true difference {gain} sd, correlation 0.64:")
        rate("  z-test from two standard errors", unpaired_p(cube.values))
        rate("  harness, sign flips", sign_flip_test(cube, all_pairs(2)).p)
    print(f"  power in theory: {100 * power_at(math.sqrt(2 * 0.36), 0.35, ARTICLES):.1f} %")


def zero() -> None:
    """Show a p of exactly 0."""
    values = simulated(ARTICLES, 2, 1, 2.0).values
    tool = installed("ranx.statistical_tests.fisher_randomization_test")
    if tool:
        p, _ = tool.fisher_randomization_test(values[:, 1, 0].copy(), values[:, 0, 0].copy())
        print(f"ranx's randomisation test, 1,000 permutations: p = {p}")
    p = sign_flip_test(cube_of(values), all_pairs(2), patterns=1000).p[0, 0]
    print(f"harness, 1,000 sign patterns: p = {p:.6f}")


def many() -> None:
    """Count false claims among 24 rows that are all alike."""
    tests = compare_pairs(simulated(ARTICLES, 24, 400))
    for name, p in (("without correction", tests.p), ("Holm", tests.adjusted)):
        wrong = (p <= LEVEL).sum(axis=0)
        print(
            f"{name}: {wrong.mean():.1f} false claims of 276 in a table, "
            f"some in {100 * (wrong > 0).mean():.1f} % of tables"
        )


def systems() -> None:
    """Say what ROUGE-1 can and cannot tell of REALSumm's 24 systems on 100 articles."""
    folder = os.environ.get("HARNESS_DATA")
    if not folder:
        print("left out: HARNESS_DATA is not set")
        return
    cube = realsumm(Path(folder) / "realsumm")
    tests, count = compare_pairs(cube), len(all_pairs(cube.rows))
    print(
        f"{cube.rows} systems, {count} pairs, {len(cube.articles)} articles, ROUGE-1 F1 in points"
    )
    for name, p in claims(cube, tests):
        print(f"  {name}: {(p <= LEVEL).sum()} of {count} pairs called different")
    top = top_group(
        cube.values[..., 0].mean(axis=0),
        np.ones(cube.rows, bool),
        tests.beats(0, "higher"),
        "higher",
    )
    print(f"  top group: {top.sum()} systems, where bold for the best alone would mark one")
    sd = float(np.median(paired_effects(cube, all_pairs(cube.rows)).sd))
    print(f"  median sd of paired differences: {sd:.2f}")
    print(f"  smallest difference 100 articles show: {detectable_difference(sd, 100):.2f}")
    print(f"  articles for 1 point: {articles_needed(sd, 1)}; for 0.5: {articles_needed(sd, 0.5)}")
    found = mean_intervals(cube)
    print(f"  median half width of a mean's interval: {np.median(found.high - found.low) / 2:.2f}")


def coverage() -> None:
    """Measure how often 95 % intervals of a mean hold it, at plain and expanded percentiles."""
    for name, sample, truth in shapes():
        for articles in (50, 100, 200):
            values = sample(np.random.default_rng(articles), (articles, 1, COVERED_SETS)) - truth
            found = mean_intervals(cube_of(values), resamples=2000)
            expanded = ((found.low <= 0) & (found.high >= 0)).mean()
            weights = np.concatenate(list(draws(cube_of(values), 2000, 0, 1)))
            low, high = np.percentile(weights @ values[:, 0], [2.5, 97.5], axis=0)
            plain = ((low <= 0) & (high >= 0)).mean()
            print(f"{name}, n = {articles}: {100 * plain:.1f} % plain, {100 * expanded:.1f} % ours")


Shape = tuple[str, Callable[[np.random.Generator, tuple[int, ...]], FloatArray], float]


def shapes() -> Iterator[Shape]:
    """Yield distributions with their means."""
    yield "normal", lambda rng, shape: rng.normal(size=shape), 0.0
    yield "beta(2, 8), skewness 0.8", lambda rng, shape: rng.beta(2, 8, shape), 0.2
    yield "beta(1, 9), skewness 1.5", lambda rng, shape: rng.beta(1, 9, shape), 0.1
    yield "exponential, skewness 2", lambda rng, shape: rng.exponential(size=shape), 1.0
    yield "t with 3 degrees, heavy tails", lambda rng, shape: rng.standard_t(3, shape), 0.0
    mean = math.exp(0.5)
    yield "log-normal, skewness 6.2", lambda rng, shape: rng.lognormal(size=shape), mean


def simulated(articles: int, rows: int, sets: int, gain: float = 0.0) -> ScoreCube:
    """Make rows of sd 1 that correlate by 0.64, as systems do; the first is higher by ``gain``."""
    rng = np.random.default_rng(articles + rows + sets)
    shared, own = rng.normal(size=(articles, 1, sets)), rng.normal(size=(articles, rows, sets))
    values = 0.8 * shared + 0.6 * own
    values[:, 0] += gain
    return cube_of(values)


def cube_of(values: FloatArray) -> ScoreCube:
    """Return a cube of numbered articles."""
    return ScoreCube.of([f"{i:05}" for i in range(len(values))], values)


def rate(name: str, p: FloatArray | Sequence[float]) -> None:
    """Print the share of p-values at or below 5 %."""
    print(f"{name}: {100 * (np.asarray(p) <= LEVEL).mean():.1f} % of {np.size(p)} data sets")


def unpaired_p(values: FloatArray) -> FloatArray:
    """Return two-sided p of z = (mean a - mean b) / sqrt(se_a^2 + se_b^2), articles first."""
    errors = values.var(axis=0, ddof=1) / len(values)
    apart = values[:, 0].mean(axis=0) - values[:, 1].mean(axis=0)
    z = np.abs(apart) / np.sqrt(errors[0] + errors[1])
    return np.array([math.erfc(each / math.sqrt(2)) for each in z.ravel()])


def claims(cube: ScoreCube, tests: PairedTests) -> Iterator[tuple[str, FloatArray]]:
    """Yield p-values of every pair of systems, by test."""
    pairs = tests.pairs
    both = [cube.values[:, [a, b]] for a, b in zip(pairs.first, pairs.second, strict=True)]
    yield "unpaired z-test, without correction", np.concatenate([unpaired_p(x) for x in both])
    stats = installed("scipy.stats")
    if stats:
        matrix = stats.tukey_hsd(*cube.values[..., 0].T).pvalue
        yield "Tukey's test of independent samples (ranx)", matrix[pairs.first, pairs.second]
    yield "sign flips, without correction", tests.p
    yield "sign flips, Holm", tests.adjusted


def realsumm(folder: Path) -> ScoreCube:
    """Score the stored systems with rouge-score, stemmed, in points."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1"], use_stemmer=True)
    references = {r["id"]: r["references"][0] for r in _records(folder / "articles.jsonl")}
    rows = []
    for path in sorted((folder / "outputs").glob("*.jsonl")):
        summaries = {r["id"]: r["summary"] for r in _records(path)}
        rows.append(
            [100 * scorer.score(references[i], summaries[i])["rouge1"].fmeasure for i in references]
        )
    return ScoreCube.of(list(references), np.array(rows).T[:, :, None])


def installed(name: str) -> Any:
    """Return a module, or None where its package is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"left out: {error.name} is not installed")
        return None


@dataclass(frozen=True, slots=True)
class _Mean:
    """The mean of given scores, as sacrebleu wants a metric: sums of statistics, then a score."""

    def _extract_corpus_statistics(self, scores: FloatArray, _: object) -> list[list[float]]:
        return [[score, 1.0] for score in scores.tolist()]

    def _compute_score_from_stats(self, sums: FloatArray) -> SimpleNamespace:
        return SimpleNamespace(score=float(sums[0] / sums[1]))

    def _aggregate_and_compute(self, stats: Sequence[Sequence[float]]) -> SimpleNamespace:
        return self._compute_score_from_stats(np.sum(stats, axis=0))


def _sacrebleu(test: Callable[..., Any], scores: FloatArray, seed: int) -> float:
    mean = _Mean()
    stats = mean._extract_corpus_statistics(scores[:, 0], None)
    known = {"mean": (np.array(stats), mean._aggregate_and_compute(stats))}
    _, results = test(known, "other", scores[:, 1], None, {"mean": mean}, n_samples=1000, seed=seed)
    return float(results["mean"].p_value)


def _records(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
