"""Speed of `harness validate` beside a plain scipy loop, and the tables of docs/trust.md.

    OMP_NUM_THREADS=1 python bench/validate.py [--data DIR] [--write-docs]

The speed is measured on random scores of 24 systems x 100 articles x 20 columns, 1,000 resamples of
both articles and systems, all three coefficients at all three levels; and on 18,000 summaries of
as many articles, 3 columns. The scipy loop does the same on fewer resamples; both must give the
same numbers on those before either is timed. With --data the
tables are printed as Markdown, and with --write-docs put into docs/trust.md and docs/benchmarks.md.
"""

import argparse
import importlib
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness import plugins, spec
from harness.records import Article, Column, Judgement
from harness.validation import Validation, validate
from harness.validation.levels import COEFFICIENTS, LEVELS, measure
from harness.validation.points import Points, Row, points
from harness.validation.sheets import sheets
from harness.validation.told import escape, marked
from harness.validation.weights import Weights, draw

ARTICLES, SYSTEMS, COLUMNS, RESAMPLES = 100, 24, 20, 1000
LARGE, LARGE_COLUMNS = 18_000, 3
FEW = 3
DOCS = Path(__file__).parent.parent / "docs"
_BLOCK = re.compile(r"(<!-- (\S+) -->\n).*?(<!-- /\2 -->)", re.DOTALL)
SETS = {
    "realsumm": (["rouge"], None, "rouge1,rouge1-p,rouge1-r,rouge2,rouge2-r,rougeLsum,rougeLsum-r"),
    "qags": (["facts"], None, "flagged,flags,support"),
    "summedits": (["facts"], None, "flagged,flags,support"),
    "cliff-xsum": (["facts"], "xsum", "flagged,flags,support"),
    "cliff-cnndm": (["facts"], "cnndm", "flagged,flags,support"),
}
Numbers = NDArray[np.float64]


def random_points(seed: int) -> Points:
    """Return scores that follow a judgement with more and more noise."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=(SYSTEMS, ARTICLES)) + rng.normal(size=(SYSTEMS, 1))
    human = np.round(1 / (1 + np.exp(-truth)), 1)
    judged = [
        Judgement(Article(f"{a:03}", ""), "", f"{s:02}", {"recall": float(human[s, a])})
        for s in range(SYSTEMS)
        for a in range(ARTICLES)
    ]
    noise = rng.normal(size=(COLUMNS, SYSTEMS, ARTICLES)) * np.arange(COLUMNS)[:, None, None] / 4
    rows = [Row(f"c{i}", "random", Column(f"c{i}", "random"), "higher") for i in range(COLUMNS)]
    scores = (truth + noise).reshape(COLUMNS, -1)
    return points(judged, rows, scores, np.ones(scores.shape, bool))


def by_scipy(held: Points, weights: Weights, count: int) -> dict[tuple[str, str], Numbers]:
    """Return (columns, resamples) of each level and coefficient, one scipy call at a time."""
    functions = _by_name()
    x = held.scores.reshape(COLUMNS, SYSTEMS, ARTICLES)
    y = held.dimensions[0].values.reshape(SYSTEMS, ARTICLES)
    found: dict[tuple[str, str], Numbers] = {
        (level, name): np.zeros((COLUMNS, count)) for level in LEVELS for name in COEFFICIENTS
    }
    for b in range(count):
        rows = np.repeat(np.arange(ARTICLES), weights.articles[b].astype(int))
        systems = weights.drawn[b]
        human = y[systems][:, rows]
        varied = np.flatnonzero((human != human[:1]).any(axis=0))
        for c in range(COLUMNS):
            own = x[c][systems][:, rows]
            for name, one in functions.items():
                cell = c, b
                found["system", name][cell] = one(own.mean(axis=1), human.mean(axis=1))[0]
                found["sample", name][cell] = one(own.ravel(), human.ravel())[0]
                within = [one(own[:, a], human[:, a])[0] for a in varied]
                found["summary", name][cell] = np.mean(within)
    return found


def large_points(seed: int) -> Points:
    """Return scores of one summary for each of many articles."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=LARGE)
    human = np.round(1 / (1 + np.exp(-truth)), 2)
    judged = [
        Judgement(Article(f"{a:05}", ""), "", None, {"q": float(human[a])}) for a in range(LARGE)
    ]
    noise = rng.normal(size=(LARGE_COLUMNS, LARGE)) * np.arange(1, LARGE_COLUMNS + 1)[:, None]
    names = [f"c{i}" for i in range(LARGE_COLUMNS)]
    rows = [Row(name, "random", Column(name, "random"), "higher") for name in names]
    return points(judged, rows, truth + noise, np.ones(noise.shape, bool))


def large_by_scipy(held: Points, weights: Weights, count: int) -> dict[tuple[str, str], Numbers]:
    """Return (columns, resamples) of each coefficient at sample level."""
    found: dict[tuple[str, str], Numbers] = {
        ("sample", name): np.zeros((LARGE_COLUMNS, count)) for name in COEFFICIENTS
    }
    functions = _by_name()
    for b in range(count):
        rows = np.repeat(np.arange(LARGE), weights.articles[b].astype(int))
        human = held.dimensions[0].values[rows]
        for c in range(LARGE_COLUMNS):
            for name, one in functions.items():
                found["sample", name][c, b] = one(held.scores[c][rows], human)[0]
    return found


def _by_name() -> dict[str, Callable[..., Any]]:
    stats = importlib.import_module("scipy.stats")
    return {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}


def ours(held: Points, weights: Weights) -> dict[tuple[str, str], Numbers]:
    """Return the same of all resamples from the kernels of the command."""
    rows = list(measure(held, held.dimensions[0], weights))
    return {key: np.array([row[key].resampled.values for row in rows]) for key in rows[0]}


def speed() -> None:
    """Print the times of both and their ratios."""
    print(f"{SYSTEMS} systems x {ARTICLES} articles x {COLUMNS} columns, three levels, three")
    print(f"coefficients, {RESAMPLES} resamples of both:")
    compare(random_points(0), draw(ARTICLES, SYSTEMS, "both", RESAMPLES, 0), by_scipy)
    print(f"{LARGE} summaries x {LARGE_COLUMNS} columns, {RESAMPLES} resamples of articles:")
    compare(large_points(0), draw(LARGE, 0, "articles", RESAMPLES, 0), large_by_scipy)


def compare(
    held: Points, weights: Weights, loop: Callable[..., dict[tuple[str, str], Numbers]]
) -> None:
    """Print the time of the command's kernels and that of a loop over scipy."""
    begun, start = time.perf_counter(), time.process_time()
    mine = ours(held, weights)
    clock, whole = time.perf_counter() - begun, time.process_time() - start
    start = time.process_time()
    theirs = loop(held, weights, FEW)
    each = (time.process_time() - start) / FEW
    worst = max(np.abs(mine[key][:, :FEW] - theirs[key]).max() for key in theirs)
    assert worst < 1e-9, worst
    print(f"  {clock:.1f} s by the clock, {whole:.1f} s of processor time, as below")
    print(f"  scipy, one call at a time: {each:.2f} s a resample, {each * RESAMPLES:.0f} s for all")
    print(
        f"  ratio {each * RESAMPLES / whole:.0f}; largest difference {worst:.1e} on {FEW} resamples"
    )


def run(name: str, data: str) -> Validation:
    """Validate as the command in the page does."""
    metrics, part, columns = SETS[name]
    benchmark = spec.build("benchmarks", spec.Call(name.partition("-")[0], {"path": data}))
    parts = [spec.parse("metrics", text) for text in metrics]
    return validate(benchmark, parts, part=part, columns=columns.split(","))


def command(name: str) -> str:
    """Return the command that prints a set's tables."""
    metrics, part, columns = SETS[name]
    chosen = f" --part {part}" if part else ""
    on = name.partition("-")[0]
    return (
        f"    harness validate {' '.join(metrics)} --columns {columns} \\\n"
        f"        --on {on}{chosen} --data $HARNESS_DATA"
    )


def blocks(found: Validation, name: str) -> Iterator[tuple[str, str]]:
    """Yield the tables of a set by the name of their place in the page."""
    kept = [s for s in sheets(found) if "cost on" not in s.title]
    wanted = "level" if name == "realsumm" else ""
    kept = [s for s in kept if wanted in s.title and not _labelled_correlation(s.title)]
    yield name, "\n\n".join([command(name), *map(marked, kept)])


def _labelled_correlation(title: str) -> bool:
    """Return whether a table holds coefficients of a label, of which the areas say as much."""
    return ": consistent, " in title


def listed() -> str:
    """Return the table of all benchmarks."""
    fields = ("size", "labels", "licence", "citation", "source", "hub")
    lines = ["| name | " + " | ".join(fields) + " |", "| --- " * (len(fields) + 1) + "|"]
    for name in plugins.names("benchmarks"):
        part = plugins.find("benchmarks", name)
        cells = [f"`{name}`", *(escape(str(getattr(part, field, "-"))) for field in fields)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def written(page: str, held: dict[str, str]) -> str:
    """Return a page with its tables as they are now."""
    return _BLOCK.sub(lambda m: f"{m[1]}\n{held.get(m[2], '')}\n\n{m[3]}", page)


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", metavar="DIR", default=os.environ.get("HARNESS_DATA"))
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args(words)
    if not options.write_docs:
        speed()
    if options.data is None:
        return
    held = {"benchmarks": listed()}
    for name in SETS:
        held |= dict(blocks(run(name, options.data), name))
    if not options.write_docs:
        print("\n" + "\n\n".join(text for name, text in held.items() if name != "benchmarks"))
        return
    for page in (DOCS / "trust.md", DOCS / "benchmarks.md"):
        page.write_text(written(page.read_text(encoding="utf-8"), held), encoding="utf-8")
        print(f"written: {page.name}")


if __name__ == "__main__":
    main()
