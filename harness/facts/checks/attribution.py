"""Attribution: a statement handed to somebody else than the article hands it to.

The statement is found by its words, or by five of them that were read as one piece, such as a
quotation; who says it in the article is read from the verb of saying in the same sentence. Flagged
only where the article names its speaker there and ours is not in that sentence at all. Turns of a
transcript ("Ann: ...") are not read: who reports them often says more than one turn holds, and of
32 flags tried on chats none was right.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.facts import words
from harness.facts.claims import Claim, ClaimType
from harness.facts.parts import Check, Need
from harness.facts.speakers import speakers
from harness.facts.tokens import Token
from harness.facts.view import AlignedSentence, AlignedSummary

_LEAST = 2
_PIECE = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """Names beside verbs of saying, held against who says it in the article."""

    types: ClassVar[tuple[ClaimType, ...]] = ("attribution",)
    needs: ClassVar[frozenset[Need]] = frozenset({"english"})
    quiet: ClassVar[bool] = False

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield a claim for every name that something is handed to and the article has."""
        for sentence in summary.sentences:
            for start, stop, verb in speakers(summary.tokens, sentence.start, sentence.stop):
                name = [at for at in range(start, stop) if _names(summary, at)]
                source = _source(summary, sentence, range(start, stop), verb)
                if source is None:
                    source = _piece(summary, sentence, verb)
                if name and source is not None:
                    yield _judge(summary, name, source)


def _names(summary: AlignedSummary, at: int) -> bool:
    """Return whether a word names somebody in the article; a title or a people may be anyone."""
    token = summary.tokens[at]
    return summary.matches[at].how != "none" and not _describes(token)


def _describes(token: Token) -> bool:
    return token.lower in words.word_set("titles") or token.text in words.countries()


def _judge(summary: AlignedSummary, name: Sequence[int], source: int) -> Claim:
    """Hold our speaker against those of the article's sentence ``source``."""
    article = summary.article
    ours = {place for at in name for place in summary.matches[at].places}
    inside = range(*article.extent(source))
    theirs = _speaker(summary, source)
    if not theirs or any(place in inside for place in ours) or ours & set(theirs):
        return summary.claim(name, "attribution", "attribution")
    keys = {article.tokens[place].key for place in theirs}
    if keys & {summary.tokens[at].key for at in name}:
        return summary.claim(name, "attribution", "attribution")
    return summary.claim(name, "attribution", "attribution", "A", theirs, placed=True)


def _speaker(summary: AlignedSummary, source: int) -> list[int]:
    """Return the article positions of the names that say the sentence ``source``."""
    article = summary.article
    start, stop = article.extent(source)
    named = speakers(article.tokens, start, stop)
    places = [place for first, last, _ in named for place in range(first, last)]
    return [place for place in places if not _describes(article.tokens[place])]


def _source(
    summary: AlignedSummary, sentence: AlignedSentence, name: range, verb: int
) -> int | None:
    """Return the article's sentence that most of the statement stands in, if that is clear."""
    article = summary.article
    said = [
        at
        for at in summary.content(sentence)
        if at > max(verb, name.stop - 1) and summary.matches[at].how in ("exact", "variant")
    ][:12]
    votes: Counter[int] = Counter()
    for at in said:
        votes.update({article.tokens[place].sentence for place in summary.matches[at].places})
    best = votes.most_common(2)
    if not best or best[0][1] < max(_LEAST, (len(said) + 1) // 2):
        return None
    return None if len(best) > 1 and best[1][1] == best[0][1] else best[0][0]


def _piece(summary: AlignedSummary, sentence: AlignedSentence, verb: int) -> int | None:
    """Return the article's sentence of the longest piece after the verb that was read as one."""
    best: list[int] = []
    run: list[int] = []
    for at in range(verb + 1, sentence.stop):
        place = summary.places[at]
        run = [*run, at] if run and place == summary.places[run[-1]] + 1 else [at]
        if place >= 0 and len(run) > len(best):
            best = run
    content = sum(summary.tokens[at].kind != "function" for at in best)
    if len(best) < _PIECE or content < _LEAST:
        return None
    return summary.article.tokens[summary.places[best[-1]]].sentence


CHECK: Check = Attribution()
