"""Which article word each summary word was copied from: the cheapest way to read it all.

A copy model in the manner of extractive fragments (Grusky et al., NAACL 2018), solved exactly by
the Viterbi recurrence: a summary word is read at an article position that says the same, or is new;
reading on is free, skipping a few words costs little, jumping within a sentence more, to another
sentence most. The costs are per word and were set once on QAGS and CLIFF; see docs/facts.md. Exact
for words that the article has up to `MOST` times; of others only as many positions are tried, those
first that go on from the word before or lead to the word after.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from harness.facts.article import ArticleIndex
from harness.facts.lookup import Match
from harness.facts.tokens import Token

NEW = {"function": 0.25, "word": 2.0, "name": 3.0, "number": 3.0, "mark": 0.0}
"""Cost of a word that was not copied, by its kind."""
INEXACT = {"exact": 0.0, "variant": 0.4, "synonym": 0.8, "none": 0.0}
SKIP, LONGEST_SKIP = 0.25, 4
SAME_SENTENCE, OTHER_SENTENCE = 0.9, 1.8
MOST = 100
"""Positions tried for a word. Looped text would else take the product of its lengths."""
_FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Alignment:
    """``places[i]`` is the article position that token i was read at, -1 where it is new.

    ``cost`` is the total, 0 for a sentence copied whole.
    """

    places: tuple[int, ...]
    cost: float


def align(article: ArticleIndex, tokens: Sequence[Token], matches: Sequence[Match]) -> Alignment:
    """Align one sentence; ``matches`` are where the article says each token.

    Time is linear in the number of positions tried, at most `MOST` a token.
    """
    costs = _Costs(article)
    sources: list[dict[int, int]] = []
    total = 0.0
    for at, (token, match) in enumerate(zip(tokens, matches, strict=True)):
        new = NEW[token.kind]
        total += new
        extra = INEXACT[match.how] - new
        following = matches[at + 1].places if at + 1 < len(matches) else ()
        tried = candidates(match.places, sources[-1] if sources else (), following)
        reached = [(place, *costs.reach(place)) for place in tried]
        sources.append(
            {at: source for at, cost, source in reached if costs.lower(at, cost + extra)}
        )
    saved, place = costs.best()
    return Alignment(_trace(sources, place), total + min(saved, 0.0))


def candidates(
    places: Sequence[int], before: Collection[int], following: Sequence[int]
) -> Sequence[int]:
    """Return the positions to try for a word: all of them, or `MOST` of them, sorted.

    First those right after a position of the word before, then those right before one of the word
    after (unless that is as frequent), then the first of all.
    """
    if len(places) <= MOST:
        return places
    have = {place for last in before for place in (last + 1, last + 2) if _holds(places, place)}
    if len(following) <= MOST:
        have |= {place - 1 for place in following if _holds(places, place - 1)}
    return sorted(islice(dict.fromkeys(chain(sorted(have), places)), MOST))


def _holds(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def _trace(sources: Sequence[dict[int, int]], place: int) -> tuple[int, ...]:
    places = [-1] * len(sources)
    for at in range(len(sources) - 1, -1, -1):
        if place in sources[at]:
            places[at], place = place, sources[at][place]
    return tuple(places)


class _Costs:
    """Cheapest way to stand at each article position, relative to having read nothing.

    A new word adds the same to every position, so only the positions that match a word need
    work, and every stored cost only ever falls: that keeps the minima running and the whole
    alignment linear in the number of matches instead of words times article length.
    """

    def __init__(self, article: ArticleIndex) -> None:
        self._tokens = article.tokens
        self._cost: dict[int, float] = {}
        self._best = (_FAR, -1)
        self._best_in: dict[int, tuple[float, int]] = {}

    def reach(self, place: int) -> tuple[float, int]:
        """Return the cheapest way to read on at ``place``: its cost and the position before."""
        cost, source = self._best[0] + OTHER_SENTENCE, self._best[1]
        if cost > 0.0:
            cost, source = 0.0, -1
        here = self._best_in.get(self._tokens[place].sentence)
        if here is not None and here[0] + SAME_SENTENCE < cost:
            cost, source = here[0] + SAME_SENTENCE, here[1]
        for step in range(LONGEST_SKIP):
            known = self._cost.get(place - 1 - step)
            if known is not None and known + SKIP * step < cost:
                cost, source = known + SKIP * step, place - 1 - step
        return cost, source

    def lower(self, place: int, cost: float) -> bool:
        """Store ``cost`` if it is below what ``place`` has; return whether it was."""
        if cost >= self._cost.get(place, _FAR):
            return False
        self._cost[place] = cost
        if cost < self._best[0]:
            self._best = (cost, place)
        sentence = self._tokens[place].sentence
        here = self._best_in.get(sentence)
        if here is None or cost < here[0]:
            self._best_in[sentence] = (cost, place)
        return True

    def best(self) -> tuple[float, int]:
        """Return the lowest cost and its position, -1 where nothing was read yet."""
        return self._best
