from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.parts import Summariser
from harness.records import Article, unwritten
from harness.summarisers import _terms
from harness.summarisers._terms import (
    STOP_WORDS,
    Floats,
    TermCounts,
    count_terms,
    settle,
    summarise_by,
    term,
    words,
)
from harness.summarisers.lexrank import LexRank
from harness.summarisers.lsa import Lsa
from harness.summarisers.textrank import TextRank
from harness.text.sentences import sentences

Part = Callable[..., Summariser]
PARTS = (TextRank, LexRank, Lsa)

# Words that are their own stems, function words, and a script without spaces; repeats are likely.
_WORD = st.sampled_from(
    ("mill", "rain", "river", "wall", "the", "of", "Ποταμός", "雨", "2026", "'s")
)
SENTENCES = st.lists(st.lists(_WORD, min_size=1, max_size=6).map(" ".join), max_size=9)


def _terms_of(sentence: str) -> list[str]:
    return [t for t in map(term, words(sentence)) if t]


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        pytest.param("Rivers flooded the mills.", ["river", "flood", "mill"], id="stems"),
        pytest.param("They didn't, and we won't!", ["won"], id="function-words-are-left-out"),
        pytest.param("The mayor's 9 o'clock", ["mayor", "clock"], id="single-characters-too"),
        pytest.param("In 2026, 1,250 m", ["2026", "250"], id="numbers-are-terms"),
        pytest.param("Gas", ["gas"], id="three-letters-are-not-stemmed"),
        pytest.param("Cats", ["cat"], id="four-letters-are"),
        pytest.param("Le président des États", ["le", "président", "des", "états"], id="french"),
        pytest.param("Μία ΠΌΛΗ", ["μία", "πόλη"], id="greek"),
        pytest.param("大雨です", ["大", "雨", "で", "す"], id="a-term-per-character"),
        pytest.param("* * *", [], id="no-word"),
        pytest.param("", [], id="empty"),
    ],
)
def test_terms_are_stems_of_words_that_say_something(sentence: str, terms: list[str]) -> None:
    """Words become lower-case stems; function words and single characters are left out."""
    assert _terms_of(sentence) == terms


def test_stop_words_are_words_as_the_tokeniser_finds_them() -> None:
    """Every stop word can be met: it is one token in lower case."""
    assert [word for word in sorted(STOP_WORDS) if words(word) != [word.encode()]] == []


@given(SENTENCES)
def test_cells_are_the_counts_of_terms_per_sentence(found: list[str]) -> None:
    """Each sentence's cells hold the counts that a plain counter finds."""
    counts = count_terms(found)
    cells = zip(counts.sentence.tolist(), counts.term.tolist(), counts.count, strict=True)
    by_sentence: list[list[float]] = [[] for _ in found]
    for sentence, _, count in cells:
        by_sentence[sentence].append(count)
    expected = [sorted(Counter(_terms_of(s)).values()) for s in found]
    assert [sorted(row) for row in by_sentence] == expected
    assert counts.sentences == len(found)
    assert counts.terms == len({t for s in found for t in _terms_of(s)})
    assert np.all(np.diff(counts.term) >= 0)


@pytest.mark.parametrize("block", [1, 20, 1 << 22], ids=["a-term-a-block", "some", "one-block"])
@given(found=SENTENCES.filter(bool))
def test_products_count_shared_terms(block: int, found: list[str]) -> None:
    """The product of two sentences sums count x count over terms, however it is cut in blocks."""
    held = [Counter(_terms_of(s)) for s in found]
    expected = [[sum(a[t] * b[t] for t in a) for b in held] for a in held]
    counts = count_terms(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_terms, "_BLOCK_CELLS", block)
        assert counts.products(counts.count).tolist() == expected


def test_settling_stops_when_a_step_is_small() -> None:
    """Halving from (1/2, 1/2): the first step of length 0.1 or less ends at (1/16, 1/16)."""
    assert settle(lambda now: now / 2, 2, 0.1).tolist() == [0.0625, 0.0625]


def test_settling_ends_even_where_nothing_settles() -> None:
    """A step that swings for ever is given up."""
    assert settle(lambda now: -now, 2, 0.1).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("scores", "count", "chosen"),
    [
        pytest.param([1, 3, 2, 4], 2, "Bb.\nDd.", id="best-in-the-article's-order"),
        pytest.param([4, 3, 2, 1], 2, "Aa.\nBb.", id="already-in-order"),
        pytest.param([1, 1, 1, 1], 2, "Aa.\nBb.", id="ties-go-to-the-earlier"),
        pytest.param([1, 1 + 1e-12, 1, 1], 1, "Aa.", id="rounding-is-a-tie"),
        pytest.param([1, 1 + 1e-9, 1, 1], 1, "Bb.", id="a-small-lead-is-none"),
        pytest.param([0, 0, 0, 9], 9, "Aa.\nBb.\nCc.\nDd.", id="more-than-there-are"),
    ],
)
def test_the_best_sentences_are_chosen(scores: list[float], count: int, chosen: str) -> None:
    """The highest scores win, ties go to the earlier sentence, and order is the article's."""

    def rank(_: TermCounts) -> Floats:
        return np.array(scores, float)

    summary = summarise_by(rank, "Aa. Bb. Cc. Dd.", count)
    assert (summary.text, summary.article_cut) == (chosen, False)


def test_of_a_very_long_article_the_first_sentences_are_ranked() -> None:
    """Beyond the longest article that is ranked, sentences are left out and the summary says so."""
    text = "\n".join(f"Line {i}." for i in range(_terms.LONGEST + 5))
    summary = summarise_by(lambda counts: np.arange(counts.sentences, dtype=np.float64), text, 1)
    assert (summary.text, summary.article_cut) == (f"Line {_terms.LONGEST - 1}.", True)


def test_many_ties_go_to_the_earlier_too() -> None:
    """Of a hundred scores, 1 at every odd line, the first three: the sort is stable throughout."""
    text = "\n".join(f"Line {i}." for i in range(100))
    summary = summarise_by(
        lambda counts: np.arange(counts.sentences, dtype=np.float64) % 2, text, 3
    )
    assert summary.text == "Line 1.\nLine 3.\nLine 5."


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("text", ["", " \n "], ids=["empty", "white-space"])
def test_no_sentence_makes_no_summary(part: Part, text: str) -> None:
    """A text without a sentence has no summary, and the record says why."""
    assert part().summarise([Article("a", text)]) == [unwritten("the article has no sentence")]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        pytest.param("It rained.", "It rained.", id="one-sentence"),
        pytest.param(
            "It was.\nSo be it.\nI did.\nHe was.", "It was.\nSo be it.\nI did.", id="no-term"
        ),
        pytest.param("雨。\n雨。\n川。\n山。", "雨。\n雨。\n川。", id="one-term-each"),
        pytest.param("Rain.\nRain.\nRain.\nRain.", "Rain.\nRain.\nRain.", id="all-the-same"),
    ],
)
def test_poor_articles_still_give_a_summary(part: Part, text: str, chosen: str) -> None:
    """Where nothing tells sentences apart, the first ones are taken."""
    assert [s.text for s in part().summarise([Article("a", text)])] == [chosen]


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=40)
@given(text=st.text() | SENTENCES.map("\n".join), count=st.integers(1, 5))
def test_summaries_are_sentences_of_the_article_in_order(part: Part, text: str, count: int) -> None:
    """At most so many sentences, those of the article, in its order, the same every time."""
    article = Article("a", text)
    (summary,) = part(count).summarise([article])
    assert part(count).summarise([article]) == [summary]
    found = iter(sentences(text))
    if summary.text is not None:
        chosen = summary.text.split("\n")
        assert len(chosen) == min(count, len(sentences(text)))
        assert all(sentence in found for sentence in chosen)


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=20)
@given(texts=st.lists(SENTENCES.map("\n".join), max_size=5), data=st.data())
def test_other_articles_change_nothing(part: Part, texts: list[str], data: st.DataObject) -> None:
    """A summary is the same whichever articles stand beside it, in whatever order."""
    articles = [Article(str(i), text) for i, text in enumerate(texts)]
    alone = [part().summarise([article])[0] for article in articles]
    order = data.draw(st.permutations(range(len(articles))))
    assert part().summarise([articles[i] for i in order]) == [alone[i] for i in order]
