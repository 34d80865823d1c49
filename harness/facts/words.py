"""The word lists in `harness/facts/lexicon`, read once when first asked for.

A list is plain text (one entry a line, ``#`` begins a comment) or TOML. What a list is for and why
its words are in it stands in the list itself.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Protocol


def _folder() -> Traversable:
    return files("harness.facts") / "lexicon"


def lines(name: str) -> Iterator[str]:
    """Yield the entries of a plain-text list, without comments and blank lines."""
    text = (_folder() / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        entry = line.split("#")[0].strip()
        if entry:
            yield entry


@cache
def word_set(name: str) -> frozenset[str]:
    """Return all words of a plain-text list."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a TOML list as its tables."""
    return tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def irregular() -> Mapping[str, str]:
    """Return the base form of every irregular English form."""
    return {form: line.split()[0] for line in lines("irregular") for form in line.split()}


@cache
def countries() -> Mapping[str, str]:
    """Return, for each name, adjective and people of a country, the one name they share."""
    out: dict[str, str] = {}
    for line in lines("countries"):
        country, _, others = line.partition(":")
        out |= {form: country.lower() for form in (country, *others.split())}
    return out


@cache
def calendar() -> Mapping[str, str]:
    """Return the full name of every month and weekday by its lower-case forms."""
    return {
        form: name
        for group in table("dates").values()
        for name, short in group.items()
        for form in (name, *short)
    }


class _Word(Protocol):
    @property
    def lower(self) -> str: ...

    @property
    def key(self) -> str: ...


def denies(token: _Word) -> bool:
    """Return whether a token denies what stands beside it: "not", and words such as "failed"."""
    return token.lower in word_set("negators") or token.key in _soft()


@cache
def _soft() -> frozenset[str]:
    return keys("soft_negators")


def about_the_text(token: _Word) -> bool:
    """Return whether a token is a word with which a summary speaks about its source: "speakers"."""
    return token.key in keys("meta")


@cache
def keys(name: str) -> frozenset[str]:
    """Return what the inflected forms of the words of a plain-text list share."""
    from harness.facts.inflection import key  # inflection reads its lists from here

    return frozenset(key(word) for word in word_set(name))
