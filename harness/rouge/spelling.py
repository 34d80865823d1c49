r"""Stage 1, spelling: a text becomes bytes in which tokens, blanks and line ends are told apart.

Two tokenisers, which differ in this stage alone:

- ``ascii``, rouge-score's: tokens are runs of a-z and 0-9 after lower-casing; every other
  character parts tokens. Words of other scripts vanish; ``letters_lost`` says how much.
- ``unicode``: tokens are runs of letters and digits of any script with the marks upon them, as
  UTF-8. Scripts written without spaces between words (Chinese, Japanese, Thai, Lao, Khmer,
  Burmese, Yi) give a token per character, which needs no segmenter to be agreed upon.

Both keep "\n" and no other line end: rouge-score parts sentences there and nowhere else.
"""

import re
import unicodedata
from typing import Literal

from harness.text.nfc import nfc

Tokeniser = Literal["ascii", "unicode"]

# The only characters outside ASCII that have ASCII letters in lower case: capital I with a dot
# (i and a mark above) and the Kelvin sign (k). A test goes through all of Unicode.
_LOWER_TO_ASCII = re.compile("[\u0130\u212a]")

_UNSPACED = re.compile(
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b"  # Chinese radicals and numerals
    "\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001b000-\U0001b16f"  # Japanese kana
    "\u3105-\u312f\u31a0-\u31bf"  # Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
    "\ua000-\ua4cf"  # Yi
    "]"
)
_SELECTOR = re.compile("[\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")

_ASCII = re.compile("[\x00-\x7f]+")


def _byte_table(above_ascii: bytes) -> bytes:
    """Map ASCII letters to lower case, digits and line ends to themselves, the rest to blanks."""
    kept = {ord(c): ord(c.lower()) for c in map(chr, range(128)) if c.isalnum() or c == "\n"}
    return bytes(kept.get(byte, 32) for byte in range(128)) + above_ascii


BYTE_TABLES: dict[Tokeniser, bytes] = {
    "ascii": _byte_table(b" " * 128),
    "unicode": _byte_table(bytes(range(128, 256))),
}


def spell(text: str, tokeniser: Tokeniser) -> bytes:
    """Encode a text so that one look at ``BYTE_TABLES[tokeniser]`` per byte finishes it.

    The look-up itself is left to the caller, who does it once for many texts. A text of one
    line never gains a line, nor does a text of many lose one.
    """
    if text.isascii():
        return text.encode()
    if tokeniser == "unicode":
        return nfc(text).lower().translate(_RESPELT).encode()
    if _LOWER_TO_ASCII.search(text):
        text = text.lower()
    return text.encode("ascii", "replace")


class _Respelt(dict[int, str]):
    """What the Unicode tokeniser makes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = respelt = _respell(chr(code))
        return respelt


def _respell(character: str) -> str:
    if character == "\n":
        return character
    kind = unicodedata.category(character)
    if character.isalnum() or (kind in {"Mn", "Mc"} and not _SELECTOR.match(character)):
        return f" {character} " if _UNSPACED.match(character) else character
    # Joiners, soft hyphens, selectors and keycaps stand inside words and emoji and mean nothing
    # by themselves; of the characters without width only the zero-width space parts words.
    silent = kind in {"Cf", "Me", "Mn"} and character != "\u200b"
    return "" if silent else " "


_RESPELT = _Respelt()


def letters_lost(text: str) -> float:
    """Return the share of a text's letters that the ASCII tokeniser drops.

    From 0 (none, and also a text without letters) to 1 (all of them, as in Greek or Chinese:
    two such texts share no token even where they are identical). Letters are what Unicode calls
    letters, after lower-casing; digits and marks do not count.
    """
    if text.isascii():
        return 0.0
    lowered = text.lower()
    lost = sum(map(str.isalpha, _ASCII.sub("", lowered)))
    kept = sum(map(str.isalpha, "".join(_ASCII.findall(lowered)))) if lost else 1
    return lost / (lost + kept) if lost else 0.0
