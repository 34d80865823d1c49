r"""One form for every text that comes in: NFC, ``\n`` at line ends, no control characters."""

import re

from harness.text.nfc import nfc

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = " \n\u00ad\u200b\u200c\u200d\u2060"


def clean(text: str) -> str:
    r"""Return the text in the one form that harness works on.

    Line ends of all kinds become ``\n`` and a paragraph separator (U+2029) two of them; a tab
    becomes a space; other control characters and byte order marks go; what remains is put into
    Unicode's NFC and stripped at both ends. Lines and paragraphs stay as they are.

    >>> clean("Cafe\u0301\r\n\tis\x07 open\n")
    'Café\n is open'
    """
    text = _LINE_END.sub("\n", text.replace("\u2029", "\n\n")).replace("\t", " ")
    return nfc(_CONTROL.sub("", text)).strip()


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: only white space and characters without width."""
    return not text.strip(_BLANK).strip()


def lone_surrogate(text: str) -> int | None:
    """Return where a text holds half of a surrogate pair, which no UTF-8 file can, or None."""
    found = None if text.isascii() else _SURROGATE.search(text)
    return found.start() if found else None
