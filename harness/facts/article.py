"""An article read once for all its summaries: where every word, value and name stands."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from harness.facts import words
from harness.facts.names import skeleton
from harness.facts.tokens import Token, tokenise
from harness.facts.values import bare, magnitude
from harness.text import sentences


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """What checks look up in an article; made by `index`, never changed afterwards.

    ``tokens`` are the words, names and numbers without the marks; ``places`` maps a key to their
    positions among them, ``values`` a number's value. ``cased`` says whether capitals tell names
    apart, ``english`` whether the English word lists apply.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    places: Mapping[str, Sequence[int]]
    values: Mapping[float, Sequence[int]]
    prefixes: Mapping[str, Sequence[str]]
    skeletons: Mapping[str, Sequence[str]]
    names: frozenset[str]
    denials: Sequence[int]
    content: Sequence[int]
    bounds: Sequence[int]
    squeezed: str
    cased: bool
    english: bool

    def sentence(self, number: int) -> tuple[int, int]:
        """Return the offsets of a sentence without the space around it."""
        start, stop = self.sentences[number]
        inner = self.text[start:stop]
        return start + len(inner) - len(inner.lstrip()), stop - len(inner) + len(inner.rstrip())

    def extent(self, number: int) -> tuple[int, int]:
        """Return the positions of the tokens of a sentence: from, and up to."""
        return bisect_left(self.bounds, number), bisect_left(self.bounds, number + 1)

    def denied(self, place: int, before: int, after: int) -> bool:
        """Return whether a negator stands within ``before`` words before or ``after`` after."""
        at = bisect_left(self.denials, place - before)
        return at < len(self.denials) and self.denials[at] <= place + after

    def positions(self, keys: Iterable[str]) -> list[int]:
        """Return where any of the keys stands, sorted."""
        return sorted(place for key in keys for place in self.places.get(key, ()))

    def together(self, places: Sequence[int], others: Sequence[int], within: int) -> int | None:
        """Return the first of ``places`` with one of ``others`` in its sentence, near enough.

        Near is at most ``within`` words off. Both are sorted; None where no pair is near.
        """
        for place in places:
            at = bisect_left(others, place - within)
            while at < len(others) and others[at] <= place + within:
                if self.tokens[others[at]].sentence == self.tokens[place].sentence:
                    return place
                at += 1
        return None

    def rarity(self, key: str) -> float:
        """Return how much a word tells about a sentence: log(1 + sentences / its occurrences)."""
        return log(1 + len(self.sentences) / len(self.places.get(key, (0,))))


def index(text: str) -> ArticleIndex:
    """Read an article; time is linear in its length. Any text is accepted, an empty one too."""
    spans = tuple(sentences.spans(text))
    tokens = tuple(token for token in tokenise(text, spans) if token.kind != "mark")
    places = _places(tokens)
    return ArticleIndex(
        text=text,
        sentences=spans,
        tokens=tokens,
        places=places,
        values=_values(tokens, _scale(text)),
        prefixes=_group(places, lambda shared: shared[:4] if len(shared) > 3 else None),
        skeletons=_group({t.key: 0 for t in tokens if t.kind == "name"}, skeleton),
        names=frozenset(token.lower for token in tokens if token.kind == "name"),
        denials=[at for at in range(len(tokens)) if _denies(tokens, at)],
        content=[at for at, token in enumerate(tokens) if token.kind != "function"],
        bounds=[token.sentence for token in tokens],
        squeezed=re.sub(r"[\W_]+", "", text).lower(),
        cased=is_cased(tokens),
        english=is_english(tokens),
    )


def is_cased(tokens: Sequence[Token]) -> bool:
    """Return whether capitals mark names: some but not most words inside sentences have one."""
    inner = [token for token in tokens if not token.first and token.text[:1].isalpha()]
    capitals = sum(token.text[0].isupper() for token in inner)
    return capitals > 0 and capitals >= 0.01 * len(inner) and capitals < 0.7 * max(len(inner), 3)


def is_english(tokens: Sequence[Token]) -> bool:
    """Return whether a text is English: of its words, at least one in six is a function word.

    English prose has four to five in ten, headlines two; German, French and Spanish have under one
    in ten that happen to look like one. Fewer than 20 words are taken for English.
    """
    spoken = [token for token in tokens if token.kind != "number"]
    closed = sum(token.kind == "function" for token in spoken)
    return (len(spoken) < 20 and _latin(spoken)) or closed >= len(spoken) / 6 > 0


def _latin(tokens: Sequence[Token]) -> bool:
    return all(token.lower < "\u0250" for token in tokens)


_INSTEAD = {"rather": "than", "instead": "of"}


def _denies(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word denies what follows, or prefers another: "rather than", "unlike"."""
    token = tokens[at]
    if token.lower in _INSTEAD:
        return any(t.lower == _INSTEAD[token.lower] for t in tokens[at + 1 : at + 2])
    return token.lower == "unlike" or words.denies(token)


def _places(tokens: Sequence[Token]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        out.setdefault(token.key, []).append(at)
    return out


_CODE = re.compile(r"\d+")


_SCALE = re.compile(r"\(\s*(?:in )?(?:US\$|[$£€])?\s?in (thousand|million)s", re.IGNORECASE)


def _scale(text: str) -> float:
    """Return what a table's numbers are multiplied by: 1000 under "(in thousands)", else 1."""
    found = _SCALE.search(text)
    sizes = words.table("numbers")["magnitude"]
    return float(sizes[found[1].lower()]) if found is not None else 1.0


def _values(tokens: Sequence[Token], scale: float) -> dict[float, list[int]]:
    """Return where each value stands; "Q3" and "U21" hold theirs too, and '22 is 2022.

    ``scale`` is what the numbers of a table may be multiplied by.
    """
    out: dict[float, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.value is not None or token.lower == "point":
            for value in _spoken(tokens, at):
                out.setdefault(value, []).append(at)
        if token.value is not None:
            plain = token.unit == "" and magnitude(token.text) == 1
            size = max(scale, _size_before(tokens, at)) if plain else 1.0
            scaled = round(token.value * size, 6)
            other = _other_clock(token) if token.unit == "clock" else scaled
            for value in {round(token.value, 6), other, bare(token.text)} - {-1.0}:
                out.setdefault(value, []).append(at)
        elif not token.text.isalpha():
            for digits in _CODE.findall(token.text):
                out.setdefault(float(digits), []).append(at)
                if len(digits) == 2:
                    out.setdefault(2000.0 + int(digits), []).append(at)
    return out


def _other_clock(token: Token) -> float:
    """Return a time of day on the other clock: 10.14 for 22:14, 22.14 for 10:14 p.m."""
    value = token.value or 0.0
    late = value < 12 and "p" in token.lower
    return round(value + 12 if late else value - 12 if value >= 13 else value, 6)


def _size_before(tokens: Sequence[Token], at: int) -> float:
    """Return the size that a decimal takes from a number before: "1.5 million, and then 1.2"."""
    if "." not in tokens[at].text:
        return 1.0
    before = [t for t in tokens[max(0, at - _SIZED) : at] if t.sentence == tokens[at].sentence]
    return max((magnitude(t.text) for t in before if t.kind == "number"), default=1.0)


_SIZED = 10


def _spoken(tokens: Sequence[Token], at: int) -> Iterator[float]:
    """Yield what numbers in words say together: "twelve fifty", "two point five", "two thirds"."""
    token, following = tokens[at], tokens[at + 1 : at + 3]
    if token.lower == "point" and following and _in_words(following[0], 0, 10):
        before = tokens[at - 1] if at and _in_words(tokens[at - 1], 0, 100) else None
        yield (before.value or 0 if before else 0) + (following[0].value or 0) / 10
    if not _in_words(token, 0, 100):
        return
    value = token.value or 0
    if [other.lower for other in tokens[at + 1 : at + 4]] == ["and", "a", "half"]:
        after = tokens[at + 4 : at + 5]
        large = after and after[0].lower in words.table("numbers")["magnitude"]
        yield (value + 0.5) * ((after[0].value or 1) if large else 1)
    for other in following:
        if _in_words(token, 10, 100) and _in_words(other, 10, 100):
            yield 100 * value + (other.value or 0)
            yield value + (other.value or 0) / 100
    part = _PARTS.get(following[0].lower) if following else None
    if part is not None and value < part:
        share = 100 * value / part
        yield from {float(int(share)), float(round(share)), round(share, 1)}


def _in_words(token: Token, least: float, most: float) -> bool:
    """Return whether a token is a number in words from ``least`` up to ``most``."""
    return token.value is not None and token.text[0].isalpha() and least <= token.value < most


_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
_PARTS |= {"fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}


def _group(keys: Iterable[str], of: Callable[[str], str | None]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for member in keys:
        group = of(member)
        if group is not None:
            out.setdefault(group, []).append(member)
    return out
