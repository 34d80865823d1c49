"""Where the AI summary under a disclaimer ends and the article begins.

Nothing on a saved page marks that place, so it is told by what stands there: the end of a list, a
line that leads over to the article, a byline or date, the dateline of the first paragraph. Where
there is none of these the summary is one paragraph.
"""

import re
from collections.abc import Sequence

from harness.pages.header import has_dateline, is_byline, is_date, parts

WORDS = 260
"""Words in the longest summary: what begins further down is no sign of its end."""

_ITEM = re.compile(r"\s*(?:[•●▪◦‣·*\u2013—-]|\(?\d{1,2}[.)])\s+(?=\S)")
_LEADS_OVER = re.compile(
    r"[-\u2013—_*=·• ]{3,}|(read|see|view|show|go to|continue to|back to) (the )?"
    r"(full|whole|complete|entire|original|more|less)\b.{0,30}|continue reading\b.{0,30}|"
    r"(the )?(full|whole|complete|original) (article|story|text|report):?|"
    r"(end of|hide|close|show|expand) (the )?summary.{0,20}|(was|is|did) (this|the) summary\b"
    r".{0,40}|(this )?summary ends( here)?|article:?|story:?",
    re.I,
)
_ENDED = re.compile(r"[.?!…][\"'”\u2019)\]]*$")


def is_item(line: str) -> bool:
    """Tell whether a line begins as an item of a list does: with a bullet, a dash or a number."""
    return _ITEM.match(line) is not None


def unbullet(line: str) -> str:
    """Return a line without the bullet or number before it."""
    found = _ITEM.match(line)
    return line[found.end() :].strip() if found else line.strip()


def leads_over(line: str) -> bool:
    """Tell whether a line only parts a summary from its article: a rule, "Read full article"."""
    return _LEADS_OVER.fullmatch(line.strip()) is not None


def is_header_line(line: str) -> bool:
    """Tell whether a line holds a byline or a date, or both."""
    pieces = parts(line)
    return bool(pieces) and any(is_byline(p) or is_date(p) for p in pieces)


def length(lines: Sequence[str]) -> int:
    """Return how many of the lines that follow a disclaimer are the summary."""
    if not lines:
        return 0
    first = 1 if lines[0].rstrip().endswith(":") and len(lines) > 1 and is_item(lines[1]) else 0
    items = _run_of_items(lines[first:])
    return first + items if items else _up_to_a_sign(lines)


def _run_of_items(lines: Sequence[str]) -> int:
    return next((i for i, line in enumerate(lines) if not is_item(line)), len(lines))


def _up_to_a_sign(lines: Sequence[str]) -> int:
    words = 0
    for position, line in enumerate(lines):
        if leads_over(line) or is_header_line(line) or has_dateline(line):
            return position
        words += len(line.split())
        if words > WORDS:
            break
    return 1


def join(lines: Sequence[str]) -> str:
    """Return a summary as one text: a space after a piece that ends a sentence, else a line end.

    So its sentences stand one space apart, and the items of a list that have no full stop do not
    run together.
    """
    pieces = [unbullet(line) for line in lines]
    text = "".join(p + (" " if _ENDED.search(p) else "\n") for p in pieces)
    return text.strip()
