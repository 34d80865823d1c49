import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import (
    _create_ngrams,
    _lcs_table,
    _score_ngrams,
    _summary_level_lcs,
)

from harness.rouge.wide import lcs_length, ngram_hits, union_hits

IDS = st.integers(0, 1) | st.integers(0, 5)
LINE = st.lists(IDS, max_size=10)
LINES = st.lists(LINE, max_size=4)


def lines(rng: np.random.Generator, letters: int, *lengths: int) -> list[list[int]]:
    """Return random lines of such lengths over so many tokens."""
    return [rng.integers(letters, size=length).tolist() for length in lengths]


@given(LINE, LINE, st.integers(1, 4))
def test_ngram_hits_are_those_of_rouge_score(left: list[int], right: list[int], n: int) -> None:
    """Clipped hits over the reference's n-grams are rouge-score's recall."""
    grams = [_create_ngrams(side, n) for side in (left, right)]
    expected = _score_ngrams(*grams).recall
    assert ngram_hits(left, right, n) / max(sum(grams[0].values()), 1) == expected


@given(LINE, LINE)
def test_lcs_length_is_that_of_rouge_score(left: list[int], right: list[int]) -> None:
    """The length is the last cell of rouge-score's table."""
    assert lcs_length(left, right) == _lcs_table(left, right)[-1][-1]


@given(LINES, LINES)
def test_union_hits_are_those_of_rouge_score(left: list[list[int]], right: list[list[int]]) -> None:
    """Hits over the reference's tokens are rouge-score's recall."""
    tokens = max(sum(map(len, left)), 1)
    assert union_hits(left, right) / tokens == _summary_level_lcs(left, right).recall


@pytest.mark.parametrize(
    "lengths",
    [
        pytest.param((64, 65), id="a-word-and-one"),
        pytest.param((200,), id="three-words"),
        pytest.param((70, 3, 0, 90), id="long-and-short-sentences"),
        pytest.param((3,) * 60, id="many-sentences"),
        pytest.param((1200,), id="over-a-thousand"),
    ],
)
def test_any_width(lengths: tuple[int, ...]) -> None:
    """Beyond 64 columns nothing changes; the sentences stand side by side in one integer."""
    rng = np.random.default_rng(len(lengths))
    left, right = lines(rng, 3, 40, 90), lines(rng, 4, *lengths)
    expected = _summary_level_lcs(left, right).recall
    assert union_hits(left, right) / 130 == expected
    assert lcs_length(left[1], right[0]) == _lcs_table(left[1], right[0])[-1][-1]
