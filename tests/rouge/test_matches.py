from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harness.rouge.matches import Matches, join, match
from harness.rouge.tokens import Tokens, tokenise
from harness.rouge.vocabulary import Vocabulary

Matched = Callable[[Sequence[str], Sequence[str]], tuple[Tokens, Matches]]
KEYS = st.lists(st.integers(0, 5) | st.just(2**42 - 1), max_size=12)
PAIRS = st.lists(st.tuples(st.text("abc ", max_size=12), st.text("bcd ", max_size=12)), max_size=5)


@given(KEYS, KEYS)
def test_join_finds_the_keys_of_both_sides(left: list[int], right: list[int]) -> None:
    """Shared keys come in order, with both counts; each entry learns its key's position or -1."""
    joined = join(np.array(left + right, np.int64), len(left))
    shared = sorted(set(left) & set(right))
    assert joined.left.tolist() == [left.count(key) for key in shared]
    assert joined.right.tolist() == [right.count(key) for key in shared]
    assert joined.hits.tolist() == [min(left.count(key), right.count(key)) for key in shared]
    assert [left[i] for i in joined.first.tolist()] == shared
    position = {key: i for i, key in enumerate(shared)}
    assert joined.numbers().tolist() == [position.get(key, -1) for key in left + right]


@given(PAIRS)
def test_matches_are_the_tokens_that_a_pair_shares(
    matched: Matched, pairs: list[tuple[str, str]]
) -> None:
    """Per pair, groups are the common words, and both sides list them in the text's order."""
    tokens, matches = matched([left for left, _ in pairs], [right for _, right in pairs])
    for i, (left, right) in enumerate(pairs):
        expected = Counter(left.split()) & Counter(right.split())
        assert sorted(matches.group_hits[matches.group_pair == i]) == sorted(expected.values())
        sides = ((matches.reference, left, i), (matches.candidate, right, i + len(pairs)))
        for side, text, at in sides:
            kept = side.token[side.pair == i] - tokens.bounds[at]
            assert kept.tolist() == [k for k, word in enumerate(text.split()) if word in expected]
    assert np.bincount(matches.candidate.group).tolist() == matches.group_candidate.tolist()


def test_one_text_may_serve_many_pairs() -> None:
    """Texts are named by position, so that a text that recurs is tokenised once."""
    tokens = tokenise(["a b", "b c"], "ascii", Vocabulary(stems=False))
    matches = match(tokens, np.array([0, 0, 1]), np.array([1, 0, 1]))
    assert np.bincount(matches.group_pair, matches.group_hits).tolist() == [1, 2, 2]
