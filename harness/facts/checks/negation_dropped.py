"""Negation dropped: the article denies what the summary states.

A word that the article has only under a negator is flagged where the summary has it under none. The
claim is the verb before it, where the "not" is missing ("was" in "was happy" for "wasn't happy"),
or the verb itself ("expect" for "do not expect"). What the article denies in part ("not until") and
what the summary does not assert ("to raise") is left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.parts import Check, Need
from harness.facts.tokens import Token
from harness.facts.view import AlignedSummary

_BEFORE, _AFTER = 6, 4
_PHRASE = 2
_PARTLY = 7
_PARTS = frozenset(("until", "before", "unless"))
_PREFIXES = ("un", "in", "im", "dis", "non")


@dataclass(frozen=True, slots=True)
class NegationDropped:
    """Words that the article denies wherever it has them, and the summary does not."""

    types: ClassVar[tuple[ClaimType, ...]] = ("negation",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every word that the article has, and denies wherever it has it."""
        for at, token in enumerate(summary.tokens):
            match = summary.matches[at]
            if token.kind != "word" or match.how != "exact" or summary.places[at] < 0:
                continue
            everywhere = all(_denied(summary, place) for place in match.places)
            start = _read_denied(summary, at)
            if (everywhere and _from_evidence(summary, at)) or start is not None:
                yield _judge(summary, at, start)


def _judge(summary: AlignedSummary, at: int, start: int | None) -> Claim:
    """Flag the verb, or the phrase's first word, unless the summary denies or says otherwise."""
    fair = _denies_too(summary, at) or _otherwise_said(summary, at)
    fair = fair or (start is not None and _denies_too(summary, start))
    tier: Tier | None = None if fair else "A"
    verb = _verb(summary, at)
    claimed = start if start is not None and verb == at else verb
    found = [summary.places[at]]
    return summary.claim(
        [claimed], "negation", "negation_dropped", tier, found, placed=claimed == start
    )


def _from_evidence(summary: AlignedSummary, at: int) -> bool:
    sentence = summary.article.tokens[summary.places[at]].sentence
    return sentence in summary.sentence_of(at).evidence


def _denied(summary: AlignedSummary, place: int) -> bool:
    """Return whether a negator stands before the place with only function words between."""
    tokens = summary.article.tokens
    for before in range(place - 1, max(place - 4, -1), -1):
        if tokens[before].sentence != tokens[place].sentence:
            return False
        if tokens[before].lower in words.word_set("negators"):
            return not _only_partly(tokens, before)
        if tokens[before].kind != "function":
            return False
    return False


def _only_partly(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a "not" denies a part: "not until", "not before", "not only" assert more."""
    after = [token.lower for token in tokens[at + 1 : at + _PARTLY]]
    return after[:1] in (["only"], ["just"], ["all"], ["every"]) or not _PARTS.isdisjoint(after)


def _read_denied(summary: AlignedSummary, at: int) -> int | None:
    """Return where a phrase begins that was read from right after a negator and its verb.

    The phrase has two words of content at least and ends ``at``; None where there is none.

    "was statistically significant" for "was not statistically significant": the verb before the
    phrase, where the article has "not" between the two.
    """
    article, sentence = summary.article, summary.sentence_of(at)
    start = at
    while start > sentence.start and _goes_on(summary, start):
        start -= 1
    places = summary.places[start : at + 1]
    first = places[0]
    one_piece = list(places) == list(range(first, first + len(places)))
    if len(places) < _PHRASE or first < _PHRASE or not one_piece or start == sentence.start:
        return None
    negator, verb = article.tokens[first - 1], article.tokens[first - 2]
    ours = summary.tokens[start - 1]
    same = verb.lower in words.word_set("auxiliaries") and verb.sentence == negator.sentence
    kept = verb.lower == ours.lower or (verb.lower in _DO and ours.lower != "to")
    denied = negator.lower in words.word_set("negators") and same and kept
    return start if denied else None


def _goes_on(summary: AlignedSummary, start: int) -> bool:
    """Return whether the word before belongs to the phrase that was read as one piece."""
    before, place = summary.tokens[start - 1], summary.places[start]
    return before.kind != "function" and summary.places[start - 1] == place - 1


def _denies_too(summary: AlignedSummary, at: int) -> bool:
    """Return whether the summary denies around the word, by "not", by meaning or by a prefix."""
    sentence = summary.sentence_of(at)
    around = range(max(sentence.start, at - _BEFORE), min(sentence.stop, at + _AFTER))
    return any(_takes_away(summary.tokens[o]) or _prefixed(summary, o) for o in around)


def _takes_away(token: Token) -> bool:
    return words.denies(token) or token.lower in words.word_set("absence")


def _prefixed(summary: AlignedSummary, at: int) -> bool:
    """Return whether a new word may deny by its prefix: "unhappy" for "not happy"."""
    token = summary.tokens[at]
    new = token.kind == "word" and summary.matches[at].how not in ("exact", "synonym")
    return new and token.lower.startswith(_PREFIXES)


def _otherwise_said(summary: AlignedSummary, at: int) -> bool:
    """Return whether the word is part of another phrase here: "was seen" for "has not seen".

    An infinitive ("plans to raise") asserts nothing yet; a new word right before makes it another
    thing: "in poor shape" says what "not in shape" says.
    """
    verb, article = _verb(summary, at), summary.article
    if any(token.lower == "to" for token in summary.tokens[max(0, at - 2) : at]):
        return True
    if summary.tokens[at - 1].kind == "word" and summary.matches[at - 1].how == "none" and at:
        return True
    if verb == at:
        return False
    before = article.tokens[max(0, summary.places[at] - 4) : summary.places[at]]
    theirs = {token.lower for token in before}
    return bool(theirs & _HAVE) and not theirs & _BE and summary.tokens[verb].lower in _BE


_DO = frozenset(("do", "does", "did"))
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_HAVE = frozenset(("have", "has", "had", "do", "does", "did"))


def _verb(summary: AlignedSummary, at: int) -> int:
    """Return the auxiliary that the word hangs on, if only adverbs are between; else the word."""
    for before in range(at - 1, max(at - 3, summary.sentence_of(at).start - 1), -1):
        if summary.tokens[before].lower in words.word_set("auxiliaries"):
            return before
    return at


CHECK: Check = NegationDropped()
