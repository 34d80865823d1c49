"""Names: people, places and organisations that the article does not name.

A name is found where the article has it in any of its spellings: inflected, as an adjective of its
country, transliterated otherwise, cut short, as initials or spelled out. Of a name of several words
only those that are new are flagged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.article import ArticleIndex
from harness.facts.claims import Claim, ClaimType, Tier
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary

_PERIOD = re.compile(r"[qh][1-4]|[1-4][qh]|fy(?:\d\d|20\d\d)")
"""Codes of quarters, halves and fiscal years, which another check reads."""
_CONTINENTS = frozenset(("africa", "asia", "europe"))


@dataclass(frozen=True, slots=True)
class Names:
    """Capitalised words inside a sentence."""

    types: ClassVar[tuple[ClaimType, ...]] = ("entity",)
    needs: ClassVar[frozenset[Need]] = frozenset({"case"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every run of names that are all found, or all new."""
        for run in _runs(summary):
            new = summary.matches[run[0]].how == "none"
            known = _first_name(summary, run) or _whereabouts(summary, run)
            tier: Tier | None = "B" if new and not known else None
            yield summary.claim(run, "entity", "names", tier)


def _whereabouts(summary: AlignedSummary, run: list[int]) -> bool:
    """Return whether a name is a country, for an article that names none but continents.

    A paper seldom says which country it writes from; who sums it up for others adds it.
    """
    named = words.countries()
    if any(summary.tokens[at].text not in named for at in run):
        return False
    theirs = {named[token.text] for token in summary.article.tokens if token.text in named}
    ours = {named[summary.tokens[at].text] for at in run}
    return not theirs - _CONTINENTS and not (theirs and ours & _CONTINENTS)


def _first_name(summary: AlignedSummary, run: list[int]) -> bool:
    """Return whether a new name only completes a surname that the article gives without one.

    "Eddie Howe" for an article's "Howe" or "Mr Howe" says who is meant; where the article has
    another name before the surname, ours contradicts it.
    """
    last, article = run[-1] + 1, summary.article
    if len(run) > 1 or last >= len(summary.tokens) or not _goes_on_known(summary, run[-1], last):
        return False
    if summary.tokens[last].text in words.countries():
        return False
    surname = summary.tokens[last].lower
    places = summary.matches[last].places
    same = [place for place in places if article.tokens[place].lower == surname]
    return bool(same) and all(_bare_surname(article, place) for place in same)


def _bare_surname(article: ArticleIndex, place: int) -> bool:
    """Return whether the article has a surname, and no common word, with no first name before."""
    token, before = article.tokens[place], article.tokens[max(0, place - 1)]
    alone = (
        before.kind != "name"
        or before.lower in words.word_set("titles")
        or before.sentence != token.sentence
        or place == 0
    )
    return token.text[0].isupper() and alone


def _goes_on_known(summary: AlignedSummary, last: int, at: int) -> bool:
    between = summary.text[summary.tokens[last].end : summary.tokens[at].start]
    known = summary.matches[at].how == "exact" and summary.tokens[at].kind == "name"
    return known and between.isspace()


def _runs(summary: AlignedSummary) -> Iterator[list[int]]:
    run: list[int] = []
    for at in range(len(summary.tokens) + 1):
        if run and (at == len(summary.tokens) or not _goes_on(summary, run[-1], at)):
            yield run
            run = []
        if at < len(summary.tokens) and _is_name(summary, at):
            run.append(at)


def _goes_on(summary: AlignedSummary, last: int, at: int) -> bool:
    between = summary.text[summary.tokens[last].end : summary.tokens[at].start]
    same = (summary.matches[last].how == "none") == (summary.matches[at].how == "none")
    return _is_name(summary, at) and between.isspace() and same


def _is_name(summary: AlignedSummary, at: int) -> bool:
    token = summary.tokens[at]
    return (
        token.kind == "name"
        and token.lower not in words.word_set("titles")
        and token.lower not in words.calendar()
        and token.lower not in words.word_set("seasons")
        and not _PERIOD.fullmatch(token.lower)
    )


CHECK: Check = Names()
