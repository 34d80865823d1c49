"""Quotations: words between quotation marks that the article does not have in that order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.view import AlignedSummary

_QUOTED = re.compile(
    r"[\"\u201c][^\"\u201c\u201d]*[\"\u201d]|(?:``|\u2018\u2018).*?(?:''|\u2019\u2019)"
)


@dataclass(frozen=True, slots=True)
class Quotations:
    """Quotations of two words and more: verbatim, altered or invented."""

    types: ClassVar[tuple[ClaimType, ...]] = ("quotation",)
    needs: ClassVar[frozenset[Need]] = frozenset()
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every quotation."""
        for found in _QUOTED.finditer(summary.text):
            inside = [
                at
                for at, token in enumerate(summary.tokens)
                if token.start >= found.start() and token.end <= found.end()
            ]
            if len(inside) >= 2:
                yield from _judge(summary, inside)


def _judge(summary: AlignedSummary, inside: list[int]) -> Iterator[Claim]:
    new = [at for at in inside if _altered(summary, at)]
    content = sum(summary.tokens[at].kind != "function" for at in inside)
    if not new:
        yield summary.claim(inside, "quotation", "quotations")
    elif 2 * len(new) > content:
        yield summary.claim(inside, "quotation", "quotations", "B")
    else:
        for run in _runs(new):
            yield summary.claim(run, "quotation", "quotations", "A", _instead(summary, run))


def _altered(summary: AlignedSummary, at: int) -> bool:
    """Return whether a quoted word was not read out of the article: a name, a "not", no filler."""
    token = summary.tokens[at]
    if token.lower in words.word_set("negators"):
        return summary.places[at] < 0 and not summary.evidence_denies(at)
    return token.kind != "function" and summary.places[at] < 0


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _instead(summary: AlignedSummary, span: list[int]) -> list[int]:
    """Return the article's words between what was read before and after the altered words."""
    before = summary.places[span[0] - 1] if span[0] else -1
    after = summary.places[span[-1] + 1] if span[-1] + 1 < len(summary.places) else -1
    return list(range(before + 1, after)) if 0 <= before < after - 1 <= before + 8 else []


CHECK: Check = Quotations()
