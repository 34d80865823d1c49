"""ROUGE: ours against rouge-score, in one process, on processor time.

    python bench/rouge.py [--data DIR] [--rounds N]     ratios, on real texts
    python bench/rouge.py --verify 200000               equality on random pairs

With a folder of data (see its README; the default is the environment variable HARNESS_DATA) the
pairs are REALSumm's: 24 systems x 100 articles against one reference each, sentences parted at
" . ". Without one they are random extracts of three sentences from references/newsroom, against
that article's references. Both sides take turns within every round; the ratio is that of their
medians. Before that, both must agree to the last bit on every pair that rouge-score is timed on.
"""

import argparse
import itertools
import json
import os
import platform
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.rouge import Engine, prf

NEWSROOM = Path(__file__).parents[1] / "references" / "newsroom"
TYPES = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
EVERY = 8  # rouge-score is timed on every 8th pair, to finish in a minute
FEW_ARTICLES = 40


@dataclass(frozen=True, slots=True)
class Texts:
    """Pairs of reference and candidate, and the article of each."""

    name: str
    references: list[str]
    candidates: list[str]
    articles: list[str]


def realsumm(folder: Path) -> Texts:
    """Read REALSumm's pairs, with sentences on lines of their own."""

    def rows(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    articles = {row["id"]: row for row in rows(folder / "articles.jsonl")}
    outputs = [row for path in sorted(folder.glob("outputs/*.jsonl")) for row in rows(path)]
    known = [articles[row["id"]] for row in outputs]
    return Texts(
        "REALSumm, 24 systems x 100 articles",
        [article["references"][0].replace(" . ", " .\n") for article in known],
        [row["summary"].replace(" . ", " .\n") for row in outputs],
        [article["text"].replace(" . ", " .\n") for article in known],
    )


def newsroom(pairs: int = 2400) -> Texts:
    """Draw extracts from the shipped articles; every reference is used equally often."""
    rng = random.Random(0)  # noqa: S311 - texts to time, no secret
    texts = Texts("references/newsroom, random extracts of 3 sentences", [], [], [])
    articles = {path.stem: path.read_text(encoding="utf-8") for path in NEWSROOM.glob("*.txt")}
    paths = [path for path in sorted(NEWSROOM.glob("*.*.ref.txt")) if _id(path) in articles]
    for path in itertools.islice(itertools.cycle(paths), pairs):
        article = articles[_id(path)]
        lines = re.split(r"(?<=[.!?]) |\n+", article)
        texts.references.append(re.sub(r"(?<=[.!?]) ", "\n", path.read_text(encoding="utf-8")))
        texts.candidates.append(
            "\n".join(lines[i] for i in sorted(rng.sample(range(len(lines)), 3)))
        )
        texts.articles.append("\n".join(lines))
    return texts


def _id(reference: Path) -> str:
    """Return the article's name of a file named <article>.<number>.ref.txt."""
    return reference.name.split(".")[0]


def scorer(stem: bool) -> Callable[[str, str], dict[str, tuple[float, float, float]]]:
    """Return rouge-score's function from a reference and a candidate to scores."""
    from rouge_score.rouge_scorer import RougeScorer

    score: Callable[[str, str], dict[str, tuple[float, float, float]]]
    score = RougeScorer(TYPES, use_stemmer=stem).score
    return score


def check(stem: bool, references: Sequence[str], candidates: Sequence[str]) -> None:
    """Stop unless both sides agree on every pair, in a list and one by one."""
    ours, theirs = Engine(stem=stem), scorer(stem)
    many = {name: prf(counts) for name, counts in ours.counts(references, candidates).items()}
    for i, pair in enumerate(zip(references, candidates, strict=True)):
        expected = {name: tuple(score) for name, score in theirs(*pair).items()}
        found = {name: tuple(column[i] for column in many[name]) for name in TYPES}
        if found != expected or ours.score(*pair) != expected:
            sys.exit(f"stem={stem}: {pair!r}\nrouge-score: {expected}\nours: {found}")


def processor_time(call: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes."""
    start = time.process_time()
    call()
    return time.process_time() - start


def compare(
    title: str, rounds: int, stem: bool, pairs: Sequence[tuple[str, str]], theirs: slice
) -> None:
    """Time rouge-score on some pairs, ours on all, by turns, warm and cold; print the ratios."""
    references, candidates = ([*side] for side in zip(*pairs, strict=True))
    score, warm = scorer(stem), Engine(stem=stem)
    timed: list[Callable[[], object]] = [
        lambda: [score(*pair) for pair in pairs[theirs]],
        lambda: warm.counts(references, candidates),
        lambda: Engine(stem=stem).counts(references, candidates),
    ]
    warm.counts(references, candidates)
    base, *ours = _medians(rounds, timed, [len(pairs[theirs]), len(pairs), len(pairs)])
    for state, mine in zip(("warm", "cold"), ours, strict=True):
        _report(f"{title}, {state}", base, mine)


def compare_single(title: str, rounds: int, stem: bool, pairs: Sequence[tuple[str, str]]) -> None:
    """Time both sides on one pair a call, by ``score`` and by ``counts``."""
    score, warm = scorer(stem), Engine(stem=stem)
    timed: list[Callable[[], object]] = [
        lambda: [score(*pair) for pair in pairs],
        lambda: [warm.score(*pair) for pair in pairs],
        lambda: [
            prf(c) for pair in pairs for c in warm.counts(*([text] for text in pair)).values()
        ],
    ]
    base, *ours = _medians(rounds, timed, [len(pairs)] * 3)
    for state, mine in zip(("score", "counts and prf"), ours, strict=True):
        _report(f"{title}, {state}", base, mine)


def compare_lists(rounds: int, pairs: Sequence[tuple[str, str]]) -> None:
    """Time lists of several lengths, from single pairs to whole batches."""
    warm = Engine()
    for size in (1, 4, 7, 8, 16, 64, 256, 1024):
        lists = [
            [[*side] for side in zip(*pairs[i : i + size], strict=True)]
            for i in range(0, min(len(pairs), 4 * size + 64), size)
        ]
        number = sum(len(references) for references, _ in lists)

        def run(lists: list[list[list[str]]] = lists) -> None:
            for references, candidates in lists:
                warm.counts(references, candidates)

        (seconds,) = _medians(rounds, [run], [number])
        print(f"{f'ours, stemmed, lists of {size}':38} {'':9} {seconds * 1e6:9.2f}")


def _medians(
    rounds: int, timed: Sequence[Callable[[], object]], pairs: Sequence[int]
) -> list[float]:
    """Return the median seconds a pair of each call, all of them once a round."""
    seconds = [[processor_time(call) for call in timed] for _ in range(rounds)]
    columns = zip(*seconds, strict=True)
    return [statistics.median(column) / n for column, n in zip(columns, pairs, strict=True)]


def _report(title: str, theirs: float, ours: float) -> None:
    print(f"{title:38} {theirs * 1e6:9.1f} {ours * 1e6:9.2f} {theirs / ours:7.1f}")


def race(texts: Texts, rounds: int) -> None:
    """Check and time everything, and print a table of microseconds a pair."""
    summaries = [*zip(texts.references, texts.candidates, strict=True)]
    articles = [*zip(texts.articles, texts.candidates, strict=True)]
    few = slice(None, None, EVERY)
    fewer = slice(None, None, max(1, len(articles) // FEW_ARTICLES))
    for stem in (True, False):
        check(stem, texts.references[few], texts.candidates[few])
    check(True, texts.articles[fewer], texts.candidates[fewer])
    print(f"Python {platform.python_version()} ({platform.python_compiler()}); {texts.name}")
    print(f"{'microseconds a pair':38} {'theirs':>9} {'ours':>9} {'ratio':>7}")
    compare("stemmed", rounds, True, summaries, few)
    compare("not stemmed", rounds, False, summaries, few)
    compare("against the article, stemmed", rounds, True, articles, fewer)
    compare_single("one pair a call, stemmed", rounds, True, summaries[few])
    compare_single("one pair a call, not stemmed", rounds, False, summaries[few])
    compare_lists(rounds, summaries)


WORDS = [
    "the",
    "its",
    "run",
    "runs",
    "running",
    "relational",
    "relate",
    "U.S.",
    "na\xefve",
    "\u0130",
]
WORDS += ["300\u212a", "\x00", "\r", "\x0b", "\x85", "\u2028", "\U0001f44d\U0001f3fd", "n\u0303"]


def random_text(rng: random.Random) -> str:
    """Return a text over one to all WORDS: mostly a few short lines, now and then long ones."""
    words = rng.sample(WORDS, rng.choice([1, 2, 2, 3, 3, 4, 6, len(WORDS)]))
    longest, most = rng.choices([(8, 4), (16, 2), (90, 2), (5, 12)], [60, 20, 1, 4])[0]
    lines = (rng.choices(words, k=rng.randint(0, longest)) for _ in range(rng.randint(0, most)))
    return "\n".join(map(" ".join, lines))


def verify(pairs: int, seed: int) -> None:
    """Hold random pairs against rouge-score, stemmed and not, in lists and one by one."""
    rng = random.Random(seed)  # noqa: S311 - texts to compare, no secret
    for done in range(0, pairs, 10_000):
        batch = min(10_000, pairs - done)
        texts = [random_text(rng) for _ in range(2 * batch)]
        for stem in (True, False):
            check(stem, texts[::2], texts[1::2])
        print(f"{done + batch:,} pairs, stemmed and not: P, R and F equal to the last bit")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    data = os.environ.get("HARNESS_DATA")
    parser.add_argument("--data", type=Path, default=data and Path(data), help="folder of data")
    parser.add_argument("--rounds", type=int, default=7, help="how often both sides take turns")
    parser.add_argument("--verify", type=int, metavar="N", help="compare N random pairs instead")
    parser.add_argument("--seed", type=int, default=0, help="of the random pairs")
    told = parser.parse_args()
    if told.verify is not None:
        verify(told.verify, told.seed)
    else:
        race(realsumm(told.data / "realsumm") if told.data else newsroom(), told.rounds)


if __name__ == "__main__":
    main()
