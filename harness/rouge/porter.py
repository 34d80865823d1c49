"""The Porter stemmer as rouge-score uses it: nltk's, in its mode NLTK_EXTENSIONS.

M. Porter, "An algorithm for suffix stripping", Program 14.3 (1980), with nltk's departures from
it: a list of irregular forms, ``ies`` and ``ied`` of four-letter words, ``y`` turned into ``i``
after any consonant, ``alli``, ``fulli`` and ``logi`` in step 2, and *o for two-letter stems.

What makes it quick: whether a letter is a consonant depends only on the letters before it. So
one string of ``c`` and ``v`` serves a word and every beginning of it, and the measure m of the
first k letters, Porter's number of vowel-consonant turns, is ``kinds.count("vc", 0, k)``.
"""

_IRREGULAR = {
    form: base
    for base, forms in {
        "sky": ("sky", "skies"),
        "die": ("dying",),
        "lie": ("lying",),
        "tie": ("tying",),
        "news": ("news",),
        "inning": ("innings", "inning"),
        "outing": ("outings", "outing"),
        "canning": ("cannings", "canning"),
        "howe": ("howe",),
        "proceed": ("proceed",),
        "exceed": ("exceed",),
        "succeed": ("succeed",),
    }.items()
    for form in forms
}

_Rules = dict[str, list[tuple[str, str]]]


def _rules(table: str) -> _Rules:
    """Read ``suffix>replacement`` words into lists by the last two letters of the suffix.

    Suffixes with different last letters never both fit, so the order of a list is all that
    counts, and that is the order of nltk's rules.
    """
    rules: _Rules = {}
    for rule in table.split():
        suffix, _, replacement = rule.partition(">")
        rules.setdefault(suffix[-2:], []).append((suffix, replacement))
    return rules


_STEP_2 = _rules(
    """ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e
    ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous
    aliti>al iviti>ive biliti>ble fulli>ful logi>log"""
)
_STEP_3 = _rules("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>")
_STEP_4 = _rules(
    "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize",
)

_KINDS = str.maketrans(
    {c: "v" if c in "aeiou" else "c" for c in "abcdefghijklmnopqrstuvwxz0123456789"}
)


def stem(word: str) -> str:
    """Return the stem of a word of lower-case ASCII letters and digits.

    Words of one or two letters are their own stem. (rouge-score stems only words of more than
    three; that rule is the tokeniser's, not this function's.)

    >>> [stem(word) for word in ("agreed", "hopping", "relational", "skies", "news")]
    ['agre', 'hop', 'relat', 'sky', 'news']
    """
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    if len(word) <= 2:
        return word
    if word[-1] == "s":
        word = _step_1a(word)
    kinds = _kinds(word)
    if word[-2:] == "ed" or word[-3:] == "ing":
        word, kinds = _step_1b(word, kinds)
    if word[-1] == "y" and len(word) > 2 and kinds[-2] == "c":  # step 1c
        word, kinds = word[:-1] + "i", kinds[:-1] + "v"
    if word[-2:] in _STEP_2:
        word, kinds = _step_2(word, kinds)
    if word[-2:] in _STEP_3:
        word, kinds = _step_3(word, kinds)
    if word[-2:] in _STEP_4:
        word, kinds = _step_4(word, kinds)
    return _step_5(word, kinds) if word[-1] in "el" else word


def _kinds(word: str) -> str:
    """Spell a word in c and v; a y is a vowel where a consonant stands before it."""
    kinds = word.translate(_KINDS)
    if "y" not in kinds:
        return kinds
    before, spelt = "v", []
    for kind in kinds:
        before = ("c" if before == "v" else "v") if kind == "y" else kind
        spelt.append(before)
    return "".join(spelt)


def _ends_cvc(word: str, kinds: str, end: int) -> bool:
    """Porter's *o for the first ``end`` letters: cvc and no w, x, y last (nltk: or just vc)."""
    if end == 2:
        return kinds[:2] == "vc"
    return end > 2 and kinds[end - 3 : end] == "cvc" and word[end - 1] not in "wxy"


def _step_1a(word: str) -> str:
    if word.endswith("ies"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("sses"):
        return word[:-2]
    return word if word.endswith("ss") else word[:-1]


def _step_1b(word: str, kinds: str) -> tuple[str, str]:
    if word.endswith("ied"):
        cut = 1 if len(word) == 4 else 2
        return word[:-cut], kinds[:-cut]
    if word.endswith("eed"):
        cut = 1 if kinds.count("vc", 0, len(word) - 3) else 0
        return word[: len(word) - cut], kinds[: len(word) - cut]
    end = len(word) - (2 if word.endswith("ed") else 3)
    if "v" not in kinds[:end]:
        return word, kinds
    return _mend(word[:end], kinds[:end])


def _mend(word: str, kinds: str) -> tuple[str, str]:
    """Repair a stem that lost its ``ed`` or ``ing``: an e again, or one letter of a double."""
    if word[-2:] in {"at", "bl", "iz"}:
        return word + "e", kinds + "v"
    if word[-1:] == word[-2:-1] and kinds[-1] == "c":
        return (word, kinds) if word[-1] in "lsz" else (word[:-1], kinds[:-1])
    if kinds.count("vc") == 1 and _ends_cvc(word, kinds, len(word)):
        return word + "e", kinds + "v"
    return word, kinds


def _step_2(word: str, kinds: str) -> tuple[str, str]:
    for suffix, replacement in _STEP_2.get(word[-2:], ()):
        if word.endswith(suffix):
            end = len(word) - len(suffix)
            # nltk measures the l of "logi" with the stem
            if not kinds.count("vc", 0, end + 1 if suffix == "logi" else end):
                break
            word = word[:end] + replacement
            kinds = _kinds(word)
            # nltk applies the step again to what "alli" leaves
            return _step_2(word, kinds) if suffix == "alli" else (word, kinds)
    return word, kinds


def _step_3(word: str, kinds: str) -> tuple[str, str]:
    for suffix, replacement in _STEP_3[word[-2:]]:
        if word.endswith(suffix):
            end = len(word) - len(suffix)
            if kinds.count("vc", 0, end):
                word = word[:end] + replacement
                return word, _kinds(word)
            break
    return word, kinds


def _step_4(word: str, kinds: str) -> tuple[str, str]:
    for suffix, _ in _STEP_4[word[-2:]]:
        if word.endswith(suffix):
            end = len(word) - len(suffix)
            if kinds.count("vc", 0, end) > 1 and (suffix != "ion" or word[end - 1] in "st"):
                return word[:end], kinds[:end]
            break
    return word, kinds


def _step_5(word: str, kinds: str) -> str:
    end = len(word) - 1
    if word[-1] == "e":
        measure = kinds.count("vc", 0, end)
        if measure > 1 or (measure == 1 and not _ends_cvc(word, kinds, end)):
            word = word[:end]
            end -= 1
    if word.endswith("ll") and kinds.count("vc", 0, end) > 1:
        word = word[:end]
    return word
