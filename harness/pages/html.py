"""Reads a page that was saved as HTML.

The disclaimer and the summary are found in the tree and taken out of it; trafilatura (Barbaresi,
2021) then extracts the article from what remains, so that no word of the summary is in it.
"""

import copy
import dataclasses
from collections.abc import Callable, Sequence

from harness.errors import MissingExtraError
from harness.pages import container, dom, meta
from harness.pages.clean import clean
from harness.pages.dom import Block, Element, squeeze
from harness.pages.furniture import is_prose, sort_out
from harness.pages.header import is_date, parts
from harness.pages.opening import opening
from harness.pages.page import Page

_NEVER = frozenset({"nav", "footer", "form", "button", "select"})
_ASIDE = frozenset({"aside", "header", "figcaption", "table", "li"})
_TELLING = 30
"""Letters from which on a text that stands within the body is taken for a part of it."""


def read_html(text: str, name: str) -> Page:
    """Take apart the text of an HTML page; ``name`` stands in messages."""
    extract = _trafilatura(name)
    tree = dom.parse(clean(text))
    blocks = dom.blocks(tree)
    found = container.find(blocks)
    for block in found.blocks:
        block.blank()
    rest = _without(blocks, found.blocks)
    title = meta.title(tree)
    start = _after_title(rest, title)
    head = opening([b.text for b in rest[start:]])
    never = {b.text for b in rest[: start + head.length]}
    never |= {b.text for b in rest if _stands_in(b, _NEVER)}
    lines = [line for line in _lines(extract(tree)) if line not in never]
    body, _ = sort_out(lines or _own_choice(rest))
    page = Page(
        title=title,
        byline=head.byline or meta.byline(tree),
        date=head.date or meta.date(tree),
        disclaimer=found.disclaimer,
        published=found.published,
        body="\n\n".join(body),
    )
    shown = _without(blocks, _without(found.blocks, found.labels))
    return dataclasses.replace(page, left_out=_left_out([b.text for b in shown], page))


def _trafilatura(name: str) -> Callable[[Element], str]:
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError("trafilatura", "html", f"Reading the HTML page {name}") from None

    def extract(tree: Element) -> str:
        found = trafilatura.extract(
            copy.deepcopy(tree), include_comments=False, include_tables=False
        )
        return found or ""

    return extract


def _without(blocks: Sequence[Block], taken: Sequence[Block]) -> list[Block]:
    gone = {id(b) for b in taken}
    return [b for b in blocks if id(b) not in gone]


def _stands_in(block: Block, tags: frozenset[str]) -> bool:
    return any(e.tag in tags for e in (block.owner, *block.owner.iterancestors()))


def _own_choice(blocks: Sequence[Block]) -> list[str]:
    """Return the paragraphs of a page too small for trafilatura to find an article in."""
    return [b.text for b in blocks if is_prose(b.text) and not _stands_in(b, _NEVER | _ASIDE)]


def _after_title(blocks: Sequence[Block], title: str | None) -> int:
    """Return the position after the headline, or 0 where no block holds it."""
    places = [i for i, b in enumerate(blocks) if b.text == title]
    headings = [i for i in places if blocks[i].owner.tag in ("h1", "h2")]
    return next(iter(headings or places), -1) + 1


def _lines(text: str) -> list[str]:
    lines = [squeeze(line.removeprefix("- ")) for line in text.split("\n")]
    return [line for line in lines if line]


def _left_out(texts: Sequence[str], page: Page) -> tuple[str, ...]:
    """Return the texts of the page that no field of it holds."""
    body = {_letters(p) for p in page.body.split("\n\n")}
    whole = _letters(page.body)

    def told(text: str) -> bool:
        letters = _letters(text)
        return (
            text == page.title or letters in body or (len(letters) > _TELLING and letters in whole)
        )

    rest = [_untold(text, page) for text in texts if not told(text)]
    return tuple(text for text in rest if text)


def _untold(text: str, page: Page) -> str:
    """Return what a line holds beside byline and date."""
    pieces = parts(text)
    rest = [p for p in pieces if p != page.byline and not is_date(p)]
    return text if len(rest) == len(pieces) else " · ".join(rest)


def _letters(text: str) -> str:
    return "".join(text.split())
