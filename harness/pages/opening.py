"""What stands between a headline and the article: taken apart into byline, date and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.pages import summary
from harness.pages.furniture import is_furniture, is_prose
from harness.pages.header import has_dateline, is_byline, is_date, is_name, parts

_REACH = 6
"""Lines without byline, date or button after which the article must have begun."""


@dataclass(slots=True)
class Opening:
    """The first ``length`` of some lines: a byline, a date, and what else stands there."""

    length: int
    byline: str | None = None
    date: str | None = None
    left: list[str] = field(default_factory=list)


def opening(lines: Sequence[str]) -> Opening:
    """Return what stands before the article in the lines that follow a headline.

    It ends with the last byline, date or button before the first paragraph. What else stands above
    that, such as a standfirst, is no part of the article either.
    """
    head = Opening(_length(lines))
    for part in [part for line in lines[: head.length] for part in parts(line)]:
        if head.date is None and is_date(part):
            head.date = part
        elif head.byline is None and (is_byline(part) or is_name(part)):
            head.byline = part
        else:
            head.left.append(part)
    return head


def _length(lines: Sequence[str]) -> int:
    length = 0
    for position, line in enumerate(lines):
        if has_dateline(line) or position - length > _REACH:
            break
        if is_prose(line, 20) and not any(map(is_opening, lines[position + 1 : position + 3])):
            break
        if is_opening(line) or is_name(line):
            length = position + 1
    return length


def is_opening(line: str) -> bool:
    """Tell whether a line holds a byline, a date or a button."""
    return summary.is_header_line(line) or summary.leads_over(line) or is_furniture(line)
