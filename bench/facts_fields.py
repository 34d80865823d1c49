"""What `harness.facts` says of calls, meetings, reports and science: own texts, own errors.

    python -m bench.facts_fields [--list]

The texts are tests/facts/fields: each with sentences that follow from it in other words, and
sentences with one error. They were written to find false alarms, and the rules were then mended, so
the figures say what is held, not what another text will give. Intervals are Wilson's, 95 %.
"""

import argparse
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no installed package

from harness.facts import ArticleIndex, check, index
from harness.stats.rates import wilson

FOLDER = Path(__file__).parents[1] / "tests" / "facts" / "fields"


def hit(article: ArticleIndex, sentence: str, words: str) -> bool:
    """Return whether a flag shares a character with the wrong words of a sentence."""
    start = sentence.index(words)
    flags = check(article, sentence).flagged
    return any(claim.start < start + len(words) and start < claim.end for claim in flags)


def main() -> None:
    """Print the counts, over all fields and for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print what is judged wrongly too")
    options = parser.parse_args()
    alarms: list[bool] = []
    found: list[bool] = []
    for path in sorted(FOLDER.glob("*.toml")):
        field = tomllib.loads(path.read_text(encoding="utf-8"))
        article = index(field["article"])
        right, wrong = [field["right"] + field["doubted"], field["wrong"] + field["missed"]]
        flagged = [bool(check(article, sentence).flagged) for sentence in right]
        hits = [hit(article, sentence, words) for sentence, words in wrong]
        print(
            f"{path.stem:24s}{sum(flagged):3d} of {len(right):3d}{sum(hits):5d} of {len(wrong):3d}"
        )
        if options.list:
            print(*(f"  flagged: {s}" for s, f in zip(right, flagged, strict=True) if f), sep="\n")
            print(*(f"  missed: {s}" for s, h in zip(wrong, hits, strict=True) if not h), sep="\n")
        alarms += flagged
        found += hits
    for name, part in (("fair sentences flagged", alarms), ("errors found", found)):
        low, high = wilson(sum(part), len(part))
        share = f"{sum(part) / len(part):.2f} [{low:.2f}, {high:.2f}]"
        print(f"{name:24s}{sum(part):4d} of {len(part):3d}   {share}")


if __name__ == "__main__":
    main()
