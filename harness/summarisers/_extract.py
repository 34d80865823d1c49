"""What extractive summarisers share: a count to check, and chosen sentences as a summary."""

from collections.abc import Iterable, Sequence

from harness.errors import UsageError
from harness.records import Summary, unwritten


def checked_count(sentences: int) -> None:
    """Refuse a number of sentences that makes no summary."""
    if sentences < 1:
        msg = f"sentences={sentences} is not possible: a summary has at least 1 sentence."
        raise UsageError(msg)


def extract(sentences: Sequence[str], chosen: Iterable[int]) -> Summary:
    """Return the chosen sentences in the article's order, one a line."""
    kept = [sentences[i] for i in sorted(chosen)]
    return Summary("\n".join(kept)) if kept else unwritten("the article has no sentence")
