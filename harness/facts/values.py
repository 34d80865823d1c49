"""What a number says: its value and what it counts ("1.8bn", "5 per cent", "3rd")."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from harness.facts import words

Unit = Literal["", "share", "money", "rank", "clock"]

_PARTS = re.compile(
    r"(?P<money>(?:US|AU?|CA?|NZ|HK)?[$£€¥₹])?\s?(?P<digits>\d[\d, ]*(?: ?\.\s?\d+)?|\.\d+)"
    r"(?:[:h](?P<minutes>\d\d)(?:\s?[ap]\.?m\.?)?)?(?P<rank>st|nd|rd|th)?(?P<short>bn|mn|tn|mln|bln|[kmbsxp])?"
    r"[ \u00a0-]?(?P<magnitude>hundred|thousand|million|billion|trillion|bn|mn|tn|mln|bln|m|k)?"
    r"[ -]?(?P<share>%|per ?cent|pct|percentage points?)?"
)


@lru_cache(maxsize=1 << 14)
def read(text: str) -> tuple[float | None, Unit]:
    """Return the value and the unit of a number written in digits; (None, "") for anything else.

    >>> read("$1.8bn"), read("3, 800"), read("98. 7 per cent"), read("3rd")
    ((1800000000.0, 'money'), (3800.0, ''), (98.7, 'share'), (3.0, 'rank'))
    """
    found = _PARTS.fullmatch(text.lower().replace("us$", "$"))
    if found is None:
        return None, ""
    if found["minutes"]:
        return float(re.sub(r"\D", "", found["digits"])) + int(found["minutes"]) / 100, "clock"
    value = float(re.sub(r"[, ]", "", found["digits"]))
    if found["short"] == "p" and not found["share"]:
        return round(value / 100, 6), "money"
    return value * magnitude(text), _unit(found)


@lru_cache(maxsize=1 << 14)
def magnitude(text: str) -> float:
    """Return by what the digits of a number are multiplied: a million in "$590 million", else 1."""
    found = _PARTS.fullmatch(text.lower().replace("us$", "$"))
    if found is None:
        return 1.0
    sizes = words.table("numbers")["magnitude"]
    return float(sizes.get(found["short"] or "", 1) * sizes.get(found["magnitude"] or "", 1))


def _unit(found: re.Match[str]) -> Unit:
    if found["share"]:
        return "share"
    if found["money"]:
        return "money"
    return "rank" if found["rank"] else ""


def spelled(parts: Sequence[str]) -> float:
    """Return the value of a number in words, part by part.

    >>> spelled(["two", "hundred", "fifty", "thousand"])
    250000.0
    """
    numbers = words.table("numbers")
    total = group = 0.0
    for part in parts:
        size = numbers["magnitude"].get(part)
        if size is None:
            group += numbers["cardinal"].get(part, numbers["ordinal"].get(part, 0))
        elif size == 100:
            group = (group or 1) * size
        else:
            total, group = total + (group or 1) * size, 0.0
    return total + group


def rounded(value: float, exact: float, hedged: bool) -> bool:
    """Return whether ``value`` is a fair rounding of ``exact``.

    A number of four digits and more may be given with fewer, to half a unit of its last digit
    ("1.8 billion" for 1,803,221,000), but no number below a thousand and so no year nor count of
    people. After "about", "nearly" or "more than" (``hedged``) 15 in a hundred either way is fair
    for the rounder number: "more than 500,000" for 562,000.
    """
    if not value or not exact or abs(value - exact) > 0.15 * abs(exact):
        return False
    if exact != int(exact) and value == round(exact) >= _WHOLE:
        return True
    step, finer = _step(value), _step(exact)
    if hedged:
        return step > finer
    return value >= 1000 and step >= 100 and step > finer and abs(value - exact) <= step / 2


_WHOLE = 10


def _step(value: float) -> float:
    """Return the power of ten of the last digit of a number that is not zero."""
    digits = f"{abs(value):.0f}"
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def bare(text: str) -> float:
    """Return the number in front of an ambiguous letter ("46m" is metres or millions), else -1."""
    digits = text[:-1].replace(",", "")
    return float(digits) if text[-1:] in _LETTERS and digits.isdecimal() else -1.0


_LETTERS = frozenset("kKmMbBs")
