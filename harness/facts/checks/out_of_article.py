"""Out of the article: a stretch of new content in a summary that otherwise keeps to the article.

One new word is a rewording; four in a row, where at least four in five of the summary's other words
are the article's (three in five, where the four are a whole sentence), are a statement from
elsewhere. In freely worded summaries nothing is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSentence, AlignedSummary

_LEAST = 4
_NEW_ELSEWHERE = 0.2
_NEW_BESIDE_WHOLE = 0.4


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
            for run in _runs(summary.content(part), new):
                whole = len(run) == len(summary.content(part)) and _states(summary, part)
                most = _NEW_BESIDE_WHOLE if whole else _NEW_ELSEWHERE
                if len(new) - len(run) <= most * (len(content) - len(run)):
                    span = range(run[0], run[-1] + 1)
                    yield summary.claim(span, "out of article", "out_of_article", "B")


def _runs(content: Sequence[int], new: frozenset[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for at in [*content, -1]:
        if at in new:
            run.append(at)
        else:
            if len(run) >= _LEAST:
                yield run
            run = []


def _states(summary: AlignedSummary, part: AlignedSentence) -> bool:
    """Return whether a sentence states something of the world, not of the text ("the speakers")."""
    return not any(words.about_the_text(summary.tokens[at]) for at in summary.content(part))


def _new(summary: AlignedSummary, at: int) -> bool:
    token = summary.tokens[at]
    return (
        token.kind in ("word", "name")
        and summary.matches[at].how == "none"
        and token.lower not in words.word_set("meta")
    )


CHECK: Check = OutOfArticle()
