"""Where an article says what a token of a summary says: the same word, a variant, a synonym."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from harness.facts import words
from harness.facts.article import ArticleIndex
from harness.facts.inflection import key
from harness.facts.names import clipped, coined, derived, shortened, skeleton
from harness.facts.tokens import Token
from harness.facts.values import Unit, bare, rounded

How = Literal["exact", "variant", "synonym", "none"]


class Match(NamedTuple):
    """How an article bears a token, and the positions of its words that do."""

    how: How
    places: Sequence[int]


NOWHERE = Match("none", ())


def look_up(article: ArticleIndex, token: Token, hedged: bool = False) -> Match:
    """Return where ``article`` says what ``token`` says; a pure function of its arguments.

    ``hedged`` says that a number comes with a word such as "about", and so need not be exact.
    """
    if token.kind == "number":
        return _number(article, token, hedged)
    found = article.places.get(token.key)
    if found is not None:
        return Match("exact", found)
    if token.kind == "function":
        return NOWHERE
    variants = _name_variants(article, token) if token.kind == "name" else _variants(article, token)
    if variants:
        return Match("variant", variants)
    if token.kind == "word":
        return _synonyms(article, token)
    return NOWHERE


def _number(article: ArticleIndex, token: Token, hedged: bool) -> Match:
    value = token.value or 0.0
    found = article.values.get(round(value, 6)) or article.values.get(bare(token.text), ())
    fit = [at for at in found if compatible(token.unit, article.tokens[at].unit)]
    if fit:
        return Match("exact", fit)
    if token.text[0].isalpha() and token.key in article.places:
        return Match("variant", article.places[token.key])
    near = [
        at
        for other, places in article.values.items()
        if rounded(value, other, hedged)
        for at in places
        if compatible(token.unit, article.tokens[at].unit)
    ]
    return Match("variant", sorted(near)) if near else NOWHERE


def compatible(first: Unit, second: Unit) -> bool:
    """Return whether two units can count one thing; a bare number may be any ("5" and "$5")."""
    return first == second or {first, second} != {"share", "money"}


def _variants(article: ArticleIndex, token: Token) -> list[int]:
    """Return the places of words with the same root: "protest" and "protesters"."""
    mine = token.key
    if len(mine) < 4:
        return _joined(article, token)
    roots = [other for other in article.prefixes.get(mine[:4], ()) if same_root(mine, other)]
    return _positions(article, roots) or _joined(article, token)


def same_root(first: str, second: str) -> bool:
    """Return whether two keys share the root: most of the shorter, endings of 5 letters at most.

    >>> same_root("protest", "protester"), same_root("nation", "nature")
    (True, False)
    """
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    short, long = sorted((len(first), len(second)))
    return shared >= max(4, 0.7 * short) and long - shared <= 5


def _name_variants(article: ArticleIndex, token: Token) -> list[int]:
    """Return the places of other spellings of a name, from the surest rule to the loosest."""
    if coined(token.text):
        return _short_names(article, token) or _initials(article, token) or _joined(article, token)
    mine = token.key
    bones = skeleton(mine)
    alike = [o for o in article.skeletons.get(bones or "", ()) if Levenshtein.distance(mine, o) < 4]
    near = [
        other
        for other in article.prefixes.get(mine[:4], ())
        if derived(mine, other) or shortened(mine, other) or _misspelt(mine, other)
    ]
    return (
        _positions(article, [*alike, *near])
        or _short_names(article, token)
        or _initials(article, token)
        or _joined(article, token)
    )


def _misspelt(first: str, second: str) -> bool:
    return min(len(first), len(second)) > 6 and Levenshtein.distance(first, second) == 1


def _short_names(article: ArticleIndex, token: Token) -> list[int]:
    """Return the places of a longer or shorter form: Sam and Samantha, GANs and GAN."""
    mine = token.lower
    if token.text[-1] == "s" and token.text[:-1].isupper():
        return list(article.places.get(mine[:-1], ()))
    longer = (
        other
        for other in article.names
        if (len(mine) == 3 and other.startswith(mine)) or clipped(mine, other)
    )
    return _positions(article, [key(other) for other in longer])


def _initials(article: ArticleIndex, token: Token) -> list[int]:
    """Return where words begin with the letters of an acronym, function words counted or not."""
    letters = token.lower.rstrip("s") if token.text[-1:] == "s" else token.lower
    if not token.text[: len(letters)].isupper() or not 2 <= len(letters) <= 6:
        return []
    least = len(letters) if len(letters) == 2 else 0
    for places in (range(len(article.tokens)), article.content):
        row = "".join(article.tokens[place].lower[0] for place in places)
        at = row.find(letters)
        while at >= 0:
            run = [places[at + i] for i in range(len(letters))]
            if sum(article.tokens[place].text[0].isupper() for place in run) >= least:
                return run
            at = row.find(letters, at + 1)
    return []


def _joined(article: ArticleIndex, token: Token) -> list[int]:
    """Return the first place where the article runs the word together with others, or apart."""
    if len(token.lower) < 6 or token.lower not in article.squeezed:
        return []
    for at, other in enumerate(article.tokens):
        if token.lower.startswith(other.lower) or token.lower in other.lower:
            run = "".join(t.lower for t in article.tokens[at : at + 4])
            if run.startswith(token.lower) or token.lower in other.lower:
                return [at]
    return []


def _synonyms(article: ArticleIndex, token: Token) -> Match:
    found = [other for other in synonyms().get(token.key, ()) if other in article.places]
    return Match("synonym", _positions(article, found)) if found else NOWHERE


@cache
def synonyms() -> Mapping[str, frozenset[str]]:
    """Return the keys of the words that can stand for the word of each key."""
    out: dict[str, set[str]] = {}
    for line in (*words.lines("synonyms"), *_spellings()):
        group = {key(word) for word in line.split()}
        for member in group:
            out.setdefault(member, set()).update(group - {member})
    return {member: frozenset(group) for member, group in out.items()}


def _spellings() -> Iterator[str]:
    """Yield the words that a list of classes joins: "kilometre kilometer km"."""
    for line in words.lines("classes"):
        groups = line.partition(":")[2].split()
        yield from (group.replace("=", " ") for group in groups if "=" in group)


def _positions(article: ArticleIndex, keys: Iterable[str]) -> list[int]:
    return sorted(set(chain.from_iterable(article.places.get(other, ()) for other in keys)))
