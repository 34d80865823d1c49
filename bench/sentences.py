"""Our sentence splitter against sentencex, blingfire and pysbd: how right, and how fast.

    [HARNESS_DATA=<folder>] python -m bench.sentences [tune|held]

Right: marked items whose sentences come out exactly, in the half on which the rules were tuned and
in the half kept aside. The others are asked line by line, since not all of them end a sentence at a
line end. Outside: sentence ends set by other people, under HARNESS_DATA: the lines of REALSumm's
references, told by their tokeniser's loose stops and joined again, and the paragraphs of SummEdits'
news, joined by blanks. Fast: millions of characters a second of CPU time, the best of several
rounds in which the splitters take turns; over CLIFF's articles where HARNESS_DATA is set, else over
the shipped ones. Steady: our time on 200,000 characters of a bad text over that on 100,000; linear
is 2. A splitter that is not installed is left out, and said to be.
"""

import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from harness.text.sentences import SPLITTER, sentences
from harness.text.words import words

Split = Callable[[str], list[str]]
ITEMS = Path(__file__).parent.parent / "tests" / "text" / "sentences.jsonl"
SHIPPED = Path(__file__).parent.parent / "references" / "newsroom"
HALVES = ("tune", "held")
ROUNDS = 5
SLOW = 60_000  # characters of speed text for pysbd, which takes seconds over as many
BAD_TEXTS = (".", '"', "A. ", ". . ", '? " ', "a.m. EST ", "(x.) S ", "。」と", " \n")


@dataclass(frozen=True, slots=True)
class Item:
    """A text and its sentences, marked by hand."""

    kind: str
    text: str
    gold: list[str]


def main() -> None:
    """Print the tables."""
    halves = [half for half in HALVES if half in sys.argv[1:]] or list(HALVES)
    splitters = {f"harness {SPLITTER}": sentences, **others()}
    for half in halves:
        print_right(half, read(half), splitters)
    if "HARNESS_DATA" in os.environ:
        print_outside(splitters)
    print_fast(news(), splitters)
    print_steady()


def others() -> dict[str, Split]:
    """Return the installed splitters by name, each from a text to its sentences."""
    found: dict[str, Split] = {}
    for make in (_sentencex, _blingfire, _pysbd):
        try:
            name, split = make()
        except ImportError as error:
            print(f"left out: {error.name} is not installed")
        else:
            found[name] = split
    return found


def _sentencex() -> tuple[str, Split]:
    import sentencex

    return "sentencex", lambda text: list(sentencex.segment("en", text))


def _blingfire() -> tuple[str, Split]:
    import blingfire

    return "blingfire", lambda text: blingfire.text_to_sentences(text).split("\n")


def _pysbd() -> tuple[str, Split]:
    import pysbd

    return "pysbd", pysbd.Segmenter(language="en", clean=False).segment


def read(half: str) -> list[Item]:
    """Return the items of a half: those on even lines, counted from 0, to tune; odd ones held."""
    lines = ITEMS.read_text("utf-8").splitlines()[HALVES.index(half) :: 2]
    return [_item(**json.loads(line)) for line in lines]


def _item(kind: str, marked: str) -> Item:
    return Item(kind, marked.replace("¦", ""), [part.strip() for part in marked.split("¦")])


def news() -> list[str]:
    """Return the distinct articles of CLIFF under HARNESS_DATA, else the shipped ones."""
    if "HARNESS_DATA" in os.environ:
        return list(dict.fromkeys(record["text"] for record in records("cliff.jsonl")))
    files = [path for path in SHIPPED.glob("*.txt") if not path.name.endswith(".ref.txt")]
    return [path.read_text("utf-8") for path in sorted(files)]


def records(name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file under HARNESS_DATA."""
    with (Path(os.environ["HARNESS_DATA"]) / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def print_outside(splitters: dict[str, Split]) -> None:
    """Print how many of other people's sentence ends each splitter finds, and how many it adds."""
    lines = [
        list(map(_untokenised, re.split(r"(?<= [.!?]) +", reference.strip())))
        for record in records("realsumm/articles.jsonl")
        for reference in record["references"]
    ]
    articles = dict.fromkeys(record["text"] for record in records("summedits/news.jsonl"))
    paragraphs = [
        [part.strip() for part in article.split("\n") if part.rstrip().endswith((".", '."', ".”"))]
        for article in articles
    ]
    print("\nsentence ends set by other people")
    print(_row("", ["lines found", "of", "lines added", "paragraphs found", "of"]))
    for name, split in splitters.items():
        found, of, added = map(sum, zip(*(compare(split, parts) for parts in lines), strict=True))
        ends, of_ends, _ = map(
            sum, zip(*(compare(split, part) for part in paragraphs), strict=True)
        )
        print(_row(name, list(map(str, (found, of, added, ends, of_ends)))))


def _untokenised(line: str) -> str:
    return re.sub(r" ([.,!?;:]|'s\b|n't\b)", r"\1", line)


def compare(split: Split, parts: list[str]) -> tuple[int, int, int]:
    """Return how many inner ends of joined parts a splitter finds, of how many, and adds."""
    told, got = _ends(parts), _ends(split(" ".join(parts)))
    return len(told & got), len(told), len(got - told)


def _ends(parts: list[str]) -> set[int]:
    lengths = accumulate(len("".join(part.split())) for part in parts)
    return set(list(lengths)[:-1])


def print_right(half: str, items: list[Item], splitters: dict[str, Split]) -> None:
    """Print how many items each splitter gets exactly right, whole and by kind."""
    kinds = Counter(item.kind for item in items)
    right = {
        name: Counter(item.kind for item in items if answer(split, item.text) == item.gold)
        for name, split in splitters.items()
    }
    print(f"\nitems exactly right, {half} half")
    print(_row("", [*splitters, "of"]))
    for kind in kinds:
        print(_row(kind, [*(str(right[name][kind]) for name in splitters), str(kinds[kind])]))
    print(_row("all", [*(str(right[name].total()) for name in splitters), str(len(items))]))


def answer(split: Split, text: str) -> list[str]:
    """Return a splitter's sentences: ours of the whole text, the others' of each line."""
    if split is sentences:
        return sentences(text)
    parts = [part.strip() for line in text.splitlines() for part in split(line)]
    return [part for part in parts if part]


def print_fast(texts: list[str], splitters: dict[str, Split]) -> None:
    """Print the speed of each splitter and ours over it."""
    best = dict.fromkeys(splitters, 0.0)
    for _ in range(ROUNDS):
        for name, split in splitters.items():
            best[name] = max(
                best[name], speed(split, first(texts, SLOW) if name == "pysbd" else texts)
            )
    ours = next(iter(best.values()))
    print(f"\nspeed over {len(texts):,} texts, {sum(map(len, texts)):,} characters")
    print(_row("", ["M characters/s", "ours over it"]))
    for name, rate in best.items():
        print(_row(name, [f"{rate / 1e6:.2f}", f"{ours / rate:.2f}"]))
    print(_row("our words", [f"{max(speed(words, texts) for _ in range(ROUNDS)) / 1e6:.2f}"]))


def first(texts: list[str], characters: int) -> list[str]:
    """Return the first texts that hold so many characters together."""
    taken: list[str] = []
    for text in texts:
        if sum(map(len, taken)) >= characters:
            break
        taken.append(text)
    return taken


def speed(split: Split, texts: list[str]) -> float:
    """Return characters split per second of CPU time."""
    start = time.process_time()
    for text in texts:
        split(text)
    return sum(map(len, texts)) / (time.process_time() - start)


def print_steady() -> None:
    """Print how our time grows when a bad text grows twofold."""
    print("\nbad texts, 200,000 characters of each")
    print(_row("", ["ms", "over 100,000"]))
    for piece in BAD_TEXTS:
        once, twice = (cost(piece * (count // len(piece))) for count in (100_000, 200_000))
        print(_row(repr(piece), [f"{1000 * twice:.1f}", f"{twice / once:.2f}"]))


def cost(text: str) -> float:
    """Return the least CPU seconds of several rounds over one text."""
    return min(len(text) / speed(sentences, [text]) for _ in range(ROUNDS))


def _row(head: str, cells: list[str]) -> str:
    return f"{head:16}" + "".join(f"{cell:>17}" for cell in cells)


if __name__ == "__main__":
    main()
