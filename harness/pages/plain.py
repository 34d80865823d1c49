"""Reads a page that was saved, or copied, as plain text."""

from harness.pages import summary
from harness.pages.disclaimer import is_label, split_disclaimer
from harness.pages.furniture import is_furniture, is_prose, sort_out
from harness.pages.header import has_dateline
from harness.pages.opening import opening
from harness.pages.page import Page

_WRAPPED = 100
"""A file without a longer line has its paragraphs broken into lines."""
_ABOVE = 3
"""Paragraphs that may stand above a disclaimer; further down such words are the article's own."""


def read_plain(text: str) -> Page:
    """Take apart the clean text of a page: a paragraph a line, or paragraphs broken into lines."""
    lines = to_lines(text)
    left: list[str] = []
    title, lines = _headline(lines, left)
    note = _find(lines)
    lines, disclaimer, published = _take_summary(lines, note, left)
    head = opening(lines)
    body, furniture = sort_out(lines[head.length :])
    return Page(
        title=title,
        byline=head.byline,
        date=head.date,
        disclaimer=disclaimer,
        published=published or None,
        body="\n\n".join(body),
        left_out=_in_order(to_lines(text), [*left, *head.left, *furniture]),
    )


def to_lines(text: str) -> list[str]:
    """Return a text's paragraphs, one string each, however its lines are broken."""
    lines = [line.strip() for line in text.split("\n")]
    if max(map(len, lines)) > _WRAPPED:
        return [line for line in lines if line]
    found: list[str] = []
    joins = False
    for line in lines:
        if joins and line and not summary.is_item(line):
            found[-1] += " " + line
        elif line:
            found.append(line)
        joins = len(line) > _WRAPPED // 2 or (joins and bool(line))
    return found


def _headline(lines: list[str], left: list[str]) -> tuple[str | None, list[str]]:
    """Return the headline and what follows it; what stands above it is left out."""
    owners = [line for line in lines if line.startswith(("©", "Copyright"))]
    for position, line in enumerate(lines):
        if has_dateline(line) or (len(line.split()) > 30 and is_prose(line)):
            break
        if is_furniture(line) or _is_navigation(line, owners, lines[position + 1 :]):
            continue
        left += lines[:position]
        return line, lines[position + 1 :]
    return None, lines


def _is_navigation(line: str, owners: list[str], after: list[str]) -> bool:
    """Tell whether a line above the headline is a menu's, a trail's or the masthead's."""
    if any(mark in line for mark in (" | ", " \u203a ", " » ", " > ", " / ")):
        return True
    if any(line.casefold() in owner.casefold() for owner in owners):
        return True
    return len(line.split()) <= 2 and bool(after) and not is_prose(after[0], 1)


def _find(lines: list[str]) -> tuple[int, str, str] | None:
    """Return the position of the disclaimer, its words, and what follows it in its line."""
    paragraphs = 0
    for position, line in enumerate(lines):
        labelled = position > 0 and is_label(lines[position - 1])
        found = split_disclaimer(
            line, labelled=labelled or _label_above(lines, position) is not None
        )
        if found and not is_furniture(line):
            return position, *found
        paragraphs += is_prose(line, 20)
        if paragraphs > _ABOVE:
            return None
    return None


def _label_above(lines: list[str], position: int) -> int | None:
    """Return where a heading stands that has its summary between it and a line below."""
    above = [i for i in range(max(0, position - 10), position) if is_label(lines[i])]
    return above[-1] if above else None


def _take_summary(
    lines: list[str], note: tuple[int, str, str] | None, left: list[str]
) -> tuple[list[str], str | None, str]:
    """Return the lines without disclaimer and summary, the disclaimer, and the summary."""
    if note is None:
        return lines, None, ""
    position, disclaimer, rest = note
    label = _label_above(lines, position)
    if label is not None:
        left.append(lines[label])
    if label is not None and label < position - 1:
        above = [line for line in lines[label + 1 : position] if not is_furniture(line)]
        return (
            [*lines[:label], *([rest] if rest else []), *lines[position + 1 :]],
            disclaimer,
            (summary.join(above)),
        )
    before = lines[: position if label is None else label]
    after = lines[position + 1 :]
    count = 0 if rest and not rest.endswith(":") else summary.length(after)
    taken = ([rest] if rest else []) + after[:count]
    return before + after[count:], disclaimer, summary.join(taken)


def _in_order(lines: list[str], left: list[str]) -> tuple[str, ...]:
    """Return what was left out in the order of the page."""
    place = {line: position for position, line in reversed(list(enumerate(lines)))}

    def position(text: str) -> int:
        return place.get(text, next((i for i, x in enumerate(lines) if text in x), len(lines)))

    return tuple(sorted(left, key=position))
