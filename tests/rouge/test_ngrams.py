from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import _create_ngrams, _score_ngrams

from harness.rouge.matches import Matches
from harness.rouge.ngrams import ngram_hits
from harness.rouge.tokens import Tokens

Matched = Callable[[Sequence[str], Sequence[str]], tuple[Tokens, Matches]]
TEXT = st.lists(st.sampled_from("ab") | st.sampled_from("abcdef"), max_size=14).map(" ".join)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_hits_are_those_of_rouge_score(matched: Matched, pairs: list[tuple[str, str]]) -> None:
    """For n from 1 to 5, every pair of a batch has the hits that _score_ngrams counts."""
    _, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    hits = ngram_hits(matches, (1, 2, 3, 4, 5))
    for i, (left, right) in enumerate(pairs):
        for n, found in hits.items():
            grams = [_create_ngrams(text.split(), n) for text in (left, right)]
            expected = _score_ngrams(*grams).recall
            assert found[i] / max(sum(grams[0].values()), 1) == expected


@pytest.mark.parametrize(
    ("left", "right", "hits"),
    [
        pytest.param(["a b a b"], ["a b a b a b"], [3], id="clipped"),
        pytest.param(["a b"], ["b a"], [0], id="order-counts"),
        pytest.param(["a x b"], ["a y b"], [0], id="not-over-a-gap"),
        pytest.param(["a b\nc d"], ["b c"], [1], id="over-line-ends"),
        pytest.param(["a", "b"], ["b a", "b a"], [0, 0], id="not-over-texts"),
        pytest.param(["a a", "a a"], ["a", "a a"], [0, 1], id="not-over-equal-texts"),
        pytest.param([""], ["a b"], [0], id="empty"),
    ],
)
def test_bigrams(matched: Matched, left: list[str], right: list[str], hits: list[int]) -> None:
    """Bigrams lie within one text, and count as often as the side that has fewer."""
    _, matches = matched(left, right)
    assert ngram_hits(matches, (2,))[2].tolist() == hits


def test_only_the_orders_asked_for_are_returned(matched: Matched) -> None:
    """Orders may skip: 1 and 3 need 2 on the way, and do not return it."""
    _, matches = matched(["a b c"], ["a b c"])
    assert {n: hits.tolist() for n, hits in ngram_hits(matches, (3, 1)).items()} == {1: [3], 3: [1]}
    assert ngram_hits(matches, ()) == {}
