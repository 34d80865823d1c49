"""How well `harness.facts` finds errors, beside cheap rivals, on labelled data; and how fast.

    python bench/facts.py --data DIR [--prototype DIR]

DIR holds summedits/*.jsonl, qags_cnndm.jsonl and cliff.jsonl. Intervals are 95 % percentile
bootstraps over articles. --prototype times an earlier detector (a folder with detector.py) in
the same run, in the interpreter given by --python.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no installed package

from bench.facts_data import Case, Shelf, cliff, load, qags, seeds, summedits
from bench.facts_measures import (
    balanced,
    best_cut,
    claims_right,
    correlation,
    interval,
    mean_over,
    ranking,
    rival_score,
    share,
    support,
    tokens_right,
)
from harness.facts import check, index

FILES = ("news", "podcast", "sales_email", "samsum")


def left_out(files: Sequence[Sequence[Case]]) -> float:
    """Return the mean balanced accuracy on each file of the checks that help on the other three."""
    out = []
    for at, held in enumerate(files):
        train = [case for other, part in enumerate(files) if other != at for case in part]
        kinds = sorted({(c.check, str(c.tier)) for case in train for c in case.findings.flagged})
        keep = {kind for kind in kinds if _helps(train, kind)}
        out.append(_accuracy(held, keep))
    return float(np.mean(out))


def _helps(cases: Sequence[Case], kind: tuple[str, str]) -> bool:
    wrong = [case for case in cases if not case.consistent]
    right = [case for case in cases if case.consistent]
    hits, alarms = (sum(_has(case, {kind}) for case in part) for part in (wrong, right))
    return hits / len(wrong) > alarms / len(right)


def _has(case: Case, kinds: set[tuple[str, str]]) -> bool:
    return any((claim.check, str(claim.tier)) in kinds for claim in case.findings.flagged)


def _accuracy(cases: Sequence[Case], kinds: set[tuple[str, str]]) -> float:
    flagged = np.array([_has(case, kinds) for case in cases])
    label = np.array([case.consistent for case in cases])
    return float((flagged[~label].mean() + 1 - flagged[label].mean()) / 2)


def own_sentences(shelf: Shelf, texts: Iterable[str]) -> tuple[int, int]:
    """Return how many of the articles' own sentences are flagged when given as the summary."""
    flagged = total = 0
    for text in texts:
        article = shelf[text]
        for number in range(len(article.sentences)):
            start, end = article.sentence(number)
            total += 1
            flagged += bool(check(article, text[start:end]).flagged)
    return flagged, total


def shuffled(shelf: Shelf, pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Return whether each summary is flagged against the next pair's article."""
    texts = [text for text, _ in pairs]
    return [
        bool(check(shelf[texts[(at + 1) % len(pairs)]], summary).flagged)
        for at, (_, summary) in enumerate(pairs)
        if texts[(at + 1) % len(pairs)] != texts[at]
    ]


def print_table(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows as columns."""
    for first, *rest in rows:
        print(f"{first:34s}" + "".join(f"{cell:>25s}" for cell in rest))


def quality(data: Path) -> list[tuple[str, str]]:
    """Print the table of quality; return pairs of article and summary."""
    shelf = Shelf()
    files = [summedits(shelf, data / "summedits" / f"{name}.jsonl") for name in FILES]
    print("SummEdits: a summary is flagged if it has any claim of tier A or B")
    print_table((name, interval(cases, balanced)) for name, cases in zip(FILES, files, strict=True))
    print_table(
        [
            ("mean balanced accuracy", mean_over(files, balanced)),
            ("checks chosen on three files", f"{left_out(files):.3f}"),
            *(
                (f"{name}, cut from three files", f"{rival_accuracy(files, name):.3f}")
                for name in files[0][0].rivals
            ),
        ]
    )
    for tiers in ("AB", "A"):
        inside_tokens = np.mean([share(tokens_right(cases, tiers)) for cases in files])
        inside_claims = np.mean([share(claims_right(cases, tiers)) for cases in files])
        print(f"tiers {tiers:2s}: flagged token in the true edit {inside_tokens:.3f}")
        print(f"tiers {tiers:2s}: flagged claim touches the true edit {inside_claims:.3f}")
    alarms = [hit for name in FILES for hit in seeds(shelf, data / "summedits" / f"{name}.jsonl")]
    print(f"unedited seed summaries flagged: {sum(alarms)} of {len(alarms)}")
    ranked(shelf, data)
    pairs = list(dict.fromkeys((r["text"], r["summary"]) for r in load(data / "cliff.jsonl")))
    controls(shelf, data, pairs)
    return pairs


def rival_accuracy(files: Sequence[Sequence[Case]], name: str) -> float:
    """Return a rival's mean balanced accuracy, each file with the cut best on the other three."""
    return float(
        np.mean(
            [
                best_cut(
                    [case for other, part in enumerate(files) if other != at for case in part],
                    held,
                    partial(rival_score, name=name),
                )
                for at, held in enumerate(files)
            ]
        )
    )


def ranked(shelf: Shelf, data: Path) -> None:
    """Print how well support ranks summaries, beside the rivals, and alarms on CLIFF."""
    answers = qags(shelf, data / "qags_cnndm.jsonl")
    parts = cliff(shelf, data / "cliff.jsonl")
    scores: dict[str, Callable[[Case], float]] = {"harness.facts support": support}
    for name in answers[0].rivals:
        scores[name] = partial(rival_score, name=name)
    print_table([("", "QAGS Pearson", "QAGS AUC", "CLIFF CNN/DM AUC", "CLIFF XSum AUC")])
    for name, of in scores.items():
        sets = (answers, parts["cnndm"], parts["xsum"])
        linear = interval(answers, partial(correlation, of=of))
        print_table([(name, linear, *(interval(cases, partial(ranking, of=of)) for cases in sets))])
    for name, cases in parts.items():
        right = [bool(case.findings.flagged) for case in cases if case.consistent]
        print(
            f"CLIFF {name}: summaries labelled right that are flagged: {sum(right)} of {len(right)}"
        )


def controls(shelf: Shelf, data: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Print the negative controls: own sentences flagged hardly ever, shuffled nearly always."""
    texts = dict.fromkeys(text for text, _ in pairs)
    texts |= dict.fromkeys(row["text"] for row in load(data / "qags_cnndm.jsonl"))
    flagged, total = own_sentences(shelf, texts)
    print(f"control: article's own sentences flagged: {flagged} of {total}")
    every: list[str] = list(texts)
    for name in FILES:
        every += dict.fromkeys(r["text"] for r in load(data / "summedits" / f"{name}.jsonl"))
    flagged, total = own_sentences(shelf, every)
    print(f"the same with the SummEdits articles: {flagged} of {total}")
    hits = shuffled(shelf, pairs)
    print(f"control: summary of another article flagged: {sum(hits)} of {len(hits)}")


_PROTOTYPE = """
import json, sys, time
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from detector import Article, analyse
pairs = json.load(sys.stdin)
indexes = [Article(a) for a, s in pairs]
[analyse(i, s) for i, (a, s) in zip(indexes[:20], pairs)]
t = time.process_time()
[analyse(i, s) for i, (a, s) in zip(indexes, pairs)]
cached = time.process_time() - t
t = time.process_time()
[analyse(Article(a), s) for a, s in pairs]
print(len(pairs) / cached, len(pairs) / (time.process_time() - t))
"""


def speed(pairs: Sequence[tuple[str, str]], prototype: Path | None, python: str) -> None:
    """Print summaries per second of one core: 60 words against 500, index reused and not."""
    sized = [
        (" ".join(text.split()[:500]), " ".join((summary + " " + text[600:]).split()[:60]))
        for text, summary in pairs
        if len(text.split()) >= 500
    ][:200]
    indexes = [index(text) for text, _ in sized]
    start = time.process_time()
    for article, (_, summary) in zip(indexes, sized, strict=True):
        check(article, summary)
    cached = len(sized) / (time.process_time() - start)
    start = time.process_time()
    for text, summary in sized:
        check(index(text), summary)
    uncached = len(sized) / (time.process_time() - start)
    print(f"summaries per second of processor time, {len(sized)} pairs of 500 and 60 words")
    print(f"harness.facts: index reused {cached:.0f}, made each time {uncached:.0f}")
    if prototype is not None:
        command = [python, "-c", _PROTOTYPE, str(prototype)]
        done = subprocess.run(
            command, input=json.dumps(sized), capture_output=True, text=True, check=True
        )
        reused, made = map(float, done.stdout.split())
        print(f"prototype:     index reused {reused:.0f}, made each time {made:.0f}")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("HARNESS_DATA")
    parser.add_argument("--data", type=Path, default=data and Path(data))
    parser.add_argument("--prototype", type=Path)
    parser.add_argument("--python", default=sys.executable, help="interpreter of the prototype")
    parser.add_argument("--speed-only", action="store_true")
    options = parser.parse_args()
    if options.data is None:
        parser.error("name the folder of labelled data: --data DIR, or set HARNESS_DATA")
    if options.speed_only:
        pairs = [(r["text"], r["summary"]) for r in load(options.data / "cliff.jsonl")]
    else:
        pairs = quality(options.data)
    speed(pairs, options.prototype, options.python)


if __name__ == "__main__":
    main()
