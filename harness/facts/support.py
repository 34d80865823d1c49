"""How much of a summary sentence was read out of the article, for ranking.

Four shares, equally weighted, each 1 for a sentence copied whole: trigrams that the article has
(ROUGE-3 precision, Lin 2004); words of content that it has in any form; exp(-2 c) of the
alignment's cost c per word; and the density of the alignment, the sum of the squares of the shares
that its fragments hold (Grusky et al. 2018, with gaps of up to five words). Every flagged claim
halves the result. Weights are equal and the penalty is a half, so that little was fitted;
docs/facts.md says what else was tried.
"""

from math import exp

from harness.facts.claims import Claim
from harness.facts.view import AlignedSentence, AlignedSummary

_GAP = 6
_PENALTY = 0.5


def support(summary: AlignedSummary, sentence: AlignedSentence, flagged: list[Claim]) -> float:
    """Return the support of one sentence in [0, 1], given the claims flagged in it."""
    cost = sentence.cost / (sentence.stop - sentence.start)
    shares = (
        _trigrams(summary, sentence),
        _known(summary, sentence),
        exp(-2 * cost),
        _density(summary, sentence),
    )
    return sum(shares) / len(shares) * _PENALTY ** len(flagged)


def _trigrams(summary: AlignedSummary, sentence: AlignedSentence) -> float:
    """Return the share of trigrams that stand in the article; of two words, the share of words."""
    keys = [token.key for token in summary.tokens[sentence.start : sentence.stop]]
    grams = list(zip(keys, keys[1:], keys[2:], strict=False))
    if not grams:
        return _known(summary, sentence)
    return sum(gram in summary.article.trigrams for gram in grams) / len(grams)


def _known(summary: AlignedSummary, sentence: AlignedSentence) -> float:
    content = summary.content(sentence)
    if not content:
        return 1.0
    return sum(summary.matches[at].how != "none" for at in content) / len(content)


def _density(summary: AlignedSummary, sentence: AlignedSentence) -> float:
    places = summary.places[sentence.start : sentence.stop]
    lengths: list[int] = []
    last = -_GAP - 1
    for place in places:
        if place >= 0:
            if 0 < place - last <= _GAP and lengths:
                lengths[-1] += 1
            else:
                lengths.append(1)
            last = place
    return sum(length * length for length in lengths) / len(places) ** 2
