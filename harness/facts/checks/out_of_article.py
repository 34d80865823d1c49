"""Out of the article: a stretch of new content in a summary that otherwise keeps to the article.

One new word is a rewording; four in a row within a clause, where at least four in five of the
summary's other words are the article's, are a statement from elsewhere. What speakers do ("agree")
and how ("eventually") is the summary's to word, and counts for nothing; so does a sentence about
the text itself ("the speakers"). From elsewhere is also a sentence, half of it new, with two names
or numbers that the article does not have and no two other words that stand near each other there;
in texts without capitals four new words do for the names. Nothing else is said of freely worded
summaries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.speakers import says
from harness.facts.view import AlignedSentence, AlignedSummary

_LEAST = 4
_BROUGHT, _NEAR = 2, 12
_MOST_NEW = 6
_NEW_ELSEWHERE = 0.2


@dataclass(frozen=True, slots=True)
class OutOfArticle:
    """Runs of words of content that the article has none of, function words between them or not."""

    types: ClassVar[tuple[ClaimType, ...]] = ("out of article",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every run of at least four new words."""
        content = [at for part in summary.sentences for at in summary.content(part)]
        new = frozenset(at for at in content if _new(summary, at))
        for part in summary.sentences:
            for run in _runs(summary, summary.content(part), new):
                elsewhere = (len(new) - len(run)) / max(1, len(content) - len(run))
                if elsewhere <= _NEW_ELSEWHERE and _states(summary, part):
                    span = range(run[0], run[-1] + 1)
                    yield summary.claim(span, "out of article", "out_of_article", "B")
            if _foreign(summary, part, new):
                span = range(part.start, part.stop)
                yield summary.claim(span, "out of article", "out_of_article", "B")


def _runs(
    summary: AlignedSummary, content: Sequence[int], new: frozenset[int]
) -> Iterator[list[int]]:
    """Yield the new words of one clause that follow each other, where there are enough of them."""
    run: list[int] = []
    for at in [*content, -1]:
        if run and (at not in new or _parted(summary, run[-1], at)):
            if sum(not summary.tied(at, at - 1) for at in run) >= _LEAST:
                yield run
            run = []
        if at in new:
            run.append(at)


def _parted(summary: AlignedSummary, last: int, at: int) -> bool:
    """Return whether a mark or a conjunction stands between two words."""
    between = summary.text[summary.tokens[last].end : summary.tokens[at].start]
    joined = any(
        summary.tokens[o].lower in words.word_set("conjunctions") for o in range(last + 1, at)
    )
    return joined or any(not (c.isalnum() or c.isspace() or c in "-'\u2019") for c in between)


def _foreign(summary: AlignedSummary, part: AlignedSentence, new: frozenset[int]) -> bool:
    """Return whether a sentence brings two names or numbers and no two words that go together.

    Without capitals nobody can tell the names, so four new words stand for them; six of any kind,
    where they are more than three in four.
    """
    content = summary.content(part)
    brought = [
        at
        for at in content
        if summary.tokens[at].kind in ("name", "number") and summary.matches[at].how == "none"
    ]
    known = [summary.matches[at].places for at in content if at not in new]
    added = len(new.intersection(content))
    nameless = _nameless(summary, part) and added >= _LEAST
    alien = added >= _MOST_NEW and added > 3 * len(known) and _states(summary, part)
    if not (len(brought) >= _BROUGHT or nameless or alien) or 2 * len(known) > len(content):
        return False
    together = summary.article.together
    return all(together(one, other, _NEAR) is None for one, other in combinations(known, 2))


def _nameless(summary: AlignedSummary, part: AlignedSentence) -> bool:
    """Return whether a sentence of the world is written without capitals, or its article is."""
    lower = not summary.article.cased or summary.tokens[part.start].text[0].islower()
    return lower and not summary.cased and _states(summary, part)


def _states(summary: AlignedSummary, part: AlignedSentence) -> bool:
    """Return whether a sentence states something of the world, not of the text ("the speakers")."""
    return not any(words.about_the_text(summary.tokens[at]) for at in summary.content(part))


def _new(summary: AlignedSummary, at: int) -> bool:
    """Return whether a word is new, and no word for what the speakers do or how they do it."""
    token = summary.tokens[at]
    return (
        token.kind in ("word", "name")
        and summary.matches[at].how == "none"
        and not words.about_the_text(token)
        and not says(token)
        and not token.lower.endswith("ly")
    )


CHECK: Check = OutOfArticle()
