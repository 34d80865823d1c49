"""Reads a saved page, HTML or plain text, from what its file holds."""

import codecs
import re

from harness.errors import InputError
from harness.pages.clean import clean, lone_surrogate
from harness.pages.page import Page
from harness.pages.plain import read_plain

_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?:(?><!--.*?-->)\s*+)*+<(!doctype\s+html|html|head|meta|title|body|article|main|div|p|h1)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_AS_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
_AS_BROWSERS |= {"us-ascii": "cp1252", "windows-874": "cp874"}
"""Encodings that every browser reads as another: WHATWG, Encoding Standard, section 4.2."""
_KNOWN = re.compile(
    r"ascii|utf-(8|8-sig|16|16-[lb]e)|iso8859-\d+|(koi8|mac)-[\w-]+|cp(866|874|932|949|125\d)|"
    r"tis-620|gb(2312|k|18030)|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_jp"
)
"""Python's names of what that standard knows; its others are no encodings of pages: punycode."""


def read_page(raw: str | bytes, name: str = "page", *, html: bool | None = None) -> Page:
    """Take a saved page apart: its article, the AI summary it carries, and what is neither.

    ``name`` stands in messages. Whether a page is HTML is seen from its first tag unless ``html``
    says it. Bytes are UTF-8; an HTML page may name another encoding in its ``meta`` element.

    Raises InputError for bytes that are not in the encoding, half a surrogate pair, and a page
    without an article; MissingExtraError for HTML where trafilatura is not installed.
    """
    text = raw if isinstance(raw, str) else _decode(raw, name, html)
    at = lone_surrogate(text)
    if at is not None:
        msg = (
            f"{name}: character {at} is half of a surrogate pair ({text[at]!r}), which no text can "
            "hold. Save the page again as UTF-8."
        )
        raise InputError(msg)
    page = _read(text, is_html(text) if html is None else html, name)
    if not page.body:
        msg = (
            f"{name}: no article was found on this page; {len(page.left_out)} texts were left "
            "out. A page holds a headline and paragraphs, as HTML or plain text. Save it again, or "
            "write its article into a text file and read that with folder(path)."
        )
        raise InputError(msg)
    return page


def _read(text: str, html: bool, name: str) -> Page:
    if not html:
        return read_plain(clean(text))
    from harness.pages.html import read_html  # lxml takes 0.1 s and comes with an extra

    return read_html(text, name)


def is_html(text: str) -> bool:
    """Tell whether a text begins as HTML does.

    >>> is_html("<!DOCTYPE html><title>x</title>"), is_html("<3 is a heart")
    (True, False)
    """
    return _HTML.match(text.removeprefix("\ufeff")) is not None


def _decode(raw: bytes, name: str, html: bool | None) -> str:
    encoding = "utf-8-sig"
    declared = _CHARSET.search(raw[:4096])
    if declared and html is not False and not raw.startswith(b"\xef\xbb\xbf"):
        said = declared[1].decode("ascii").lower()
        encoding = _AS_BROWSERS.get(said, said)
    try:
        known = _KNOWN.fullmatch(codecs.lookup(encoding).name)
    except LookupError:
        known = None
    if known is None:
        msg = f"{name}: the page says its encoding is {encoding!r}, which does not exist here."
        raise InputError(f"{msg} Save it again as UTF-8.")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        msg = (
            f"{name}:{line}: byte {error.start} is {raw[error.start]:#04x}, which is not "
            f"{encoding.removesuffix('-sig').upper()}. Save the page again as UTF-8."
        )
        raise InputError(msg) from None
