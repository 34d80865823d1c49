"""Negation added: a "not" that the article does not have.

A "not" contradicts where the word that it denies was read from a sentence that asserts it. Much is
denied fairly, though, that the article does not deny in so many words ("did not finish" for "gave
up", "without interest" for "free of interest"). So the negator is held against the negators around
the same word in the article, the words that deny by their meaning ("failed to") and those that take
away ("free of", "too late to"). Tier A where the sentence that was read has the denied word without
any of them; tier B where the article has the word elsewhere in like company, or has it nowhere but
the rest of the sentence is nearly copied. What sums up ("neither", "nobody"), says since when
nothing happened, is only supposed ("if it does not work") or says how ("without" with a verb) is
left alone unless nearly copied. A denial in other words is unfair, too, where the article denies
nothing far and wide of the words around it; but what it denies by a prefix, by preference ("rather
than") or with the verb of thinking ("do not feel that"), it denies.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.article import ArticleIndex
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.opposites import antonyms, by_prefix
from harness.facts.parts import Check, Need
from harness.facts.slots import closely_read, nearly_read, surely_read
from harness.facts.speakers import says
from harness.facts.view import AlignedSummary

_BEFORE, _AFTER = 6, 3
_RAISED = 6
_COMPANY = 8
_SCOPE, _LEAST = 7, 2
_WIDE = 12
_SUBJECTS = frozenset(("no", "none", "nobody", "neither", "nothing", "few"))


@dataclass(frozen=True, slots=True)
class NegationAdded:
    """Negators, held against the negators around the same words in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("negation",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every negator."""
        for at, token in enumerate(summary.tokens):
            if token.lower in words.word_set("negators"):
                head = _head(summary, at)
                if head is not None:
                    tier, found = _judge(summary, at, head)
                    yield summary.claim([at], "negation", "negation_added", tier, found)


def _head(summary: AlignedSummary, at: int) -> int | None:
    content = summary.content(summary.sentence_of(at))
    content = [head for head in content if summary.tokens[head].lower != "longer"]  # "no longer"
    after = next((head for head in content if at < head <= at + 4), None)
    return after if after is not None else next(iter(summary.near(at, 1)), None)


def _judge(summary: AlignedSummary, at: int, head: int) -> tuple[Tier | None, list[int]]:
    """Return the tier, and where the article asserts what is denied."""
    reworded = summary.matches[head].how in ("none", "synonym")
    if _fair(summary, at, head):
        return None, []
    here = [] if reworded else _read_here(summary, head)
    if here and not _manner(summary, at, head) and _company(summary, head):
        return "A", here
    if _weak(summary, at) and not nearly_read(summary, at):
        return None, []
    doubtful = _reworded if reworded else _elsewhere
    return "B" if doubtful(summary, at, head) else None, here


def _fair(summary: AlignedSummary, at: int, head: int) -> bool:
    """Return whether the article denies it too, or the denial is of a kind that asserts little."""
    if _copied(summary, at) or _supposed(summary, at) or _told_otherwise(summary, head):
        return True
    if _opposite_told(summary, head) or _left_open(summary, head):
        return True
    if summary.tokens[at].lower in words.word_set("sweeping_negators"):
        return not nearly_read(summary, at)
    aside = _aside(summary, at, head) or _not_yet(summary, at)
    return aside and not surely_read(summary, at)


def _reworded(summary: AlignedSummary, at: int, head: int) -> bool:
    """Return whether a word in other words, or none of the article's, is denied unfairly."""
    if _sweeping(summary, at):
        return False
    arguments = _arguments(summary, at)
    if arguments:
        denied = summary.article.denied
        return not any(denied(place, _COMPANY, _COMPANY) for place in arguments)
    close = nearly_read(summary, at) and not _denied_any(summary, _around(summary, at))
    return close or _asserted_around(summary, at, head)


def _elsewhere(summary: AlignedSummary, at: int, head: int) -> bool:
    """Return whether the article asserts the denied word in like company, elsewhere."""
    company = _company(summary, head)
    if _arguments(summary, at) or company > 1 or surely_read(summary, at):
        return True
    close = company == 1 and closely_read(summary, at)
    return close or _asserted_around(summary, at, head)


def _asserted_around(summary: AlignedSummary, at: int, head: int) -> bool:
    """Return whether two words around were read where the article denies nothing far and wide.

    What a text does not say ("did not give details") it need not deny.
    """
    token, around = summary.tokens[head], _around(summary, at)
    if words.about_the_text(token) or says(token) or len(around) < _LEAST:
        return False
    return not _denied_any(summary, around)


def _arguments(summary: AlignedSummary, at: int) -> list[int]:
    """Return where the words that follow the negator were read from the evidence, two at least.

    All of those within seven words must be the article's but two, which may be reworded.
    """
    sentence = summary.sentence_of(at)
    scope = [other for other in summary.content(sentence) if at < other <= at + _SCOPE]
    read = [place for other in scope for place in _read_here(summary, other)]
    return read if len(read) >= max(_LEAST, len(scope) - 2) else []


def _copied(summary: AlignedSummary, at: int) -> bool:
    """Return whether the negator and the word after it were read as one piece."""
    following = summary.places[at + 1 : at + 2]
    return summary.places[at] >= 0 and list(following) == [summary.places[at] + 1]


def _told_otherwise(summary: AlignedSummary, head: int) -> bool:
    """Return whether the article denies the word somewhere, or takes it away where it was read."""
    article = summary.article
    # "does not feel safe" is what "feels that it is not safe" says
    after = _RAISED if summary.tokens[head].key in words.keys("raising") else _AFTER
    denied = any(article.denied(place, _BEFORE, after) for place in summary.matches[head].places)
    denied = denied or any(_opened(article, place) for place in _read_here(summary, head))
    return denied or any(_lacking(summary, place) for place in _read_here(summary, head))


def _opposite_told(summary: AlignedSummary, head: int) -> bool:
    """Return whether the article denies the word by a prefix, "unchanged", or has its opposite."""
    article, token = summary.article, summary.tokens[head]
    evidence = summary.sentence_of(head).evidence
    return any(
        by_prefix(token.lower, article.tokens[place].lower)
        or article.tokens[place].sentence in evidence
        for place in article.positions(antonyms(token.lower))
        if token.kind == "word"
    )


def _left_open(summary: AlignedSummary, head: int) -> bool:
    """Return whether a word judges what the article reports otherwise: "agree", "significant"."""
    judged = summary.tokens[head].key in words.keys("judgements")
    return judged and summary.matches[head].how == "none"


def _opened(article: ArticleIndex, place: int) -> bool:
    """Return whether the sentence opens with a denial of its subject: "None of those ..."."""
    start = bisect_left(article.bounds, article.tokens[place].sentence)
    first = article.tokens[start : min(start + 2, place)]
    return any(token.lower in _SUBJECTS for token in first)


def _lacking(summary: AlignedSummary, place: int) -> bool:
    around = summary.article.tokens[max(0, place - _BEFORE) : place + _AFTER + 1]
    return any(word.lower in words.word_set("absence") for word in around)


def _supposed(summary: AlignedSummary, at: int) -> bool:
    """Return whether the negation is only supposed: "if it is not working" asserts nothing."""
    before = range(max(summary.sentence_of(at).start, at - 6), at)
    return any(summary.tokens[other].lower in ("if", "whether", "unless") for other in before)


def _aside(summary: AlignedSummary, at: int, head: int) -> bool:
    """Return whether a denial contrasts ("not on"), or says how ("without") or since when."""
    token, sentence = summary.tokens[at], summary.sentence_of(at)
    after = summary.tokens[at : min(sentence.stop, at + 6)]
    return (
        (token.lower == "without" and not summary.tokens[head].lower.endswith("ing"))
        or any(other.lower in words.word_set("prepositions") for other in after[1:2])
        or any(other.lower == "since" for other in after)
    )


def _not_yet(summary: AlignedSummary, at: int) -> bool:
    """Return whether the denial is only of now: what is to come, an article need not deny."""
    after = summary.tokens[at : min(summary.sentence_of(at).stop, at + 6)]
    return any(token.lower == "yet" for token in after)


def _sweeping(summary: AlignedSummary, at: int) -> bool:
    """Return whether "any" follows: what nobody says at all, an article need not deny."""
    after = summary.tokens[at + 1 : at + 5]
    return any(token.lower == "any" for token in after) and not surely_read(summary, at)


def _weak(summary: AlignedSummary, at: int) -> bool:
    """Return whether a denial says little against other words: "cannot", "no-fee"."""
    sentence = summary.sentence_of(at)
    around = summary.tokens[max(sentence.start, at - 1) : min(sentence.stop, at + 6)]
    weak = any(token.lower in ("cannot", "can", "ca", "could") for token in around)
    return weak or summary.tied(at, at + 1)


def _read_here(summary: AlignedSummary, head: int) -> list[int]:
    read, article = summary.places[head], summary.article
    evidence = summary.sentence_of(head).evidence
    return [read] if read >= 0 and article.tokens[read].sentence in evidence else []


def _manner(summary: AlignedSummary, at: int, head: int) -> bool:
    return summary.tokens[at].lower == "without" and summary.tokens[head].lower.endswith("ing")


def _around(summary: AlignedSummary, at: int) -> list[int]:
    """Return where the words around the negator were read."""
    return [place for other in summary.near(at, 4) for place in _read_here(summary, other)]


def _denied_any(summary: AlignedSummary, places: Sequence[int]) -> bool:
    """Return whether the article denies anything far and wide around any of the places."""
    return any(summary.article.denied(place, _WIDE, _WIDE) for place in places)


def _company(summary: AlignedSummary, head: int) -> int:
    """Return how many words near the denied one the article has near it too."""
    article, places = summary.article, summary.matches[head].places
    return sum(
        article.together(places, summary.matches[other].places, _COMPANY) is not None
        for other in summary.near(head, 4)
    )


CHECK: Check = NegationAdded()
