"""Appositions: a name beside the description that the article gives to another name.

"Ann Bell, a volunteer timekeeper" where the article has "Lena Moss, a volunteer timekeeper": both
names and the description are the article's, so nothing is new, yet the person is another. Flagged
only where the description, set off by a comma or right before the name, was read as one piece with
two words of content at least, where another name stands in the article, and ours is not in that
sentence. A predicate is no description: "the Union has ordered" may stand for "the Commission has".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.tokens import Token
from harness.facts.view import AlignedSummary

_CONTENT = 2
_WORDS = 3
"""Of both names together: a lone word each may be two names of one thing ("QPR", "Rangers")."""


@dataclass(frozen=True, slots=True)
class Appositions:
    """Names whose description stands beside another name in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("entity",)
    needs: ClassVar[frozenset[Need]] = frozenset({"case"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every name of the article that a description follows or precedes."""
        for run in _runs(summary):
            for step in (1, -1):
                piece = _piece(summary, run, step)
                if piece:
                    yield _judge(summary, run, piece, step)


def _runs(summary: AlignedSummary) -> Iterator[list[int]]:
    """Yield the names that the article has, each with all of its words."""
    for sentence in summary.sentences:
        run: list[int] = []
        for at in range(sentence.start, sentence.stop + 1):
            if at < sentence.stop and _is_name(summary.tokens[at]):
                run.append(at)
            else:
                if run and all(summary.matches[other].how == "exact" for other in run):
                    yield run
                run = []


def _is_name(token: Token) -> bool:
    titled = token.lower in words.word_set("titles") or token.lower in words.calendar()
    return token.kind == "name" and not titled and token.text not in words.countries()


def _piece(summary: AlignedSummary, run: Sequence[int], step: int) -> list[int]:
    """Return the description of a name that was read as one piece, the word beside it first."""
    sentence = summary.sentence_of(run[0])
    at = run[-1] + 1 if step > 0 else run[0] - 1
    if not sentence.start <= at < sentence.stop or not _joined(summary, run, at):
        return []
    out: list[int] = []
    while sentence.start <= at < sentence.stop and summary.places[at] >= 0:
        if summary.tokens[at].kind == "name":
            break
        if out and summary.places[at] != summary.places[out[-1]] + step:
            break
        out.append(at)
        at += step
    content = [other for other in out if summary.tokens[other].kind == "word"]
    return out if len(content) >= _CONTENT else []


def _joined(summary: AlignedSummary, run: Sequence[int], at: int) -> bool:
    """Return whether the word ``at`` describes the name: after a comma, or right before it."""
    token = summary.tokens[at]
    if at < run[0]:
        before = summary.text[token.end : summary.tokens[run[0]].start]
        return token.kind == "word" and before == " " and not _modifies(summary, run[-1])
    between = summary.text[summary.tokens[run[-1]].end : token.start]
    return between.strip() == "," and token.lower in ("a", "an", "the")


def _modifies(summary: AlignedSummary, last: int) -> bool:
    """Return whether a name stands before a noun that it belongs to: "the Mad Men star"."""
    if last + 1 >= len(summary.tokens) or summary.tokens[last + 1].kind != "word":
        return False
    return summary.text[summary.tokens[last].end : summary.tokens[last + 1].start] == " "


def _judge(summary: AlignedSummary, run: list[int], piece: Sequence[int], step: int) -> Claim:
    """Hold the name against the one that stands beside the piece in the article."""
    article = summary.article
    place = summary.places[piece[0]] - step
    theirs = _name_beside(summary, place, -step)
    keys = {article.tokens[place].key for place in theirs}
    inside = range(*article.extent(article.tokens[summary.places[piece[0]]].sentence))
    ours = [place for at in run for place in summary.matches[at].places]
    if (
        len(run) + len(theirs) < _WORDS
        or not theirs
        or keys & summary.keys
        or any(place in inside for place in ours)
    ):
        return summary.claim(run, "entity", "appositions")
    return summary.claim(run, "entity", "appositions", "A", theirs, placed=True)


def _name_beside(summary: AlignedSummary, place: int, step: int) -> list[int]:
    """Return the positions of the name at ``place`` in the article, read away from the piece."""
    tokens = summary.article.tokens
    out: list[int] = []
    while 0 <= place < len(tokens) and _is_name(tokens[place]):
        if out and tokens[place].sentence != tokens[out[-1]].sentence:
            break
        out.append(place)
        place += step
    return sorted(out)


CHECK: Check = Appositions()
