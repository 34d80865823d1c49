"""Labelled summaries for `bench/facts.py`: what the harness finds on each, what rivals score."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from harness.facts import ArticleIndex, Findings, check, index
from harness.facts.tokens import Token, tokenise

Row = dict[str, Any]


def load(path: Path) -> list[Row]:
    """Return the records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled summary: what the harness found, what the rivals score, where the edit lies."""

    group: str
    consistent: bool
    human: float
    findings: Findings
    rivals: dict[str, float]
    edits: tuple[tuple[int, int], ...] = ()


def rivals(article: ArticleIndex, summary: str) -> dict[str, float]:
    """Return the cheap rivals, higher for what should be more consistent."""
    source = [token.key for token in article.tokens]
    words = [t.key for t in tokenise(summary, [(0, len(summary))]) if t.kind != "mark"]
    out = {f"ROUGE-{n} precision": precision(source, words, n) for n in (1, 2, 3)}
    pairs, known = set(grams(words, 2)), set(grams(source, 2))
    out["novel bigrams"] = -len(pairs - known) / max(1, len(pairs))
    out["coverage"] = coverage(source, words)
    out["length"] = -len(words)
    return out


def grams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    """Return the n-grams of a list of words."""
    return list(zip(*(words[at:] for at in range(n)), strict=False))


def precision(source: Sequence[str], words: Sequence[str], n: int) -> float:
    """Return the share of a summary's n-grams, counted, that the article has as often."""
    have: dict[tuple[str, ...], int] = {}
    for gram in grams(source, n):
        have[gram] = have.get(gram, 0) + 1
    hits = 0
    mine = grams(words, n)
    for gram in mine:
        if have.get(gram, 0):
            have[gram] -= 1
            hits += 1
    return hits / max(1, len(mine))


def coverage(source: Sequence[str], words: Sequence[str]) -> float:
    """Return the share of words in extractive fragments (Grusky et al., NAACL 2018)."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(source):
        places.setdefault(word, []).append(at)
    covered = at = 0
    while at < len(words):
        longest = max(
            (run(source, place, words, at) for place in places.get(words[at], ())), default=0
        )
        covered += longest
        at += max(1, longest)
    return covered / max(1, len(words))


def run(source: Sequence[str], place: int, words: Sequence[str], at: int) -> int:
    """Return how many words from two places on are the same."""
    length = 0
    while place + length < len(source) and at + length < len(words):
        if source[place + length] != words[at + length]:
            break
        length += 1
    return length


class Shelf:
    """Article indexes by text, each made once."""

    def __init__(self) -> None:
        self._made: dict[str, ArticleIndex] = {}

    def __getitem__(self, text: str) -> ArticleIndex:
        if text not in self._made:
            self._made[text] = index(text)
        return self._made[text]


def words_of(text: str) -> list[Token]:
    """Return the tokens of a text without its marks."""
    return [token for token in tokenise(text, [(0, len(text))]) if token.kind != "mark"]


def edits(seed: str, edited: str) -> tuple[tuple[int, int], ...]:
    """Return where ``edited`` departs from ``seed``; words beside what was left out count too."""
    old, new = words_of(seed), words_of(edited)
    out: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, [t.lower for t in old], [t.lower for t in new], autojunk=False)
    for tag, _, _, start, stop in matcher.get_opcodes():
        if tag in ("replace", "insert"):
            out.append((new[start].start, new[stop - 1].end))
        elif tag == "delete":
            out += [(token.start, token.end) for token in new[max(0, start - 1) : start + 1]]
    return tuple(out)


def spans(summary: str, marked: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where the spans that people marked as wrong first stand in a summary."""
    found = ((summary.find(words), len(words)) for words in marked if words)
    return tuple((start, start + length) for start, length in found if start >= 0)


def summedits(shelf: Shelf, path: Path) -> list[Case]:
    """Return the cases of one SummEdits file."""
    return [
        Case(
            row["text"],
            row["consistent"],
            float(row["consistent"]),
            check(shelf[row["text"]], row["summary"]),
            rivals(shelf[row["text"]], row["summary"]),
            edits(row["seed_summary"], row["summary"]),
        )
        for row in load(path)
    ]


def seeds(shelf: Shelf, path: Path) -> list[bool]:
    """Return whether each unedited summary of a SummEdits file is flagged."""
    pairs = dict.fromkeys((row["text"], row["seed_summary"]) for row in load(path))
    return [bool(check(shelf[text], seed).flagged) for text, seed in pairs]


def qags(shelf: Shelf, path: Path) -> list[Case]:
    """Return the cases of QAGS; a summary is consistent if all its sentences are."""
    out = []
    for row in load(path):
        summary = "\n".join(row["sentences"])
        article = shelf[row["text"]]
        human = float(row["consistency"])
        out.append(
            Case(row["text"], human == 1, human, check(article, summary), rivals(article, summary))
        )
    return out


def cliff(shelf: Shelf, path: Path) -> dict[str, list[Case]]:
    """Return the cases of CLIFF by part."""
    out: dict[str, list[Case]] = {"cnndm": [], "xsum": []}
    for row in load(path):
        article = shelf[row["text"]]
        out[row["id"].split("-")[0]].append(
            Case(
                row["text"],
                row["consistent"],
                float(row["consistent"]),
                check(article, row["summary"]),
                rivals(article, row["summary"]),
                spans(row["summary"], row["error_spans"]),
            )
        )
    return out
