"""What every article passes before anything is written about it, whatever format it came in."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from harness.corpora._seen import Seen
from harness.errors import InputError
from harness.pages.clean import clean, is_blank, lone_surrogate
from harness.records import Article

Place = Callable[[int], str]
"""Says where in a corpus the article with a number stands: ``news.jsonl:7``."""


def guard(
    articles: Iterable[tuple[int, Article]], place: Place, what: str, *, duplicates: bool = False
) -> Iterator[Article]:
    r"""Yield numbered articles in one form, and refuse what would spoil every number below.

    Texts become NFC, line ends ``\n``, control characters go (``pages.clean``); an empty title,
    cluster or AI summary is none. InputError, with the place, for: an empty article or reference;
    half a surrogate pair; an id that is empty, has a line end, or was given before; a text that was
    given before under another id, unless ``duplicates``; a corpus (``what``) without any article.
    """
    ids, texts = Seen(), Seen()
    for number, raw in articles:
        article = _clean(raw, place(number))
        _refuse_again("id", ids.first(article.id, number), article, place, number)
        if not duplicates:
            _refuse_again("text", texts.first(article.text, number), article, place, number)
        yield article
    if not len(ids):
        msg = f"{what} holds no article. Name a corpus that holds at least one."
        raise InputError(msg)


def _clean(article: Article, where: str) -> Article:
    return dataclasses.replace(
        article,
        id=_id(article.id, where),
        text=_text(article.text, "the article's text", where),
        references=tuple(
            _text(reference, f"reference {number} of article {article.id!r}", where)
            for number, reference in enumerate(article.references, 1)
        ),
        title=_optional(article.title, "the title", where),
        published=_optional(article.published, "the page's AI summary", where),
        cluster=_optional(article.cluster, "the cluster", where),
    )


def _id(raw: str, where: str) -> str:
    text = _text(raw, "the id", where)
    if "\n" in text:
        msg = f"{where}: the id {text!r} has a line end in it. An id is one line."
        raise InputError(msg)
    return text


def _text(raw: str, what: str, where: str) -> str:
    at = lone_surrogate(raw)
    if at is not None:
        msg = (
            f"{where}: character {at + 1} of {what} is {raw[at]!r}, half of a surrogate pair, "
            "which no text can hold. Write the whole character."
        )
        raise InputError(msg)
    text = clean(raw)
    if is_blank(text):
        msg = f"{where}: {what} is empty. Give it a text, or leave it out of the corpus."
        raise InputError(msg)
    return text


def _optional(raw: str | None, what: str, where: str) -> str | None:
    return None if raw is None or is_blank(clean(raw)) else _text(raw, what, where)


def _refuse_again(
    kind: str, first: int | None, article: Article, place: Place, number: int
) -> None:
    if first is None:
        return
    if kind == "id":
        what = f"the id {article.id!r}"
        advice = "Every article needs an id of its own."
    else:
        what = f"the text of article {article.id!r}, {article.text[:40]!r}...,"
        advice = "Take one of them out, or allow it with duplicates=True."
    msg = f"{place(number)}: {what} was given before, at {place(first)}. {advice}"
    raise InputError(msg)
