"""The value that reading a page gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, taken apart.

    ``body`` is the article: paragraphs with an empty line between them. ``published`` is the AI
    summary that the page carries and ``disclaimer`` the line that says so; either may be missing.
    ``byline`` and ``date`` are as the page writes them. ``left_out`` holds, in the page's order,
    every other text on it.
    """

    title: str | None
    byline: str | None
    date: str | None
    disclaimer: str | None
    published: str | None
    body: str
    left_out: tuple[str, ...] = ()
