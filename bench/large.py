"""From a thousand articles to a million on this machine: articles per second, memory, comparing.

    python -m bench.large [--most 1000000] [--workers 2] [--plot docs/large.svg]

Short made-up articles are streamed through lead, rouge and facts at growing sizes; the last size
gets a second candidate, and both runs are compared. Then the same 50,000 articles are scored by one
worker and by two. Memory is the most that all processes of a command had at one time; pages that
they share are counted for each.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HARNESS = (sys.executable, "-m", "harness")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
SCALED = 50_000

NAMES = ("Ada Hill", "Tom Reed", "Lena Park", "Omar Diaz", "Iris Wold", "Jon Berg", "Mia Stone")
PLACES = ("Marrow", "Linfield", "Ostby", "Garran", "Tilbrook", "Vessel Bay")
DONE = ("opened", "closed", "bought", "painted", "moved", "lost", "repaired")
THINGS = ("the bridge", "a mill", "the school", "two boats", "the archive", "a ferry", "the road")
DAYS = ("Monday", "Tuesday", "Friday", "Sunday")


def sentence(rng: random.Random) -> str:
    """Return a sentence that says who did what, where, when and for how much."""
    who, did, what = rng.choice(NAMES), rng.choice(DONE), rng.choice(THINGS)
    where, when = rng.choice(PLACES), rng.choice(DAYS)
    return f"{who} {did} {what} in {where} on {when} for {rng.randint(2, 900)} pounds."


def articles(count: int) -> Iterator[dict[str, object]]:
    """Yield articles of five sentences, each with a reference of one."""
    rng = random.Random(1)  # noqa: S311 - made-up texts, no secret
    for i in range(count):
        sentences = [sentence(rng) for _ in range(5)]
        yield {"id": f"a{i}", "text": " ".join(sentences), "references": [sentences[2]]}


def written(path: Path, count: int) -> Path:
    """Write articles as JSON lines."""
    with path.open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in articles(count))
    return path


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, and memory in MB, of one command with all its processes."""

    seconds: float
    memory: float


def measured(words: Sequence[str | Path]) -> Measured:
    """Run harness with some words."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [*HARNESS, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = [0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            now = sum(map(_resident, (process.pid, *_children(process.pid))))
            most.append(max(most.pop(), now))

    looking = threading.Thread(target=look)
    looking.start()
    status = process.wait()
    done.set()
    looking.join()
    if status:
        sys.exit(f"{' '.join(map(str, words))} failed with status {status}")
    return Measured(time.perf_counter() - began, most[0] / 1024)


def _children(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in told.split()]


def _resident(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def evaluated(
    corpus: Path, runs: Path, workers: int, candidate: str = "lead(sentences=1)"
) -> Measured:
    """Evaluate one candidate with rouge and facts."""
    words: list[str | Path] = ["eval", "--corpus", corpus, "-c", f"x={candidate}", "-m", "rouge"]
    words += ["-m", "facts", "--runs", runs, "--workers", str(workers)]
    return measured(words)


def ladder(folder: Path, most: int, workers: int) -> list[tuple[int, Measured]]:
    """Print and return what each size took."""
    found = []
    for size in (s for s in SIZES if s <= most):
        corpus = written(folder / f"{size}.jsonl", size)
        took = evaluated(corpus, folder / f"runs-{size}", workers)
        found.append((size, took))
        print(
            f"{size:>9,} articles {took.seconds:8.1f} s {size / took.seconds:7.0f} articles/s "
            f"{1e6 * took.seconds / size:7.0f} us each {took.memory:6.0f} MB",
            flush=True,
        )
    return found


def compared(folder: Path, size: int, workers: int) -> None:
    """Add a second run at one size and print what comparing both takes."""
    runs = folder / f"runs-{size}"
    evaluated(folder / f"{size}.jsonl", runs, workers, "random(sentences=1, seed=3)")
    took = measured(["compare", "--runs", runs])
    print(f"compare two runs of {size:,}: {took.seconds:.1f} s, {took.memory:.0f} MB", flush=True)


def scaled(folder: Path, rounds: int = 2) -> None:
    """Print how much faster two workers score than one; the fastest of each, taken in turn."""
    corpus = written(folder / "scaled.jsonl", SCALED)
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(rounds):
        for workers, times in seconds.items():
            runs = folder / f"scaled-{workers}-{turn}"
            words: list[str | Path] = ["eval", "--corpus", corpus, "-c", "x=lead(sentences=1)"]
            measured([*words, "-m", "length", "--runs", runs, "--as", "csv"])
            more: list[str | Path] = ["score", "x", "-m", "facts", "-m", "rouge", "--runs", runs]
            took = measured([*more, "--workers", str(workers), "--as", "csv"])
            times.append(took.seconds)
    one, two = min(seconds[1]), min(seconds[2])
    print(f"scoring {SCALED:,}: one worker {one:.1f} s, two {two:.1f} s, ratio {one / two:.2f}")


def plot(found: Sequence[tuple[int, Measured]]) -> str:
    """Return seconds per million articles by size as a small SVG, both axes from their zero."""
    from math import log10

    cost = [(log10(size), 1e6 * took.seconds / size) for size, took in found]
    top = max(y for _, y in cost) * 1.1
    left, width, height = 60, 480, 220
    at = [(left + (x - 2.7) / 3.5 * width, 10 + height * (1 - y / top)) for x, y in cost]
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/><text x="{x:.0f}" y="{y - 9:.0f}" '
        f'text-anchor="middle">{value:.0f} µs</text>'
        f'<text x="{x:.0f}" y="{height + 28}" text-anchor="middle">{10**size:,.0f}</text>'
        for (x, y), (size, value) in zip(at, cost, strict=True)
    )
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in at)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 20} {height + 60}" '
        'font-family="sans-serif" font-size="12" fill="#444">'
        f'<title>Cost of an article by size of the corpus</title><polyline points="{line}" '
        f'fill="none" stroke="#2a6f97" stroke-width="2"/>{marks}'
        f'<path d="M{left} 10V{height + 10}H{left + width}" fill="none" stroke="#999"/>'
        f'<text x="{left + width / 2}" y="{height + 50}" text-anchor="middle">articles</text>'
        f'<text x="14" y="{height / 2}" transform="rotate(-90 14 {height / 2})" '
        'text-anchor="middle">time for each</text></svg>\n'
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = ladder(folder, given.most, given.workers)
        compared(folder, found[-1][0], given.workers)
        scaled(folder)
    if given.plot:
        given.plot.write_text(plot(found))


if __name__ == "__main__":
    main()
