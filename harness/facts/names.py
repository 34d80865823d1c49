"""When two spellings are one name: transliterations, adjectives, nicknames cut short, initials."""

from functools import lru_cache

_SOUNDS = (
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("ck", "k"),
    ("qu", "k"),
    ("tch", "ch"),
    ("sch", "sh"),
)
_LETTERS = str.maketrans("qczvwj", "kksffi")
_VOWELS = frozenset("aeiouyàáâãäåèéêëìíîïòóôõöøùúûüýÿ'-h")
_ENDINGS = frozenset(
    [
        "n",
        "an",
        "ian",
        "ish",
        "ese",
        "i",
        "ic",
        "er",
        "ers",
        "ns",
        "ans",
        "ians",
        "s",
        "ist",
        "ists",
        "ism",
        "ite",
        "ites",
    ]
)


@lru_cache(maxsize=1 << 14)
def skeleton(name: str) -> str | None:
    """Return the consonants of a name with sounds that scripts share written one way.

    Vowels and doubled letters are what transliterations differ in: Mohammed and Muhammad, Zelensky
    and Zelenskyy, Gaddafi and Qaddafi have one skeleton each, Austria and Australia do not. None
    where fewer than three consonants are left, since those say too little.

    >>> skeleton("mohammed") == skeleton("muhammad"), skeleton("iran")
    (True, None)
    """
    for written, sound in _SOUNDS:
        name = name.replace(written, sound)
    out = ""
    for letter in name.translate(_LETTERS):
        if letter not in _VOWELS and not out.endswith(letter):
            out += letter
    return out if len(out) > 2 else None


def derived(first: str, second: str) -> bool:
    """Return whether one name is the other with an ending for its people, language or followers.

    >>> derived("texas", "texan"), derived("austria", "australia")
    (True, False)
    """
    short, long = sorted((first, second), key=len)
    stem = short.rstrip("aeiouys") if len(short) > 4 else short
    return len(stem) > 2 and long.startswith(stem) and long[len(stem) :] in _ENDINGS


def coined(text: str) -> bool:
    """Return whether a name is spelled one way only: a capital or a digit inside, or initials."""
    return any(letter.isupper() or letter.isdigit() for letter in text[1:])


def shortened(first: str, second: str) -> bool:
    """Return whether one name is the beginning of the other: Sam and Samantha."""
    short, long = sorted((first, second), key=len)
    return len(short) > 2 and long.startswith(short) and len(long) - len(short) <= 5


def clipped(short: str, full: str) -> bool:
    """Return whether a name is another without its vowels and most of its middle: Utd, Ltd, Dept.

    >>> clipped("utd", "united"), clipped("ann", "anderson")
    (True, False)
    """
    if not 2 < len(short) < 5 or len(full) < 5 or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    if len(set(short)) < len(short):
        return False
    return set(short[1:]).isdisjoint("aeiou") and all(letter in rest for letter in short)
