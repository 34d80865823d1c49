"""Summaries of a batch: what a candidate wrote in a form that can be kept, or why it did not."""

import reprlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from harness import spec
from harness.errors import HarnessError, SummariserError
from harness.files import whole
from harness.parts import Summariser
from harness.records import Article, Summary, unwritten
from harness.text.nfc import nfc

_TOO_MANY = 2**31
"""The first count that does not fit its column."""


def summarise_batch(part: Summariser, articles: Sequence[Article]) -> list[Summary]:
    """Return what the candidate writes; an article it fails on costs the others nothing.

    Raises SummariserError where it returns anything but one Summary for each article.
    """
    try:
        given: object = part.summarise(list(articles))
        summaries = list(given) if isinstance(given, Iterable) else [given]
    except HarnessError:
        raise
    except (Exception, SystemExit) as error:  # anybody's code may raise anything, about one article
        if len(articles) > 1:
            return [s for article in articles for s in summarise_batch(part, [article])]
        return [_clean(unwritten(f"raised {type(error).__name__}: {error}"))]
    return [_clean(s) for s in _expected(part, summaries, articles)]


def _expected(
    part: Summariser, given: Sequence[object], articles: Sequence[Article]
) -> list[Summary]:
    """Refuse what a candidate must not return, before it is kept: it may be anybody's code."""
    summaries = [s for s in given if _can_be_kept(s)]
    odd = [s for s in given if not _can_be_kept(s)]
    if len(given) == len(articles) and not odd:
        return summaries
    told = f"{reprlib.repr(odd[0])} among its" if odd else f"{len(given)}"
    msg = (
        f"{spec.show(part)} returned {told} summaries for {len(articles)} articles "
        f"({articles[0].id!r} to {articles[-1].id!r}). "
        "It must return one Summary for each, in order."
    )
    raise SummariserError(msg)


def _can_be_kept(summary: object) -> TypeGuard[Summary]:
    if not isinstance(summary, Summary):
        return False
    texts: tuple[object, ...] = (summary.text, summary.reason)
    counts: tuple[object, ...] = (summary.held_out, summary.tokens_in, summary.tokens_out)
    return all(isinstance(text, str | None) for text in texts) and all(
        n is None or (isinstance(n, int) and 0 <= n < _TOO_MANY) for n in counts
    )


def _clean(summary: Summary) -> Summary:
    """Return the summary with text that can be kept: NFC, without lone surrogates, not empty."""
    if summary.text is None:
        return replace(summary, reason=whole(summary.reason or "no reason"))
    text = nfc(whole(summary.text)).replace("\r\n", "\n").strip()
    return replace(summary, text=text) if text else unwritten("empty summary")
