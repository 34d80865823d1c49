"""Check one summary against its article."""

from collections.abc import Iterator, Sequence

from harness.facts.article import ArticleIndex
from harness.facts.claims import Claim, Findings, SentenceSupport
from harness.facts.parts import checks
from harness.facts.support import support
from harness.facts.view import AlignedSummary, beside

_LACKS = {
    "case": "capitals do not mark names in this text",
    "english": "this text is not English",
}


def check(article: ArticleIndex, summary: str, *, quiet: bool = False) -> Findings:
    """Return every checkable claim of ``summary`` with its verdict, and each sentence's support.

    The verdict depends on ``article`` and ``summary`` alone. ``quiet`` adds the checks that are off
    by default. Any text is accepted: an empty summary has no claims.
    """
    view = beside(article, summary)
    lacks = _lacks(view)
    on = {n: c for n, c in checks().items() if (quiet or not c.quiet) and not c.needs & lacks}
    off = [n for n, c in checks().items() if c.needs & lacks]
    claims = [claim for part in on.values() for claim in part.claims(view)]
    notes = tuple(
        f"{_LACKS[need]}: not checked were {', '.join(n for n in off if need in checks()[n].needs)}"
        for need in sorted(lacks)
    )
    kept = _strongest(view, claims)
    return Findings(tuple(kept), tuple(_sentences(view, kept)), notes)


def _lacks(view: AlignedSummary) -> frozenset[str]:
    have = {"case": view.cased, "english": view.article.english}
    return frozenset(need for need, given in have.items() if not given)


def _strongest(view: AlignedSummary, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims without those that a stronger one on the same words makes needless.

    Of claims of one tier the shorter is kept, but for a whole sentence from elsewhere: that says
    more than each of its names; and a class says least of one word.
    """
    bounds = [(view.tokens[s.start].start, view.tokens[s.stop - 1].end) for s in view.sentences]
    ranked = sorted(
        claims,
        key=lambda c: (
            c.tier or "Z",
            c.check != "out_of_article" or (c.start, c.end) not in bounds,
            c.end - c.start,
            c.start,
            c.check == "classes",
            c.check,
        ),
    )
    kept: list[Claim] = []
    for claim in ranked:
        if not any(claim.start < other.end and other.start < claim.end for other in kept):
            kept.append(claim)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _sentences(view: AlignedSummary, claims: Sequence[Claim]) -> Iterator[SentenceSupport]:
    for sentence in view.sentences:
        start, end = view.tokens[sentence.start].start, view.tokens[sentence.stop - 1].end
        flagged = [claim for claim in claims if claim.flagged and start <= claim.start < end]
        yield SentenceSupport(
            start, end, support(view, sentence, flagged), view.evidence(sentence.start)
        )
