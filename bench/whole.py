"""Whole commands as a person runs them: seconds, processor seconds and peak memory.

    HARNESS_DATA=<folder> python -m bench.whole [--articles N]

Seconds are of this machine and this moment; what is meant to be compared stands side by side in one
run: cold and kept, a fifth of the articles and all of them.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HARNESS = (sys.executable, "-m", "harness")
WORDS = ["council", "river", "bridge", "report", "minister", "engineer", "harvest", "weather"]
WORDS += ["market", "school", "hospital", "committee", "village", "harbour", "station", "budget"]


def measured(words: Sequence[str | Path]) -> tuple[float, float, float]:
    """Run harness with some words; return seconds, processor seconds, and peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen([*HARNESS, *map(str, words)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, words))} failed with status {status}")
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak


def told(what: str, words: Sequence[str | Path], times: int = 3) -> None:
    """Measure a command a few times and print the fastest run and the largest memory."""
    runs = [measured(words) for _ in range(times)]
    wall, cpu, _ = min(runs)
    print(
        f"{what:<58} {wall:7.2f} s {cpu:7.2f} s cpu {max(r[2] for r in runs):6.0f} MB", flush=True
    )


def write_articles(path: Path, count: int) -> None:
    """Write made-up articles of some 120 words, each with a reference, as JSON lines."""
    with path.open("w") as file:
        for i in range(count):
            words = [WORDS[(i * 7 + j * j) % len(WORDS)] for j in range(108)]
            sentences = [" ".join(words[k : k + 12]).capitalize() + "." for k in range(0, 108, 12)]
            text = f"Report {i}. " + " ".join(sentences)
            row = {"id": f"a{i}", "text": text, "references": [sentences[3] + " " + sentences[5]]}
            file.write(json.dumps(row) + "\n")


def realsumm(data: Path, folder: Path) -> None:
    """Measure 24 stored systems over REALSumm's 100 articles, cold, kept and compared."""
    source = data / "realsumm"
    plan: list[str | Path] = ["eval", "--corpus", source / "articles.jsonl"]
    plan += ["-c", f"system=outputs(path={str(source / 'outputs')!r})"]
    plan += ["-m", "rouge", "-m", "extractiveness", "-m", "length"]
    told("24 systems x 100 articles, 3 metrics, cold", [*plan, "--runs", folder / "cold"], times=1)
    told("the same, everything kept", [*plan, "--runs", folder / "cold"])
    told("compare of these 24 runs", ["compare", "--runs", folder / "cold"])


def stream(folder: Path, most: int) -> None:
    """Measure lead and ROUGE over a fifth of the articles, and over all of them."""
    for count in (most // 5, most):
        path = folder / f"{count}.jsonl"
        write_articles(path, count)
        words: list[str | Path] = ["eval", "--corpus", path, "--runs", folder / "runs"]
        words += ["-c", "lead", "-m", "rouge"]
        told(f"{count} articles through lead and rouge", words, times=1)


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("HARNESS_DATA")
    parser.add_argument("--data", type=Path, default=Path(data) if data else None)
    parser.add_argument("--articles", type=int, default=50_000)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; fastest of up to 3 runs")
    told("harness --help", ["--help"])
    with tempfile.TemporaryDirectory() as folder:
        if options.data:
            realsumm(options.data, Path(folder))
        stream(Path(folder), options.articles)


if __name__ == "__main__":
    main()
