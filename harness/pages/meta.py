"""What an HTML page says of itself in its marks: headline, author, date."""

import re

from harness.pages.dom import Element, squeeze
from harness.pages.header import is_date

_SITE = re.compile(r"\s+[|\u2013—»·-]\s+[^|\u2013—»·]{2,50}$")
_QUOTES = str.maketrans("\u2018\u2019“”", "''\"\"")
_AUTHOR = (
    "//*[@rel='author' or @itemprop='author' or contains(@class,'author') "
    "or contains(@class,'byline')]"
)
_DATE = "//time | //*[contains(@class,'date') or contains(@class,'time')]"


def title(tree: Element) -> str | None:
    """Return the headline: the heading that the page's title repeats, or its first one.

    Where there is no heading it is what the page gives to social networks, or its title without
    the site's name.
    """
    told = _content(tree, "og:title") or squeeze(tree.findtext("head/title") or "")
    headings = [squeeze(h.text_content()) for tag in ("h1", "h2") for h in tree.iter(tag)]
    for heading in headings:
        if len(heading.split()) >= 3 and _plain(heading) in _plain(told):
            return heading
    first = next((squeeze(h.text_content()) for h in tree.iter("h1")), "")
    return first or _content(tree, "og:title") or _SITE.sub("", told) or None


def _plain(text: str) -> str:
    return text.casefold().translate(_QUOTES)


def byline(tree: Element) -> str | None:
    """Return the author that the page's marks name, for where no line of it does."""
    for element in tree.xpath(_AUTHOR):
        text = squeeze(element.text_content())
        if 0 < len(text.split()) <= 14:
            return text
    return _content(tree, "author")


def date(tree: Element) -> str | None:
    """Return the date of publication that the page's marks name, for where no line of it does."""
    for element in tree.xpath(_DATE):
        text = squeeze(element.text_content())
        if is_date(text):
            return text
    times = tree.xpath("//time/@datetime")
    return str(times[0]) if times else _content(tree, "article:published_time")


def _content(tree: Element, name: str) -> str | None:
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return (squeeze(found[0]) or None) if found else None
