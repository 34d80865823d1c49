"""How much of a summary sentence was read out of the article, for ranking.

Two shares, multiplied, both 1 for a sentence copied whole and neither with a weight of its own:

- words *together*: of the pairs of words at most three apart, the share whose words the article has
  in this order at most five apart (skip bigrams: Lin 2004), each pair weighing as much as its words
  tell about a sentence of the article. A pronoun of the article counts half for a name of the
  summary: who was "he" there is likely to be named here.
- words *read*: one minus what the alignment paid over what it would pay were every word new. Two
  ways to break a sentence cost 1 more, half a new word: to go on elsewhere after a function word,
  which cuts its phrase in two, and to jump to another sentence more than once, since one jump may
  put a name for a pronoun and the second glues.

A flagged claim leaves of this what the measured precision of its check leaves in doubt. What else
was tried, and what each part is worth, stands in docs/facts.md.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import prod

from harness.facts.alignment import MOST, NEW
from harness.facts.claims import Claim
from harness.facts.precision import confidence
from harness.facts.view import AlignedSentence, AlignedSummary

_NEAR = 3
_REACH = 5
_PRONOUNS = ("he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "who", "whose")
_STAND_IN = 0.5


def support(summary: AlignedSummary, sentence: AlignedSentence, flagged: Sequence[Claim]) -> float:
    """Return the support of one sentence in [0, 1], given the claims flagged in it.

    1 for a sentence that the article has word for word, 0 for one that shares no word with it. A
    sentence of one word has no pairs: what was read alone decides.
    """
    doubt = prod(_doubt(claim) for claim in flagged)
    return _together(summary, sentence) * _read(summary, sentence) * doubt


def _doubt(claim: Claim) -> float:
    """Return 1 - (right flags + 1) / (flags + 2) of the claim's check: a half if never measured."""
    measured = confidence(claim)
    if measured is None:
        return 0.5
    return 1 - (measured.precision * measured.n + 1) / (measured.n + 2)


def _together(summary: AlignedSummary, sentence: AlignedSentence) -> float:
    """Return the share, by what they tell, of near pairs of words that stand near in the article.

    A word that is new takes every one of its pairs with it, so that adding one never helps.
    """
    tokens, matches = summary.tokens, summary.matches
    told = [summary.article.rarity(t.key) for t in tokens[sentence.start : sentence.stop]]
    pronouns = summary.article.positions(_PRONOUNS)
    have = total = 0.0
    for first, second in _pairs(sentence):
        weight = told[first - sentence.start] + told[second - sentence.start]
        total += weight
        before, after = matches[first].places, matches[second].places
        if _read_near(summary, first, second) or _meet(before, after):
            have += weight
        elif (tokens[first].kind == "name" and _meet(pronouns, after)) or (
            tokens[second].kind == "name" and _meet(before, pronouns)
        ):
            have += weight * _STAND_IN
    return have / total if total else 1.0


def _pairs(sentence: AlignedSentence) -> Iterator[tuple[int, int]]:
    for first in range(sentence.start, sentence.stop):
        for second in range(first + 1, min(first + _NEAR + 1, sentence.stop)):
            yield first, second


def _read_near(summary: AlignedSummary, first: int, second: int) -> bool:
    before, after = summary.places[first], summary.places[second]
    return before >= 0 and 0 < after - before <= _REACH


def _meet(before: Sequence[int], after: Sequence[int]) -> bool:
    """Return whether one of ``after`` follows one of ``before`` closely; both are sorted.

    They are leapt through in turn, with at most `MOST` leaps: looped text has no end of them.
    """
    at = 0
    for _ in range(MOST):
        if at == len(before):
            break
        following = bisect_right(after, before[at])
        if following == len(after):
            break
        if after[following] - before[at] <= _REACH:
            return True
        at = bisect_left(before, after[following] - _REACH)
    return False


def _read(summary: AlignedSummary, sentence: AlignedSentence) -> float:
    """Return the share of a sentence's weight that reading it out of the article did not cost."""
    weight = sum(NEW[token.kind] for token in summary.tokens[sentence.start : sentence.stop])
    return max(0.0, 1 - (sentence.cost + _breaks(summary, sentence)) / weight)


def _breaks(summary: AlignedSummary, sentence: AlignedSentence) -> int:
    """Return how often reading breaks off after a function word, or jumps once too often."""
    places, article = summary.places, summary.article.tokens
    read = [at for at in range(sentence.start, sentence.stop) if places[at] >= 0]
    torn = jumps = 0
    for last, at in pairwise(read):
        if places[at] != places[last] + 1:
            torn += summary.tokens[last].kind == "function"
            jumps += article[places[at]].sentence != article[places[last]].sentence
    return torn + max(0, jumps - 1)
