"""One key for the inflected forms of an English word: "studies", "studied" and "studying" are one.

Weaker than a stemmer on purpose: it strips what inflection adds (plural, past, -ing, -ly) and
looks irregular forms up, but leaves derivation alone, so that "university" and "universe" or
"employer" and "employee" stay two words. Words of other languages pass through unchanged but for
such endings, on both sides alike.
"""

import re
from functools import lru_cache

from harness.facts import words

_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """Return what the inflected forms of the lower-case ``word`` share.

    The cache holds a pure function of one word, so it cannot carry anything between texts.

    >>> [key(word) for word in ("stopped", "stopping", "cities", "city", "bought", "buys")]
    ['stop', 'stop', 'citi', 'citi', 'buy', 'buy']
    """
    base = words.irregular().get(word)
    return _trim(base if base is not None else _strip(word))


def form(word: str) -> str:
    """Return which participle a word is: "ed" (or irregular), "ing", or "" for anything else."""
    past = words.irregular().get(word, word) != word
    return "ed" if past or word.endswith("ed") else "ing" if word.endswith("ing") else ""


def _strip(word: str) -> str:
    if len(word) <= 3:
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = _singular(word)
        word = words.irregular().get(word, word)
    for ending, least in (("edly", 4), ("ingly", 4), ("ly", 4), ("ed", 3), ("ing", 3)):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= least and _VOWELS & set(stem):
            return _restore(stem) if ending in ("ed", "ing") else stem
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _restore(stem: str) -> str:
    """Undo what -ed and -ing did to the end: "planning" doubled its n, "hoping" lost its e."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if _short(stem) else stem


_short = re.compile(r"(?:[^aeiouy]|qu)*[aeiouy][^aeiouywx]").fullmatch
"""One syllable that would double its consonant, had it no final e: hop-, plan-, not wait-."""


def _trim(base: str) -> str:
    if len(base) > 3 and base.endswith("e") and not _short(base[:-1]):
        base = base[:-1]
    if len(base) > 2 and base.endswith("y") and base[-2] not in _VOWELS:
        base = base[:-1] + "i"
    return base[:-1] if len(base) > 4 and base.endswith("ll") else base
