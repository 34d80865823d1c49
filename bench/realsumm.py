"""What a table of 24 published systems says, and cannot say: the figures of docs/realsumm.md.

    HARNESS_DATA=<folder> python -m bench.realsumm

REALSumm (Bhandari et al., 2020): 100 CNN/DailyMail articles, 24 systems, and the share of the
reference's content that people found in each summary.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from harness import api
from harness.analysis import analyse
from harness.comparison import Comparison, compare
from harness.stats.correlation import kendall, pearson

METRICS = ["rouge", "length", "extractiveness", "facts"]


def judged(data: Path, names: list[str]) -> list[float]:
    """Return each system's mean human recall, in the order of the names."""
    found: dict[str, list[float]] = {}
    with (data / "realsumm" / "judgements.jsonl").open() as lines:
        for line in lines:
            row = json.loads(line)
            found.setdefault(row["system"], []).append(row["litepyramid_recall"])
    return [float(np.mean(found[name])) for name in names]


def means(comparison: Comparison, column: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return every row's mean in a column."""
    at = [h.column.name for h in comparison.headings].index(column)
    return np.array([cells[at].mean or 0.0 for cells in comparison.cells])


def main() -> None:
    """Evaluate the stored systems and print the figures."""
    folder = os.environ.get("HARNESS_DATA")
    if folder is None:
        sys.exit("Set HARNESS_DATA to the folder that holds realsumm/.")
    data = Path(folder)
    with tempfile.TemporaryDirectory() as runs:
        spec = f"outputs(path={str(data / 'realsumm' / 'outputs')!r})"
        corpus = str(data / "realsumm" / "articles.jsonl")
        done = api.evaluate(corpus, {"system": spec}, METRICS, runs=runs)
        comparison = compare(done.runs)
        names = [row.name.partition("/")[2] for row in comparison.rows]
        told(comparison, judged(data, names))


def told(comparison: Comparison, human: list[float]) -> None:
    """Print how many differences are real, and what agrees with people."""
    columns = [h.column.name for h in comparison.headings]
    analysis = analyse(comparison, [columns.index(c) for c in ("rouge1", "rouge2", "rougeLsum")])
    rows = len(comparison.rows)
    for c, position in enumerate(analysis.at):
        pairs = [analysis.tests.at(a, b, c) for a in range(rows) for b in range(a + 1, rows)]
        raw = sum(t is not None and t.p <= 0.05 for t in pairs)
        kept = sum(t is not None and t.adjusted <= 0.05 for t in pairs)
        reach = analysis.reach[c]
        print(
            f"{columns[position]:10} {len(pairs)} pairs: {raw} with p <= 5 %, {kept} after Holm; "
            f"top group {sum(analysis.top[c])} of {rows}; "
            f"smallest difference shown {100 * reach.detectable:.2f}, 1 point needs {reach.needed}"
            if reach
            else columns[position]
        )
    people = np.array(human)
    words = means(comparison, "words")
    print("\nagreement over 24 systems: with human recall (tau-b), with length (Pearson)")
    for column in ("rouge1", "rouge1-p", "rouge1-r", "rouge2", "rouge2-r", "rougeLsum", "words"):
        own = means(comparison, column)
        tau, r = float(kendall(own, people).values), float(pearson(own, words).values)
        print(f"{column:10} {tau:6.2f} {r:6.2f}")
    flagged, density = means(comparison, "flagged"), means(comparison, "density")
    print(f"\nflagged with density (Pearson): {float(pearson(flagged, density).values):.2f}")


if __name__ == "__main__":
    main()
