"""Words of a text, for lengths, overlap and word counts; ROUGE has tokens of its own.

A word is a run of letters and digits of any script, with the marks written on them (accents, vowel
signs), kept together across

- an apostrophe or hyphen between two of them: `don't`, `l'accord`, `19-year-old`, `2-1`;
- a decimal point or a comma between two digits: `3.5`, `27,000`, `1.299,50`;
- a full stop between single letters: `U.S`, `a.m`, `J.R.R`; the last stop is left out, so that the
  word is the same in the middle and at the end of a sentence.

Chinese and Japanese write no spaces between words, so each of their characters is a word. Thai,
Lao, Khmer and Burmese write none either and come out in phrases. Everything else (punctuation,
currency and per cent signs, emoji, underscores) is no part of a word. Case is kept.
"""

import re
from unicodedata import category

_CJK = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff" + (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_WRITTEN_ON = "\u200c\u200d" + "".join(  # and the joiners inside Persian and Indic words
    chr(code)
    for block in (range(0x0300, 0x2100), range(0xA66F, 0xAC00))
    for code in block
    if category(chr(code)) in ("Mn", "Mc")
)
_RUN = rf"[^\W_{_CJK}]++(?:[{_WRITTEN_ON}]++[^\W_{_CJK}]*+)*+"
_WORD = re.compile(
    rf"[{_CJK}]|{_RUN}"
    r"(?:(?:['\u2019\u2010\u2011-]|(?<=\d)[.,](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b))"
    rf"{_RUN})*+"
)


WORDS = "own-1"
"""The version of this rule, for signatures: it changes whenever any text may have other words."""


def words(text: str) -> list[str]:
    """Return the words of a text in order, as written; none for a text without letters or digits.

    >>> words("Mr. O'Neil's U.S. team won 2-1 in 3.5 hours.")
    ['Mr', "O'Neil's", 'U.S', 'team', 'won', '2-1', 'in', '3.5', 'hours']
    """
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """Return the number of words in a text: 0 or more."""
    return len(_WORD.findall(text))
