"""Words that exclude each other in one slot: antonyms, and members of one closed class."""

from collections.abc import Mapping
from functools import cache, lru_cache

from harness.facts import words
from harness.facts.inflection import key
from harness.facts.lookup import synonyms

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")


@lru_cache(maxsize=1 << 14)
def antonyms(lower: str) -> frozenset[str]:
    """Return the keys of the opposites of a lower-case word: listed, or by a negative prefix.

    >>> "necessari" in antonyms("unnecessary"), key("fell") in antonyms("rose")
    (True, True)
    """
    mine = key(lower)
    by_prefix: set[str] = set()
    for prefix in _PREFIXES:
        if lower.startswith(prefix) and len(lower) > len(prefix) + 3 and mine not in _no_prefix():
            by_prefix.add(key(lower[len(prefix) :]))
        by_prefix.add(key(prefix + lower))
    return _listed().get(mine, frozenset()) | (by_prefix - _no_prefix() - {mine})


def by_prefix(first: str, second: str) -> bool:
    """Return whether one of two lower-case words denies the other by a prefix.

    >>> by_prefix("unprofessional", "professional"), by_prefix("hard", "easy")
    (True, False)
    """
    one, other = key(first), key(second)
    return any(one == key(prefix + second) or other == key(prefix + first) for prefix in _PREFIXES)


@cache
def _no_prefix() -> frozenset[str]:
    return frozenset(key(word) for word in words.word_set("no_prefix"))


def allied(mine: str) -> frozenset[str]:
    """Return the keys of words that say much the same as ``mine``: of its side, synonyms."""
    return _allies().get(mine, frozenset()) | synonyms().get(mine, frozenset())


@cache
def _allies() -> Mapping[str, frozenset[str]]:
    """Return for each key the keys on its side of a list of antonyms: "decline" and "decrease"."""
    out: dict[str, set[str]] = {}
    for line in words.lines("antonyms"):
        for side in line.split("|"):
            group = {key(word) for word in side.split()}
            for word in group:
                out.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others - _listed()[word]) for word, others in out.items()}


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for line in words.lines("antonyms"):
        left, right = ({key(word) for word in side.split()} for side in line.split("|"))
        for word in left:
            out.setdefault(word, set()).update(right)
        for word in right:
            out.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in out.items()}


@cache
def siblings() -> Mapping[str, frozenset[str]]:
    """Return for each key the keys that cannot stand in its slot: the others of its class."""
    out: dict[str, set[str]] = {}
    for line in words.lines("classes"):
        groups = [
            {key(word) for word in group.split("=")} for group in line.partition(":")[2].split()
        ]
        members = set().union(*groups)
        for group in groups:
            for member in group:
                out.setdefault(member, set()).update(members - group)
    return {member: frozenset(others) for member, others in out.items()}


_UNITS = ("time units", "lengths", "weights", "volumes", "currencies")


@cache
def kinds_of_unit() -> tuple[frozenset[str], ...]:
    """Return the keys of the units of each kind: of time, length, weight, volume and money."""
    lines = [line for line in words.lines("classes") if line.startswith(_UNITS)]
    return tuple(
        frozenset(key(word) for word in line.partition(":")[2].replace("=", " ").split())
        for line in lines
    )


@cache
def units() -> frozenset[str]:
    """Return the keys of the units of all kinds."""
    return frozenset().union(*kinds_of_unit())
