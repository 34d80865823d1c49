"""Whether another word of the article stands where a summary's word should."""

from collections.abc import Sequence

from harness.facts.opposites import allied
from harness.facts.view import AlignedSummary

_REACH = 6


def rival(summary: AlignedSummary, at: int, places: Sequence[int]) -> int | None:
    """Return which of the article's ``places`` holds the slot of the summary's word ``at``.

    The slot is known by the words around it: a rival stands within six words of what stands
    within six words of ours. Where the article has our own word too, the rival holds the slot
    only if ours is nowhere near; where it has not, two neighbours must bear the rival out. A
    sentence that also has a word of our side ("a decrease, after an increase") decides nothing.
    """
    article, match = summary.article, summary.matches[at]
    around = [summary.matches[other].places for other in summary.near(at, 4)]
    places = _undecided(summary, at, places)
    found = [article.together(places, others, _REACH) for others in around]
    tight = [place for place in found if place is not None]
    if match.how in ("exact", "variant"):
        own = any(article.together(match.places, others, _REACH) is not None for others in around)
        return tight[0] if len(tight) >= 2 and not own else None
    if len(tight) >= 2 or (tight and len(around) <= 2):
        return tight[0]
    return None


def _undecided(summary: AlignedSummary, at: int, places: Sequence[int]) -> list[int]:
    article = summary.article
    same = article.positions(allied(summary.tokens[at].key))
    settled = {article.tokens[place].sentence for place in same}
    return [place for place in places if article.tokens[place].sentence not in settled]
