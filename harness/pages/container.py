"""Finds the AI summary of an HTML page: by its disclaimer, and the element that holds both.

The smallest element around the disclaimer that holds more text than it is taken for the summary's
box, unless it is the article itself: too long, more than half of the page's paragraphs, or with the
headline in it. Then the summary is what follows the disclaimer: its neighbour element, the blocks
of its own kind, or what the rules for plain text say.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.pages import summary
from harness.pages.disclaimer import is_label, split_disclaimer
from harness.pages.dom import Block, Element
from harness.pages.furniture import is_furniture, is_prose
from harness.pages.header import has_dateline

_ABOVE = 3
"""Paragraphs that may stand above a disclaimer that has no box of its own."""
_NEVER_A_BOX = frozenset({"html", "body", "main", "article"})
_NAMED = re.compile(r"summar|tl-?dr|\bai\b|ai[-_]|[-_]ai|key-?points|takeaway|in-?brief|gist", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """The disclaimer and the summary of a page, and every block that belongs to them."""

    disclaimer: str | None = None
    published: str | None = None
    blocks: list[Block] = field(default_factory=list)
    labels: list[Block] = field(default_factory=list)
    """Of these, the headings and buttons: they are neither disclaimer nor summary."""


@dataclass(frozen=True, slots=True)
class _Note:
    """A block that begins with a disclaimer, and what follows that in the block."""

    block: Block
    disclaimer: str
    rest: str


def find(blocks: Sequence[Block]) -> Found:
    """Return the page's AI summary; a Found of nothing where there is none."""
    paragraphs = 0
    for position, block in enumerate(blocks):
        told = split_disclaimer(block.text, labelled=_is_labelled(blocks, position))
        if told and not is_furniture(block.text):
            note = _Note(block, *told)
            found = _in_box(blocks, note) or (
                _after(blocks, position, note) if paragraphs <= _ABOVE else None
            )
            if found:
                return found
        paragraphs += is_prose(block.text, 20)
    return Found()


def _is_labelled(blocks: Sequence[Block], position: int) -> bool:
    """Tell whether a heading or the name of an element around it says that this is a summary."""
    if any(is_label(b.text) for b in blocks[max(0, position - 2) : position]):
        return True
    around = [blocks[position].owner, *list(blocks[position].owner.iterancestors())[:2]]
    return any(
        _NAMED.search(f"{e.get('class', '')} {e.get('id', '')}")
        for e in around
        if e.tag not in _NEVER_A_BOX
    )


def _in_box(blocks: Sequence[Block], note: _Note) -> Found | None:
    """Return the summary if it shares a small element with its disclaimer."""
    box = note.block.owner
    while box is not None:
        inner = [b for b in blocks if b.inside(box)]
        text = _content(inner, note)
        if text or note.rest:
            return _found(note, text, inner) if _is_box(box, inner, blocks) else None
        box = box.getparent()
    return None


def _content(inner: Sequence[Block], note: _Note | None) -> list[Block]:
    return [
        b
        for b in inner
        if not (note and b is note.block)
        and not b.heading
        and b.owner.tag != "figcaption"
        and not (is_label(b.text) or is_furniture(b.text) or summary.leads_over(b.text))
    ]


def _is_box(box: Element, inner: Sequence[Block], blocks: Sequence[Block]) -> bool:
    words = sum(len(b.text.split()) for b in inner)
    prose = sum(len(b.text.split()) for b in blocks if is_prose(b.text))
    return (
        box.tag not in _NEVER_A_BOX
        and words <= summary.WORDS
        and 2 * words < prose
        and not any(b.owner.tag == "h1" or has_dateline(b.text) for b in inner)
        and not any(summary.is_header_line(b.text) for b in inner)
    )


def _found(note: _Note, text: Sequence[Block], inner: Sequence[Block]) -> Found:
    lines = ([note.rest] if note.rest else []) + [b.text for b in text]
    return Found(
        disclaimer=note.disclaimer,
        published=summary.join(lines) or None,
        blocks=[note.block, *(b for b in inner if b is not note.block)],
        labels=[b for b in inner if b is not note.block and not any(b is t for t in text)],
    )


def _after(blocks: Sequence[Block], position: int, note: _Note) -> Found:
    """Return the summary where its disclaimer stands among the article's own blocks."""
    label = next((i for i in range(position - 1, -1, -1) if is_label(blocks[i].text)), None)
    between = [] if label is None else _content(blocks[label:position], note)
    if between and sum(len(b.text.split()) for b in between) <= summary.WORDS:
        return _found(note, between, blocks[label:position])
    if note.rest:
        return _found(note, [], [])
    start = position + 1
    while start < len(blocks) and not _content(blocks[start : start + 1], None):
        start += 1
    following = blocks[start:]
    chosen = _neighbour(following, note, blocks) or _of_a_kind(following)
    chosen = chosen or following[: summary.length([b.text for b in following])]
    return _found(note, _content(chosen, None), [*blocks[position + 1 : start], *chosen])


def _neighbour(
    following: Sequence[Block], note: _Note, blocks: Sequence[Block]
) -> Sequence[Block] | None:
    """Return the blocks of the element beside the disclaimer's, if it can be a summary's box."""
    if not following:
        return None
    around = [note.block.owner, *note.block.owner.iterancestors()]
    box = following[0].owner
    while (parent := box.getparent()) is not None and not any(parent is e for e in around):
        box = parent
    inner = [b for b in following if b.inside(box)]
    whole = box is not following[0].owner or box.tag in ("blockquote", "ul", "ol", "dl")
    return inner if whole and _is_box(box, inner, blocks) else None


def _of_a_kind(following: Sequence[Block]) -> Sequence[Block] | None:
    """Return the first blocks of one tag and class, if the article's paragraphs have another."""
    kinds = [(b.owner.tag, b.owner.get("class")) for b in following]
    prose = Counter(k for k, b in zip(kinds, following, strict=True) if is_prose(b.text, 20))
    if not prose or kinds[0] == prose.most_common(1)[0][0]:
        return None
    end = next((i for i, kind in enumerate(kinds) if kind != kinds[0]), len(kinds))
    words = sum(len(b.text.split()) for b in following[:end])
    return following[:end] if words <= summary.WORDS else None
