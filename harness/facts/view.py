"""A summary as the checks see it: its words beside the article's."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.facts import words
from harness.facts.alignment import Alignment, align
from harness.facts.article import ArticleIndex, is_cased
from harness.facts.claims import Claim, ClaimType, Evidence, Tier
from harness.facts.inflection import key
from harness.facts.lookup import NOWHERE, Match, look_up
from harness.facts.tokens import Token, tokenise
from harness.facts.values import magnitude
from harness.text import sentences


@dataclass(frozen=True, slots=True)
class AlignedSentence:
    """One sentence of a summary: positions ``start`` to ``stop`` of its tokens, marks left out.

    ``evidence`` are the article's sentences that it was read from, the best first, at most two.
    """

    start: int
    stop: int
    cost: float
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlignedSummary:
    """A summary read beside an article: per token where the article says it and where it was read.

    ``marked`` are all tokens, ``tokens`` those that are no marks; ``matches`` and ``places`` belong
    to the latter. Made by `beside`.
    """

    article: ArticleIndex
    text: str
    marked: tuple[Token, ...]
    tokens: tuple[Token, ...]
    matches: tuple[Match, ...]
    places: tuple[int, ...]
    sentences: tuple[AlignedSentence, ...]
    spans: tuple[tuple[int, int], ...]
    keys: frozenset[str]
    cased: bool

    def sentence_of(self, at: int) -> AlignedSentence:
        """Return the sentence that holds the token ``at``."""
        return next(s for s in self.sentences if s.start <= at < s.stop)

    def content(self, sentence: AlignedSentence) -> list[int]:
        """Return the positions of the words, names and numbers of a sentence."""
        return [
            at for at in range(sentence.start, sentence.stop) if self.tokens[at].kind != "function"
        ]

    def tied(self, at: int, other: int) -> bool:
        """Return whether a hyphen, with spaces or not, ties the tokens ``at`` and ``other``."""
        if not 0 <= other < len(self.tokens):
            return False
        first, last = self.tokens[min(at, other)], self.tokens[max(at, other)]
        return self.text[first.end : last.start].strip() in ("-", "\u2010", "\u2011")

    def near(self, at: int, most: int, within: int = 6) -> list[int]:
        """Return up to ``most`` content words around ``at`` in its sentence, the nearest first."""
        sentence = self.sentence_of(at)
        reach = range(max(sentence.start, at - within), min(sentence.stop, at + within + 1))
        around = [o for o in reach if o != at and self.tokens[o].kind != "function"]
        return sorted(around, key=lambda other: abs(other - at))[:most]

    def evidence_denies(self, at: int) -> bool:
        """Return whether the sentences that the token's sentence was read from hold a denial."""
        article = self.article
        return any(
            article.tokens[place].sentence in self.sentence_of(at).evidence
            for place in article.denials
        )

    def claim(
        self,
        tokens: Sequence[int],
        kind: ClaimType,
        check: str,
        tier: Tier | None = None,
        found: Sequence[int] = (),
        *,
        placed: bool = False,
    ) -> Claim:
        """Return the claim that ``tokens`` make; ``found`` are the article positions beside it.

        Words that the article has in this very order, with the word before and the word after, are
        never held against it; unless ``placed`` says that what they are joined to is at issue.
        """
        if not placed and self.verbatim(tokens):
            tier, found = None, ()
        start, end = self.tokens[tokens[0]].start, self.tokens[tokens[-1]].end
        return Claim(
            start=start,
            end=end,
            text=self.text[start:end],
            type=kind,
            check=check,
            tier=tier,
            found=stretch(self.article, found),
            evidence=self.evidence(tokens[0], found),
        )

    def verbatim(self, tokens: Sequence[int]) -> bool:
        """Return whether ``tokens`` and the word either side were read as one piece."""
        sentence = self.sentence_of(tokens[0])
        first, last = max(tokens[0] - 1, sentence.start), min(tokens[-1] + 1, sentence.stop - 1)
        run = self.places[first : last + 1]
        exact = all(self.matches[at].how == "exact" for at in range(first, last + 1))
        return exact and run[0] >= 0 and list(run) == list(range(run[0], run[0] + len(run)))

    def evidence(self, at: int, found: Sequence[int] = ()) -> Evidence | None:
        """Return the article's sentence that ``found`` stands in, or that the token's came from."""
        numbers = (
            (self.article.tokens[found[0]].sentence,) if found else self.sentence_of(at).evidence
        )
        if not numbers:
            return None
        start, end = self.article.sentence(numbers[0])
        return Evidence(self.article.text[start:end], start, end)


def stretch(article: ArticleIndex, places: Sequence[int]) -> Evidence | None:
    """Return the article's words from the first of ``places`` to the last."""
    if not places:
        return None
    start = min(article.tokens[place].start for place in places)
    end = max(article.tokens[place].end for place in places)
    return Evidence(article.text[start:end], start, end)


def beside(article: ArticleIndex, summary: str) -> AlignedSummary:
    """Read ``summary`` beside ``article``; depends on the two alone."""
    spans = tuple(sentences.spans(summary))
    marked = tuple(_named_in(article, token) for token in tokenise(summary, spans))
    tokens = tuple(token for token in marked if token.kind != "mark")
    matches = _matches(article, summary, tokens)
    parts: list[AlignedSentence] = []
    places: list[int] = []
    for start, stop in _runs(tokens):
        found = align(article, tokens[start:stop], matches[start:stop])
        places += found.places
        parts.append(
            AlignedSentence(start, stop, found.cost, _evidence(article, tokens[start:stop], found))
        )
    return AlignedSummary(
        article=article,
        text=summary,
        marked=marked,
        tokens=tokens,
        matches=tuple(matches),
        places=tuple(places),
        sentences=tuple(parts),
        spans=spans,
        keys=frozenset(token.key for token in tokens),
        cased=is_cased(tokens) or (article.cased and _nameless(tokens)),
    )


def _nameless(tokens: Sequence[Token]) -> bool:
    """Return whether a text has capitals where sentences begin, and no name inside one."""
    words = [token for token in tokens if token.text[:1].isalpha()]
    return all(token.text[0].isupper() == token.first for token in words)


def _named_in(article: ArticleIndex, token: Token) -> Token:
    """Take a capital at the start of a sentence for a name where the article has that name."""
    if token.kind == "word" and token.text[0].isupper() and token.lower in article.names:
        return token._replace(kind="name")
    return token


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(tokens) + 1):
        if at == len(tokens) or tokens[at].sentence != tokens[start].sentence:
            if tokens:
                yield start, at
            start = at


def _matches(article: ArticleIndex, text: str, tokens: Sequence[Token]) -> list[Match]:
    matches = [_match(article, tokens, at) for at in range(len(tokens))]
    for run, place in (*_spelled_out(article, tokens), *_explained(article, text, tokens)):
        for at in run:
            if matches[at] is NOWHERE:
                matches[at] = Match("variant", article.places[place])
    return matches


def _match(article: ArticleIndex, tokens: Sequence[Token], at: int) -> Match:
    """Look a token up; a number of a range may owe its size to the other: "$575-590 million"."""
    token = tokens[at]
    if token.kind != "number":
        return look_up(article, token)
    found = look_up(article, token, _hedged(tokens, at))
    if found is not NOWHERE or token.value is None:
        return found
    size = next((magnitude(t.text) for t in tokens[at + 1 : at + 3] if t.kind == "number"), 1.0)
    return look_up(article, token._replace(value=token.value * size)) if size > 1 else found


def _hedged(tokens: Sequence[Token], at: int) -> bool:
    return any(token.lower in words.word_set("hedges") for token in tokens[max(0, at - 2) : at])


def _spelled_out(
    article: ArticleIndex, tokens: Sequence[Token]
) -> Iterator[tuple[Sequence[int], str]]:
    """Yield runs of names whose initials are an acronym of the article: Bank of Japan for BOJ."""
    names = [at for at, token in enumerate(tokens) if token.kind == "name"]
    for first, start in enumerate(names):
        for last in range(first + 1, min(first + 5, len(names))):
            stop = names[last]
            if stop - start > 2 * (last - first) + 1:
                break
            letters = {
                "".join(tokens[at].lower[0] for at in names[first : last + 1]),
                "".join(token.lower[0] for token in tokens[start : stop + 1]),
            }
            for word in sorted(letters & article.names):
                if key(word) in article.places:
                    yield names[first : last + 1], key(word)


def _explained(
    article: ArticleIndex, text: str, tokens: Sequence[Token]
) -> Iterator[tuple[Sequence[int], str]]:
    """Yield runs of words that an acronym of the article follows in brackets: "Treebank (TB)"."""
    for at in range(1, len(tokens)):
        token = tokens[at]
        if text[token.start - 1 : token.start] != "(" or text[token.end : token.end + 1] != ")":
            continue
        if token.key not in article.places or not token.text.isupper():
            continue
        for start in range(at - 1, max(at - 2 - len(token.text), -1), -1):
            if tokens[start].lower[0] == token.lower[0] and _abbreviates(
                token.lower, "".join(other.lower for other in tokens[start:at])
            ):
                yield range(start, at), token.key
                break


def _abbreviates(short: str, full: str) -> bool:
    """Return whether the letters of an acronym stand in a text in this order."""
    rest = iter(full)
    return all(letter in rest for letter in short)


def _evidence(article: ArticleIndex, tokens: Sequence[Token], found: Alignment) -> tuple[int, ...]:
    weight: Counter[int] = Counter()
    for token, place in zip(tokens, found.places, strict=True):
        if place >= 0 and token.kind != "function":
            # a Counter of floats: rarer words say more about which sentence was read
            weight[article.tokens[place].sentence] += article.rarity(article.tokens[place].key)  # type: ignore[assignment]
    best = sorted(weight, key=lambda number: (-weight[number], number))
    return tuple(best[:2])
