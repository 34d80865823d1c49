from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import _lcs_table

from harness.rouge.lcs import lcs_lengths
from harness.rouge.matches import Matches
from harness.rouge.tokens import Tokens

Matched = Callable[[Sequence[str], Sequence[str]], tuple[Tokens, Matches]]
TEXT = st.lists(st.sampled_from("ab") | st.sampled_from("abcdef"), max_size=20).map(" ".join)


def expected(left: str, right: str) -> int:
    """Return the last cell of rouge-score's table."""
    length: int = _lcs_table(left.split(), right.split())[-1][-1]
    return length


def text(rng: np.random.Generator, letters: str, length: int) -> str:
    """Return a random text of so many one-letter words."""
    return " ".join(letters[i] for i in rng.integers(len(letters), size=length))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_lengths_are_those_of_rouge_score(matched: Matched, pairs: list[tuple[str, str]]) -> None:
    """Every pair of a batch has the LCS length of _lcs_table, whatever stands beside it."""
    _, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    lengths, fits = lcs_lengths(matches)
    assert lengths.tolist() == [expected(*pair) for pair in pairs]
    assert fits.all()


@pytest.mark.parametrize("columns", [63, 64, 65, 127, 128, 129, 300, 512])
def test_carries_from_lane_to_lane(matched: Matched, columns: int) -> None:
    """Candidates of up to 512 shared tokens take several lanes, beside pairs that take one."""
    rng = np.random.default_rng(columns)
    pairs = [
        (text(rng, letters, rows), text(rng, letters, columns))
        for rows, letters in ((1, "a"), (9, "ab"), (80, "abc"), (90, "abcdefghij"))
    ]
    pairs[1:1] = [("a b c", "c b a c"), ("", "a")]
    _, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    lengths, fits = lcs_lengths(matches)
    assert lengths.tolist() == [expected(*pair) for pair in pairs]
    assert fits.all()


def test_too_many_columns_do_not_fit(matched: Matched) -> None:
    """513 shared tokens in a candidate are left to ``wide``, and its neighbours are not touched."""
    pairs = [("a b", "b a b"), ("a", " ".join("a" * 513)), ("b a", "b x a")]
    _, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    lengths, fits = lcs_lengths(matches)
    assert fits.tolist() == [True, False, True]
    assert lengths.tolist() == [2, 0, 2]
