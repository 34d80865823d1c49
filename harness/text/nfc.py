"""Unicode's NFC in a time that grows with the text, whatever is in it.

Putting marks into their canonical order takes a time that grows with the square of how many stand
on one letter: a million took Python 3.11 ten minutes. No writing has three hundred.
"""

import re
import unicodedata
from itertools import groupby

_LONG_RUN = re.compile(
    "[\u0300-\u2fff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufe20-\ufe2f\U00010000-\U0001ffff]{300,}"
)
"""Where so many marks may stand on one letter; CJK, which is written without spaces, has none."""
_JOINER = "\u034f"
_MOST = 300
_MARKS = 256


def nfc(text: str) -> str:
    """Return a text in Unicode's NFC.

    Where over 300 combining marks stand on one letter, a joiner (U+034F) comes after every 256 of
    them, as in Unicode's stream-safe format (UAX 15).

    >>> nfc("Cafe\u0301")
    'Café'
    """
    return unicodedata.normalize("NFC", text if text.isascii() else _LONG_RUN.sub(_parted, text))


def _parted(found: re.Match[str]) -> str:
    runs = groupby(found[0], key=lambda character: unicodedata.combining(character) > 0)
    return "".join(_joined("".join(run), marks=marks) for marks, run in runs)


def _joined(run: str, *, marks: bool) -> str:
    if not marks or len(run) <= _MOST:
        return run
    return _JOINER.join(run[i : i + _MARKS] for i in range(0, len(run), _MARKS))
