"""An HTML page as the blocks of text that a reader sees, each with its place in the tree."""

from dataclasses import dataclass, field
from typing import Any

from harness.pages.clean import clean

Element = Any
"""An element of lxml, which comes without types."""

_BLOCKS = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol "
    "option p pre section select summary table tbody td textarea tfoot th thead tr ul"
)
_BLOCK = frozenset(_BLOCKS.split())
_SILENT = "script style noscript template svg iframe object math audio video canvas"
_UNSEEN = frozenset(_SILENT.split())
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "dt"})


@dataclass(slots=True)
class Block:
    """A run of text between two block elements, and where in the tree it is written.

    ``owner`` is the nearest block element around it; ``slots`` are the places that hold its text.
    """

    text: str
    owner: Element
    slots: list[tuple[Element, str]] = field(default_factory=list)

    @property
    def heading(self) -> bool:
        """Tell whether the block is a heading or a button: a label of what follows."""
        return self.owner.tag in _HEADINGS or self.owner.tag == "button"

    def inside(self, element: Element) -> bool:
        """Tell whether the block is written somewhere within an element."""
        return self.owner is element or any(a is element for a in self.owner.iterancestors())

    def blank(self) -> None:
        """Take the block's text out of the tree."""
        for element, slot in self.slots:
            setattr(element, slot, None)


def parse(text: str) -> Element:
    """Return the tree of an HTML text without what is never seen: scripts, styles, hidden parts."""
    import lxml.etree  # type: ignore[import-untyped] # no stubs come with it
    import lxml.html  # type: ignore[import-untyped] # no stubs come with it

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=parser)
    except lxml.etree.ParserError:  # nothing but white space or comments
        return lxml.html.document_fromstring("<html><body></body></html>")
    for element in tree.xpath("//body//*"):
        if element.tag in _UNSEEN or _is_hidden(element):
            element.drop_tree()
    return tree


def _is_hidden(element: Element) -> bool:
    style = "".join(element.get("style", "").split()).lower()
    return element.get("hidden") is not None or "display:none" in style


def blocks(tree: Element) -> list[Block]:
    """Return the blocks of text of a page's body in their order."""
    import lxml.etree

    body = tree.find("body")
    if body is None:
        return []
    walk = _Walk()
    for event, element in lxml.etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    walk.flush()
    return walk.found


class _Walk:
    """Gathers text until a block element begins or ends."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.owners: list[Element] = []
        self.pieces: list[str] = []
        self.slots: list[tuple[Element, str]] = []

    def enter(self, element: Element) -> None:
        if element.tag in _BLOCK:
            self.flush()
            self.owners.append(element)
        elif element.tag == "br":
            self.flush()
        self._take(element, "text")

    def leave(self, element: Element) -> None:
        if element.tag in _BLOCK:
            self.flush()
            self.owners.pop()
        if self.owners:
            self._take(element, "tail")

    def _take(self, element: Element, slot: str) -> None:
        text = getattr(element, slot)
        if text:
            self.pieces.append(text)
            self.slots.append((element, slot))

    def flush(self) -> None:
        text = squeeze("".join(self.pieces))
        if text and self.owners:
            self.found.append(Block(text, self.owners[-1], self.slots))
        self.pieces, self.slots = [], []


def squeeze(text: str) -> str:
    """Return a text as HTML shows it: white space as single spaces, nothing without width."""
    return " ".join(clean(text.translate(_NO_WIDTH)).split())
