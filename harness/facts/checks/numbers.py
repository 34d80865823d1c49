"""Numbers: a value the article does not give, or gives to something else.

A number is found where the article has its value, in any spelling and fairly rounded. One that is
not found is held against the article's numbers in the same slot: before the same noun or between
the same words. One that follows from the article's by simple arithmetic is not held to be missing,
nor held against another where a word says that it was worked out ("above budget"). A number that
opens the turn after another's ("14 stores?" "Fifteen.") answers it.
Small numbers in words ("two men", "the first time") often count what the article lists by name, so
they are flagged only against another number.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.arithmetic import derivable, listed_sum
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.conversions import converted
from harness.facts.lookup import compatible
from harness.facts.parts import Check, Need
from harness.facts.slots import beside_same, replaced
from harness.facts.tokens import Token, is_year
from harness.facts.values import rounded
from harness.facts.view import AlignedSummary

_REACH = 10


@dataclass(frozen=True, slots=True)
class Numbers:
    """Values, shares, sums of money, ranks and clock times."""

    types: ClassVar[tuple[ClaimType, ...]] = ("number",)
    needs: ClassVar[frozenset[Need]] = frozenset()
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every number."""
        for at, token in enumerate(summary.tokens):
            if token.kind != "number" or is_year(token) or _and_a_half(summary, at):
                continue
            held = _replaced(summary, at)
            rivals = _rivals(summary, at) if held is None else [held]
            if held is not None:
                tier: Tier | None = "A"
            elif summary.matches[at].how == "none":
                follows = listed_sum(summary, at) or converted(summary, at)
                follows = follows or (_said(summary, at) and derivable(summary, at))
                rivals = [] if follows else rivals
                tier = "A" if rivals else _unfound(summary, at)
            else:
                tier = "A" if rivals and not _one(token) and not _at_home(summary, at) else None
            yield summary.claim([at], "number", "numbers", tier, rivals if tier else ())


def _replaced(summary: AlignedSummary, at: int) -> int | None:
    """Return the article's other number between the very words that stand around ours."""
    place, token = replaced(summary, at), summary.tokens[at]
    if place is None or not _comparable(token, summary.article.tokens[place]):
        return None
    value = summary.article.tokens[place].value
    return None if value is None or rounded(token.value or 0, value, True) else place


def _unfound(summary: AlignedSummary, at: int) -> Tier | None:
    """Return the tier of a number that is nowhere: 0 is written in words ("nil", "nobody")."""
    token = summary.tokens[at]
    fair = derivable(summary, at) or converted(summary, at)
    return None if _small(token) or token.value == 0 or fair else "B"


def _said(summary: AlignedSummary, at: int) -> bool:
    """Return whether a word says that the number was computed: "£200,000 above budget"."""
    sentence = summary.sentence_of(at)
    around = summary.tokens[max(sentence.start, at - 2) : min(sentence.stop, at + 3)]
    return any(token.key in words.keys("computed") for token in around)


def _and_a_half(summary: AlignedSummary, at: int) -> bool:
    """Return whether a half only adds to the number before: "an hour and a half (million)"."""
    before = [token.lower for token in summary.tokens[max(0, at - 3) : at + 1]]
    return before[-3:] == ["and", "a", "half"] or before[:3] == ["and", "a", "half"]


def _small(token: Token) -> bool:
    """Return whether a number is small, and in words, so that it may count what is listed."""
    return token.text.isalpha() and (token.value or 0) <= 3


def _one(token: Token) -> bool:
    return token.text.isalpha() and token.value == 1


def _at_home(summary: AlignedSummary, at: int) -> bool:
    """Return whether the article has the number among the neighbours that it has here.

    Two of the four nearest must be in its sentence; one will do right beside it in a sentence read
    from there, and a name right before (an age).
    """
    article, places = summary.article, summary.matches[at].places
    beside = sum(
        article.together(places, summary.matches[other].places, 30) is not None
        for other in [o for o in summary.near(at, 8) if summary.matches[o].places][:4]
    )
    read = summary.places[at]
    here = read >= 0 and article.tokens[read].sentence in summary.sentence_of(at).evidence
    named = at > 0 and summary.tokens[at - 1].kind == "name"
    if named and article.together(places, summary.matches[at - 1].places, 30) is not None:
        return True
    return beside >= 2 or (here and (beside == 1 or beside_same(summary, at, read)))


def _rivals(summary: AlignedSummary, at: int) -> list[int]:
    """Return the article's number in this number's slot: before the same noun, after the same verb.

    None where the slot also holds ours.
    """
    article, token = summary.article, summary.tokens[at]
    for head, reach in _heads(summary, at):
        found = [
            place
            for word in summary.matches[head].places
            for place in range(
                max(0, word + reach.start), min(len(article.tokens), word + reach.stop)
            )
            if article.tokens[place].sentence == article.tokens[word].sentence
            and _comparable(token, article.tokens[place])
            and not (_day(article.tokens, place) and not _day(summary.tokens, at))
            and _age(article.tokens, place) == _age(summary.tokens, at)
        ]
        found = [place for place in found if not _answered(summary, at, place)]
        values = {article.tokens[place].value for place in found}
        if found and token.value not in values and len(values) <= 3:
            return [place for place in found if _same_slot(summary, at, head, place)][:1]
    return []


def _answered(summary: AlignedSummary, at: int, place: int) -> bool:
    """Return whether our number opens one of the next two sentences: "14 stores? - Fifteen."."""
    article, own = summary.article, summary.matches[at].places
    number = article.tokens[place].sentence
    start, stop = article.extent(number + 1)[0], article.extent(number + 2)[1]
    near = own[bisect_left(own, start) : bisect_left(own, stop)]
    return any(article.tokens[other].first for other in near)


def _day(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a number stands beside the name of a month."""
    months = words.table("dates")["months"]
    return any(token.key.lower() in months for token in tokens[max(0, at - 1) : at + 2])


def _age(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a number is an age: "58-year-old", "58 years old"."""
    return any(token.lower == "old" for token in tokens[at + 1 : at + 3])


def _same_slot(summary: AlignedSummary, at: int, head: int, place: int) -> bool:
    """Return whether another neighbour than the noun stands near the rival too."""
    others = [other for other in summary.near(at, 4) if other != head]
    return not others or any(
        summary.article.together([place], summary.matches[other].places, _REACH) is not None
        for other in others
    )


def _heads(summary: AlignedSummary, at: int) -> Iterator[tuple[int, range]]:
    """Yield the words that may hold the number's slot, and where from them a number then stands.

    The next one or two words; where none follows at once, the last word before ("rose to 5").
    """
    sentence = summary.sentence_of(at)
    following = at + 1
    while following < min(at + 3, sentence.stop) and summary.tokens[following].kind == "word":
        yield following, range(-3, 0)
        following += 1
    if following == at + 1:
        before = [other for other in summary.near(at, 2, 3) if other < at]
        yield from ((other, range(1, 4)) for other in before[:1])


def _comparable(mine: Token, other: Token) -> bool:
    return (
        other.kind == "number"
        and not _one(other)
        and mine.unit == other.unit
        and compatible(mine.unit, other.unit)
    )


CHECK: Check = Numbers()
