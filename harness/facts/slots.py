"""Whether another word of the article stands where a summary's word should."""

from bisect import bisect_left
from collections.abc import Sequence

from harness.facts.opposites import allied
from harness.facts.view import AlignedSummary

_REACH = 6
_BESIDE = 3
CLOSE, NEAR, SURE = 0.7, 0.6, 0.45
"""Alignment costs per word: a clause reordered and a word or two replaced; one word replaced."""


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


def beside_same(summary: AlignedSummary, at: int, place: int) -> bool:
    """Return whether the article has at ``place`` a word of content that is right beside ours.

    Right beside is the nearest word of content on either side, with at most two words between.
    """
    together = summary.article.together
    return any(
        together([place], summary.matches[other].places, _BESIDE) is not None
        for other in _nearest(summary, at)
        if summary.matches[other].how in ("exact", "variant")
    )


def only_beside(summary: AlignedSummary, at: int, places: Sequence[int]) -> int | None:
    """Return which of ``places`` stands where our word stands here: a neighbour has no other.

    A neighbour is the nearest word of content on either side. The article must have one of
    ``places`` on that same side of it wherever it has the neighbour, and neither our word nor one
    of its side beside any: what two opposites are both said of, neither holds.
    """
    article, token = summary.article, summary.tokens[at]
    ours = article.positions(allied(token.key) | {token.key})
    if any(beside_same(summary, at, place) for place in ours):
        return None
    for other in _nearest(summary, at):
        match = summary.matches[other]
        if match.how not in ("exact", "variant"):
            continue
        found = [_on_side(summary, place, places, at - other) for place in match.places]
        if all(place is not None for place in found):
            return found[0]
    return None


def _on_side(summary: AlignedSummary, place: int, places: Sequence[int], side: int) -> int | None:
    """Return which of the sorted ``places`` stands within reach of ``place``, before or after."""
    first = place - _BESIDE if side < 0 else place + 1
    found = bisect_left(places, first)
    if found == len(places) or places[found] >= first + _BESIDE:
        return None
    tokens = summary.article.tokens
    return places[found] if tokens[places[found]].sentence == tokens[place].sentence else None


def _nearest(summary: AlignedSummary, at: int) -> list[int]:
    """Return the nearest word of content before and after, with at most two words between."""
    content = sorted(summary.near(at, 2 * _BESIDE, _BESIDE))
    return [o for o in content if o < at][-1:] + [o for o in content if o > at][:1]


def replaced(summary: AlignedSummary, at: int) -> int | None:
    """Return the article position that the word ``at`` fills in what else was read as one piece.

    The words before and after were read with one word between them, which ours replaces; None
    where the article has ours between the same two words as well, each beside it somewhere.
    """
    sentence, article = summary.sentence_of(at), summary.article
    if not sentence.start < at < sentence.stop - 1 or summary.places[at] >= 0:
        return None
    before, after = summary.places[at - 1], summary.places[at + 1]
    if before < 0 or after != before + 2:
        return None
    if article.tokens[before].sentence != article.tokens[after].sentence:
        return None
    own = summary.matches[at].places
    led = any(article.tokens[p - 1].key == article.tokens[before].key for p in own if p)
    follow = {p - 1 for p in summary.matches[at + 1].places}
    return None if led and any(p in follow for p in own) else before + 1


def cost_around(summary: AlignedSummary, at: int) -> float:
    """Return what reading a word of the token's sentence cost on average, 0 for a copied one."""
    sentence = summary.sentence_of(at)
    return sentence.cost / (sentence.stop - sentence.start)


def closely_read(summary: AlignedSummary, at: int) -> bool:
    """Return whether the token's sentence keeps to the article's wording, with some rewording."""
    return cost_around(summary, at) <= CLOSE


def nearly_read(summary: AlignedSummary, at: int) -> bool:
    """Return whether the token's sentence is the article's with little rewording."""
    return cost_around(summary, at) <= NEAR


def surely_read(summary: AlignedSummary, at: int) -> bool:
    """Return whether the token's sentence is all but copied from the article."""
    return cost_around(summary, at) <= SURE
