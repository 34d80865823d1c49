"""TextRank, LexRank and LSA against sumy's, on REALSumm's articles: CPU time and what is chosen.

    HARNESS_DATA=<folder> python -m bench.summarisers

Both sides start from the text of an article and end with three sentences, and take turns in one
process, a round over all articles each. sumy runs in two ways: as it is installed (nltk's word
tokeniser, the Snowball stemmer, its own list of stop words), and on our words, stop words and
stems, so that the two rankings alone are left to differ. Sentences are ours everywhere: sumy's
need a model that nltk must download.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when numpy is loaded, below

from harness.parts import Summariser
from harness.records import Article
from harness.summarisers._terms import STOP_WORDS, term, words
from harness.summarisers.lexrank import LexRank
from harness.summarisers.lsa import Lsa
from harness.summarisers.textrank import TextRank
from harness.text.sentences import sentences

_ROUNDS = 3
_KEPT = 3
_Choices = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """What sumy asks of a tokeniser: here, only the words of a sentence."""

    to_words: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sumy:
    """One of sumy's summarisers, with a tokeniser, over our sentences."""

    method: Any
    words: Words

    def choices(self, articles: Sequence[Article]) -> _Choices:
        """Return the chosen sentences of every article."""
        return [self._choice(article.text) for article in articles]

    def _choice(self, text: str) -> tuple[str, ...]:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

        found = [Sentence(sentence, self.words) for sentence in sentences(text)]
        chosen = self.method(ObjectDocumentModel([Paragraph(found)]), _KEPT)
        return tuple(map(str, chosen))


def as_installed(kind: type[Any]) -> Sumy:
    """Return sumy with its own words, stems and stop words, without the download."""
    import nltk
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.utils import get_stop_words

    def to_words(sentence: str) -> list[str]:
        found = nltk.word_tokenize(sentence, preserve_line=True)
        return [word for word in found if Tokenizer._is_word(word)]

    method = kind(Stemmer("english"))
    method.stop_words = get_stop_words("english")
    return Sumy(method, Words(to_words))


def on_our_words(kind: type[Any]) -> Sumy:
    """Return sumy over our words, stems and stop words."""
    method = kind(lambda word: term(word.encode()))
    method.stop_words = STOP_WORDS
    return Sumy(method, Words(lambda sentence: [word.decode() for word in words(sentence)]))


def main() -> None:
    """Print a row per method: CPU time per article, ratios, and how many choices agree."""
    methods = _sumy_methods()
    articles = _articles()
    print(f"{len(articles)} REALSumm articles, {_KEPT} sentences; CPU time, median of {_ROUNDS}")
    print(f"{'':10}{'ours':>9}{'first':>9}{'sumy':>11}{'':>8}{'on our words':>16}{'':>8}   same 3")
    mine: tuple[Summariser, ...] = (TextRank(_KEPT), LexRank(_KEPT), Lsa(_KEPT))
    for ours, kind in zip(mine, methods, strict=True):
        print(_row(ours, [as_installed(kind), on_our_words(kind)], articles))


def _row(ours: Summariser, theirs: Sequence[Sumy], articles: Sequence[Article]) -> str:
    def choices(articles: Sequence[Article]) -> _Choices:
        return [tuple((summary.text or "").split("\n")) for summary in ours.summarise(articles)]

    term.cache_clear()
    first, own = _timed(choices, articles)
    times: list[list[float]] = [[] for _ in range(len(theirs) + 1)]
    for _ in range(_ROUNDS):
        times[0].append(_timed(choices, articles)[0])
        rounds = [_timed(sumy.choices, articles) for sumy in theirs]
        for spent, (seconds, _) in zip(times[1:], rounds, strict=True):
            spent.append(seconds)
    same = [sum(map(tuple.__eq__, own, chosen)) for _, chosen in rounds]
    mine, installed, given = map(statistics.median, times)
    per = 1000 / len(articles)
    return (
        f"{type(ours).__name__:10}{mine * per:6.2f} ms{first * per:6.2f} ms"
        f"{installed * per:8.1f} ms{installed / mine:7.1f}x{given * per:13.1f} ms"
        f"{given / mine:7.1f}x   {same[1]} of {len(articles)} ({same[0]} as installed)"
    )


def _timed(
    choices: Callable[[Sequence[Article]], _Choices], articles: Sequence[Article]
) -> tuple[float, _Choices]:
    start = time.process_time()
    chosen = choices(articles)
    return time.process_time() - start, chosen


def _sumy_methods() -> list[type[Any]]:
    try:
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.lsa import LsaSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer
    except ImportError:
        sys.exit("This bench needs sumy. Install it with: pip install 'harness[bench]'")
    return [TextRankSummarizer, LexRankSummarizer, LsaSummarizer]


def _articles() -> list[Article]:
    folder = os.environ.get("HARNESS_DATA")
    path = Path(folder or ".") / "realsumm" / "articles.jsonl"
    if not folder or not path.exists():
        sys.exit("This bench reads $HARNESS_DATA/realsumm/articles.jsonl. Set HARNESS_DATA.")
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Article(row["id"], row["text"]) for row in rows]


if __name__ == "__main__":
    main()
