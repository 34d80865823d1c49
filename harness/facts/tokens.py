"""Words, numbers and names of a text, with their place in it.

The token is the unit of everything in `harness.facts`: an index is built of them, summaries are
aligned by them, claims start and end with them. Numbers are read as values here ("1.8bn", "3, 800",
"twenty-five thousand"), because a value that is split in two is found nowhere.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from harness.facts import words
from harness.facts.inflection import key
from harness.facts.values import Unit, read, spelled

Kind = Literal["word", "function", "number", "name", "mark"]

_SIZE = r"(?:[ \u00a0-]?(?:hundred|thousand|[mbt]r?illion|bn|mn|tn|mln|bln)\b)"
_SHARE = r"(?:\s?%|[ -]per ?cent\b|[ -]pct\b|[ -]percentage points?\b)"
_DECIMAL = r"(?:\.\d+| ?\.\s\d+(?=\s?%|\s(?:per ?cent|[mbt]r?illion|miles?|km|kg|points?)\b))"
_NUMBER = (
    r"(?:(?:(?<!\w)(?:US|AU?|CA?|NZ|HK))?[$£€¥₹]\s?)?(?:\d{1,3}(?: ?, ?\d{3})+(?!\d)|\d+)"
    rf"(?:[:h]\d\d(?!\d)(?:\s?[ap]\.?m\b\.?)?|{_DECIMAL})?(?:(?:st|nd|rd|th|bn|mn|tn|mln|bln|[kKmMbBsxp])(?![^\W_]))?"
    rf"{_SIZE}?{_SHARE}?"
)
_TOKEN = re.compile(
    r"(?P<initials>(?<!\w)(?:[^\W\d_]\.){2,})"
    r"|(?P<money>[$£€¥₹]\s?\d[\d,]*(?:\.\d+)?\s(?:bn|m|k)(?![^\W_]))"
    rf"|(?P<number>(?<![\w.])\.\d+%?|(?<![^\W_]){_NUMBER}(?![^\W_]))"
    r"|(?P<word>n['\u2019]t\b|[^\W\d_]+?(?=n['\u2019]t\b)|(?<=\w)['\u2019](?:s|re|ve|ll|d|m)\b"
    r"|[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\b[DOLdol]['\u2019][A-Z][^\W\d_]+"
    r"|[^\W\d_]+(?![^\W_])|[^\W_]+)"
    r"|(?P<mark>[.!?]+|[^\s\w])"
)


class Token(NamedTuple):
    """One word, number or mark; a tuple and no dataclass, because every word of a corpus is one.

    ``key`` is what equal words share ("rose" and "rises"); ``value`` and ``unit`` belong to
    numbers alone; ``start`` and ``end`` are offsets in the text; ``first`` opens its sentence.
    """

    text: str
    lower: str
    key: str
    start: int
    end: int
    sentence: int
    kind: Kind
    value: float | None = None
    unit: Unit = ""
    first: bool = False


def tokenise(text: str, sentences: Sequence[tuple[int, int]]) -> list[Token]:
    """Return the tokens of ``text`` in order; ``sentences`` are the offsets of its sentences.

    A capitalised word is a name, unless it opens its sentence and is not capitalised elsewhere, or
    its sentence is written like a title. Control characters and spaces are no tokens.
    """
    starts = [start for start, _ in sentences]
    out: list[Token] = []
    last = -1
    for found in _TOKEN.finditer(text):
        sentence = max(bisect_right(starts, found.start()) - 1, 0)
        token = _read(found, sentence, sentence != last or _opens(out))
        if token.kind != "mark":
            last = sentence
        out.append(token)
    return _settle_capitals(_in_hundredths(_join_spelled(out)))


def _opens(before: Sequence[Token]) -> bool:
    """Return whether a capital is due after these tokens: a colon, or a stop within a sentence.

    The stop after a title or an initial is none ("Mr. Smith", "J. Smith").
    """
    if not before or before[-1].text not in _STOPS:
        return bool(before) and _apart(before)
    word = before[-2].lower if len(before) > 1 else ""
    return before[-1].text != "." or (len(word) > 1 and word not in words.word_set("titles"))


def _apart(before: Sequence[Token]) -> bool:
    """Return whether the last mark is a dash with a space before it, which parts two sentences.

    A hyphen after a capital may be one of a tokenised text: "One - Day Cup".
    """
    if len(before) < 2 or before[-2].end == before[-1].start:
        return False
    dash = before[-1].text in ("\u2013", "\u2014")
    return dash or (before[-1].text == "-" and not before[-2].text[:1].isupper())


_MONTHS_THAT_ARE_VERBS = ("May", "March")
_STOPS = frozenset((".", "!", "?", ":", "...", "\u2022"))
_CLOCK = re.compile(r"\d+[ap]m|.*[^\w].*")
_CODE_BEFORE = re.compile(r"[^\W\d_]*[^\W\d_a-zà-ÿ][^\W\d_]*-$")
"""What makes the number after it a part of a name: COVID-19 and mRNA-4157, but not mid-2010."""


def _read(found: re.Match[str], sentence: int, first: bool) -> Token:
    text, start, end = found[0], found.start(), found.end()
    group = found.lastgroup
    if group == "mark":
        return Token(text, text, text, start, end, sentence, "mark")
    if group in ("number", "money"):
        if _CODE_BEFORE.search(found.string, max(0, start - 4), start):
            return Token(text, text, text, start, end, sentence, "word", first=first)
        value, unit = read(text)
        return Token(text, text, text, start, end, sentence, "number", value, unit, first)
    lower, shared, kind, value, unit = _word(text)
    if not first and text in _MONTHS_THAT_ARE_VERBS:
        shared = text
    return Token(text, lower, shared, start, end, sentence, kind, value, unit, first)


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> tuple[str, str, Kind, float | None, Unit]:
    """Return all of a word that does not depend on where it stands."""
    lower = text.lower().replace("\u2019", "'")
    if "." in text:
        lower = lower.replace(".", "")
    if lower == "n't":
        return lower, "not", "function", None, ""
    country = words.countries().get(text)
    shared = country if country is not None else key(lower)
    if text[0].isupper() and lower in words.calendar():
        return lower, words.calendar()[lower], "name", None, ""
    numbers = words.table("numbers")
    if lower in numbers["cardinal"] or (lower in numbers["magnitude"] and len(lower) > 2):
        return lower, shared, "number", spelled([lower]), ""
    if lower in numbers["ordinal"]:
        return lower, shared, "number", spelled([lower]), "rank"
    if country is None and (lower in words.word_set("function_words") or lower[0] == "'"):
        return lower, shared, "function", None, ""
    named = text[0].isupper() or not (text.isalpha() or _CLOCK.fullmatch(lower))
    return lower, shared, "name" if named else "word", None, ""


def _join_spelled(tokens: list[Token]) -> list[Token]:
    """Make one token of each number that is written in several words."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        stop = _spelled_end(tokens, at) if tokens[at].kind == "number" else at + 1
        if stop == at + 1:
            out.append(tokens[at])
        else:
            parts = [token for token in tokens[at:stop] if token.kind == "number"]
            unit: Unit = "rank" if parts[-1].unit == "rank" else ""
            out.append(
                parts[0]._replace(
                    text=" ".join(token.text for token in tokens[at:stop]),
                    end=parts[-1].end,
                    value=spelled([token.lower for token in parts]),
                    unit=unit,
                )
            )
        at = stop
    return out


def _in_hundredths(tokens: list[Token]) -> list[Token]:
    """Read "87 cents" as 0.87 of money and "120 basis points" as 1.2 of a hundred."""
    for at, token in enumerate(tokens[:-1]):
        if token.kind == "number" and token.unit == "":
            following = [other.lower for other in tokens[at + 1 : at + 3]]
            unit = _HUNDREDTHS.get(following[0], _HUNDREDTHS.get(" ".join(following)))
            if unit is not None:
                tokens[at] = token._replace(value=round((token.value or 0) / 100, 6), unit=unit)
    return tokens


_HUNDREDTHS: Mapping[str, Unit] = {
    "cent": "money",
    "cents": "money",
    "pence": "money",
    "basis point": "share",
    "basis points": "share",
    "bps": "share",
}


def _spelled_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the number in words that begins ``at`` ends."""
    numbers = words.table("numbers")
    stop = at + 1
    if not tokens[at].text[0].isalpha() or tokens[at].lower in ("half", "first", "second"):
        return stop
    while stop < len(tokens):
        skip = 1 if tokens[stop].text in ("-", "and") else 0
        if stop + skip >= len(tokens):
            break
        following, previous = tokens[stop + skip], tokens[stop - 1].lower
        tens = numbers["cardinal"].get(previous, 0)
        small = following.value is not None and following.value < 10
        grows = following.lower in numbers["magnitude"] and tokens[stop].text != "and"
        adds = 20 <= tens < 100 and small and tokens[stop].text != "and"
        after = previous in numbers["magnitude"] and following.lower in numbers["cardinal"]
        if following.kind != "number" or not (grows or adds or after):
            break
        stop += skip + 1
    return stop


def _settle_capitals(tokens: list[Token]) -> list[Token]:
    """Decide which capitals mark a name: not those of a sentence's first word or of a title."""
    titles = _titles(tokens)
    shouted = {at for at, t in enumerate(tokens) if t.kind == "name" and _shouted(tokens, at)}
    sure = {
        t.lower
        for at, t in enumerate(tokens)
        if t.kind == "name" and not t.first and t.sentence not in titles and at not in shouted
    }
    common = {token.lower for token in tokens if token.kind == "word"}
    for at, token in enumerate(tokens):
        if token.kind != "name":
            continue
        initials = token.text.isupper() and len(token.text) > 1
        doubtful = (token.first and not initials) or at in shouted
        if (doubtful or token.sentence in titles) and (
            token.lower not in sure or token.lower in common
        ):
            tokens[at] = token._replace(kind="word")
    return tokens


_SHOUTED = 4


def _shouted(tokens: Sequence[Token], at: int) -> bool:
    """Return whether capitals give weight, or a label, and no initials: "CLICK HERE", "OPERATOR:".

    Initials of four letters and more seldom stand side by side, or right before a colon.
    """
    if not _long_capitals(tokens[at]):
        return False
    if at + 1 < len(tokens) and (tokens[at + 1].text == ":" or _long_capitals(tokens[at + 1])):
        return True
    return at > 0 and _long_capitals(tokens[at - 1])


def _long_capitals(token: Token) -> bool:
    return token.text.isalpha() and token.text.isupper() and len(token.text) >= _SHOUTED


def _titles(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the sentences in which nearly every word has a capital: there capitals say nothing."""
    names: dict[int, int] = {}
    plain: dict[int, int] = {}
    for token in tokens:
        if token.kind == "name":
            names[token.sentence] = names.get(token.sentence, 0) + 1
        elif token.kind in ("word", "function"):
            plain[token.sentence] = plain.get(token.sentence, 0) + 1
    return frozenset(s for s, n in names.items() if n >= 5 and n > 2 * plain.get(s, 0))


def is_year(token: Token) -> bool:
    """Return whether a token reads as a year: four digits and no more, from 1500 to 2099."""
    return len(token.text) == 4 and token.text.isdecimal() and "1500" <= token.text < "2100"
