"""What `harness.facts` finds in the corpus that ships with the project, and what it flags there.

    python -m bench.newsroom [--list]

The corpus is references/newsroom: AI summaries with planted errors and without, and references
that are all faithful. An error counts as found if any flag touches it, as found with the right
type if one of those flags has its type. Intervals are Wilson's, 95 %. These articles were seen
while the rules were written, so the figures are no estimate for other texts; --list prints every
flag on a faithful text and every error that was missed.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no installed package

from harness.corpora.folder import Folder
from harness.facts import check, index
from harness.facts.claims import Claim
from harness.stats.rates import wilson

CORPUS = Path(__file__).parents[1] / "references" / "newsroom"


@dataclass(frozen=True, slots=True)
class Summary:
    """One summary of the corpus: its errors, none for a reference or a clean one, and the flags."""

    article: str
    published: bool
    errors: tuple[dict[str, Any], ...]
    flags: tuple[Claim, ...]

    def touching(self, error: dict[str, Any]) -> list[Claim]:
        """Return the flags that share a character with an error."""
        return [c for c in self.flags if c.start < error["end"] and error["start"] < c.end]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of how many: ``(hits, n)`` each."""

    errors_found: tuple[int, int]
    right_type: tuple[int, int]
    clean_flagged: tuple[int, int]
    references_flagged: tuple[int, int]


def summaries(folder: Path = CORPUS) -> Iterator[Summary]:
    """Yield every summary of the corpus with what was flagged in it."""
    for article in Folder(str(folder)).articles():
        source = index(article.text)
        for reference in article.references:
            yield Summary(article.id, False, (), tuple(check(source, reference).flagged))
        if article.published:
            labels = (folder / "labels" / f"{article.id}.json").read_text(encoding="utf-8")
            flags = tuple(check(source, article.published).flagged)
            yield Summary(article.id, True, tuple(json.loads(labels)["errors"]), flags)


def count(found: list[Summary]) -> Counts:
    """Return the counts over all summaries."""
    planted = [(summary, error) for summary in found for error in summary.errors]
    hits = [bool(summary.touching(error)) for summary, error in planted]
    typed = [
        any(claim.type == error["type"] for claim in summary.touching(error))
        for summary, error in planted
    ]
    clean = [bool(s.flags) for s in found if s.published and not s.errors]
    references = [bool(s.flags) for s in found if not s.published]
    return Counts(
        *((sum(part), len(part)) for part in (hits, typed, clean, references)),
    )


def rows(found: list[Summary]) -> Iterator[str]:
    """Yield every flag on a faithful text, and every error that nothing touches."""
    for summary in found:
        kind = "summary" if summary.published else "reference"
        for claim in summary.flags:
            if not any(claim in summary.touching(error) for error in summary.errors):
                against = claim.found.text if claim.found else "-"
                yield f"flagged  {summary.article} {kind}: {claim.check} {claim.text!r} / {against}"
        for error in summary.errors:
            if not summary.touching(error):
                yield f"missed   {summary.article} {error['type']}: {error['text']!r}"


def main() -> None:
    """Print the counts with their intervals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print false flags and misses too")
    options = parser.parse_args()
    found = list(summaries())
    counts = count(found)
    for name, (hits, n) in (
        ("planted errors found", counts.errors_found),
        ("planted errors found with the right type", counts.right_type),
        ("clean AI summaries flagged", counts.clean_flagged),
        ("faithful references flagged", counts.references_flagged),
    ):
        low, high = wilson(hits, n)
        print(f"{name:42s}{hits:4d} of {n:3d}   {hits / n:.2f} [{low:.2f}, {high:.2f}]")
    if options.list:
        print("\n".join(rows(found)))


if __name__ == "__main__":
    main()
