from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import _lcs_table, _summary_level_lcs, _union_lcs, lcs_ind

from harness.rouge.matches import Matches
from harness.rouge.tokens import Tokens
from harness.rouge.union_lcs import union_hits

Matched = Callable[[Sequence[str], Sequence[str]], tuple[Tokens, Matches]]
WORDS = st.sampled_from("ab") | st.sampled_from("abcdef")
LINES = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=4)
TEXT = LINES.map("\n".join)


def expected(left: str, right: str) -> int:
    """Count the clipped positions of rouge-score's _union_lcs, as its _summary_level_lcs does."""
    sides = [[line.split() for line in text.split("\n")] for text in (left, right)]
    in_candidate = Counter(word for line in sides[1] for word in line)
    hits = 0
    for line in sides[0]:
        for word in _union_lcs(line, sides[1]):
            hits += in_candidate[word] > 0
            in_candidate[word] -= 1
    tokens = len(left.split())
    assert not tokens or hits / tokens == _summary_level_lcs(*sides).recall
    return hits


def line(rng: np.random.Generator, letters: str, length: int) -> str:
    """Return a random line of so many one-letter words."""
    return " ".join(letters[i] for i in rng.integers(len(letters), size=length))


def check(matched: Matched, pairs: list[tuple[str, str]]) -> None:
    """Compare the hits of a batch that fits."""
    tokens, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    hits, fits = union_hits(matches, tokens.lines)
    assert hits.tolist() == [expected(*pair) for pair in pairs]
    assert fits.all()


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_hits_are_those_of_rouge_score(matched: Matched, pairs: list[tuple[str, str]]) -> None:
    """Every pair of a batch has rouge-score's hits, ties broken and clipped in its way."""
    check(matched, pairs)


def test_random_batches(matched: Matched) -> None:
    """So do 1,500 random pairs of one to four letters, where ties are everywhere."""
    rng = np.random.default_rng(1)
    for letters in ("a", "ab", "abx", "abc", "abcd") * 6:
        texts = [
            "\n".join(line(rng, letters, int(n)) for n in rng.integers(10, size=rng.integers(1, 5)))
            for _ in range(100)
        ]
        check(matched, [*zip(texts[:50], texts[50:], strict=True)])


@pytest.mark.parametrize(
    ("left", "right", "hits"),
    [
        # derived by hand from the walk in the module's docstring
        pytest.param("a b", "b a", 1, id="one-of-two"),
        pytest.param("a b c d", "a b\nc d", 4, id="union-over-sentences"),
        pytest.param("a b\na b", "a b", 2, id="clipped-by-the-candidate"),
        pytest.param("a a", "a\na", 1, id="both-sentences-take-the-same-position"),
        pytest.param("a a", "a\na x", 2, id="a-column-without-a-match-matters"),
        pytest.param("a", "b", 0, id="nothing-shared"),
        pytest.param("", "a", 0, id="empty"),
        pytest.param("\n\na\n\n", "a\n\n", 1, id="empty-lines"),
    ],
)
def test_cases(matched: Matched, left: str, right: str, hits: int) -> None:
    """Small cases, each for one clause of the definition."""
    assert expected(left, right) == hits
    check(matched, [(left, right)])


@pytest.mark.parametrize("columns", [62, 63, 64])
def test_sentences_that_fill_a_lane(matched: Matched, columns: int) -> None:
    """Sentences of up to 64 columns fit, also where the carry leaves the word."""
    rng = np.random.default_rng(columns)
    texts = [line(rng, "abc", columns) for _ in range(8)]
    check(matched, [*zip(texts[:4], texts[4:], strict=True)])


def test_long_sentences_do_not_fit(matched: Matched) -> None:
    """65 columns in a candidate's sentence are left to ``wide``; its neighbours are counted."""
    pairs = [("a b", "b a"), ("a b", "a\n" + " ".join("ab" * 32 + "a")), ("b a", "b x a")]
    tokens, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    hits, fits = union_hits(matches, tokens.lines)
    assert fits.tolist() == [True, False, True]
    assert hits[fits].tolist() == [1, 2]


def test_repetitive_texts_do_not_fit(matched: Matched) -> None:
    """A word in hundreds of lines of both texts is left to ``wide``: rows grow with the square."""
    text = "a\n" * 300
    tokens, matches = matched([text, "a b"], [text, "b"])
    hits, fits = union_hits(matches, tokens.lines)
    assert fits.tolist() == [False, True]
    assert hits[1] == 1


@given(st.lists(WORDS, max_size=9), st.lists(WORDS, max_size=9))
def test_the_lemma(reference: list[str], candidate: list[str]) -> None:
    """Going left where D = 1 and up where D = 0 is the very walk of rouge-score."""
    t = _lcs_table(reference, candidate)
    i, j, taken = len(reference), len(candidate), []
    while i and j:
        rise = t[i][j] - t[i - 1][j]
        assert rise in {0, 1}
        if reference[i - 1] == candidate[j - 1]:
            i, j = i - 1, j - 1
            taken.append(i)
        elif rise:
            j -= 1
        else:
            i -= 1
    assert taken[::-1] == lcs_ind(reference, candidate)


@given(st.lists(WORDS, min_size=1, max_size=9), st.lists(WORDS, min_size=1, max_size=9))
def test_the_subtraction(reference: list[str], candidate: list[str]) -> None:
    """Raised - V is D: bit j - 1 is set where t[i][j] - t[i - 1][j] = 1."""
    t = _lcs_table(reference, candidate)
    full = state = (1 << len(candidate)) - 1
    for i, word in enumerate(reference, start=1):
        u = state & sum(1 << j for j, other in enumerate(candidate) if other == word)
        raised = (state + u) | (state - u)
        rises = (t[i][j] - t[i - 1][j] for j in range(1, len(candidate) + 1))
        assert raised - state == sum(rise << j for j, rise in enumerate(rises))
        state = raised & full
