import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness import spec
from harness.errors import UsageError
from harness.records import Article
from harness.summarisers._terms import count_terms
from harness.summarisers.lsa import Lsa

# Every word is its own stem and no stop word.
_TERMS = ["mill", "rain", "river", "wall", "boat"]
_SENTENCES = st.lists(st.lists(st.sampled_from(_TERMS), max_size=6), min_size=1, max_size=8)

# Two topics that share no term: with counts as cells, the first has the singular value
# sqrt(2^2 + 2^2) = sqrt(8), for the sentences 1 and 3; the second sqrt(3), for sentence 2.
TWO_TOPICS = ["Mill mill.", "Rain, river, boat.", "Mill, mill."]


def _slow_scores(every: list[list[str]], share: float) -> list[float]:
    """Rank as the docstring says, by a singular value decomposition of the matrix itself."""
    matrix = np.array([[float(s.count(term)) for s in every] for term in _TERMS])
    _, values, rows = np.linalg.svd(matrix, full_matrices=False)
    kept = [i for i, value in enumerate(values) if value >= share * values[0] - 1e-9]
    return [
        math.sqrt(sum(values[i] ** 2 * rows[i, k] ** 2 for i in kept)) for k in range(len(every))
    ]


@given(every=_SENTENCES, share=st.sampled_from([0.0, 0.25, 0.5, 1.0]))
@example(every=[[], []], share=0.5)
@example(every=[["mill"]], share=1.0)
def test_scores_are_those_of_a_singular_value_decomposition(
    every: list[list[str]], share: float
) -> None:
    """Decomposing A^T A gives the scores that decomposing A gives."""
    scores = Lsa(share=share)._scores(count_terms([" ".join(s) for s in every]))
    assert scores == pytest.approx(_slow_scores(every, share), abs=1e-6)


@given(_SENTENCES)
def test_with_every_topic_the_score_is_the_length_of_the_sentence(every: list[list[str]]) -> None:
    """share=0: the square root of the sum of squared counts."""
    scores = Lsa(share=0)._scores(count_terms([" ".join(s) for s in every]))
    expected = [math.sqrt(sum(s.count(t) ** 2 for t in set(s))) for s in every]
    assert scores == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("share", "scores"),
    [
        pytest.param(1, [2, 0, 2], id="first-topic-alone"),
        pytest.param(0.65, [2, 0, 2], id="second-falls-short"),
        pytest.param(0.6, [2, math.sqrt(3), 2], id="second-is-kept"),  # sqrt(3 / 8) = 0.61
    ],
)
def test_topics_are_kept_by_their_share_of_the_largest(share: float, scores: list[float]) -> None:
    """A topic counts where its singular value is at least this share of the largest."""
    assert Lsa(share=share)._scores(count_terms(TWO_TOPICS)) == pytest.approx(scores, abs=1e-9)


def test_the_sentences_of_the_main_topic_are_chosen() -> None:
    """Of two topics the stronger is summarised, in the article's order."""
    (summary,) = Lsa(sentences=2).summarise([Article("a", "\n".join(TWO_TOPICS))])
    assert summary.text == "Mill mill.\nMill, mill."


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    """A share lies between 0 and 1."""
    with pytest.raises(UsageError, match=r"share=.* from 0 to 1"):
        Lsa(share=share)


def test_an_empty_summary_is_refused() -> None:
    """A summary has at least one sentence."""
    with pytest.raises(UsageError, match=r"sentences=0 is not possible"):
        Lsa(sentences=0)


@pytest.mark.parametrize("text", ["lsa", "lsa(sentences=5, share=0.25)"])
def test_a_spec_names_it(text: str) -> None:
    """The part prints as what it was parsed from."""
    assert spec.show(spec.parse("summarisers", text)) == text


def test_the_signature_names_every_choice() -> None:
    """Count, share, terms and splitter all stand in the signature."""
    assert Lsa().signature() == "lsa|sentences:3|share:0.5|terms:own-1|splitter:own-1|v:1"
