import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness import spec
from harness.errors import UsageError
from harness.records import Article
from harness.summarisers._terms import count_terms
from harness.summarisers.lexrank import LexRank

FLOOD = """The river rose through the night and flooded the old mill.
Firefighters brought forty people out of the flooded streets by boat.
Nobody was hurt.
The mayor said the river wall had held for ninety years.
Engineers had warned the council about the wall in March.
The council had put the repair of the wall off for a year.
"We saved money and lost the mill," a councillor said.
Rain is forecast until Friday.
The firefighters expect the river to rise again on Thursday night.
The mill was to open as a museum next year.
The mayor has asked for money to repair the mill and the river wall."""

# Every word is its own stem and no stop word.
_TERM = st.sampled_from(["mill", "rain", "river", "wall", "boat"])
_SENTENCES = st.lists(st.lists(_TERM, max_size=6), min_size=1, max_size=8)


def _slow_cosine(one: list[str], other: list[str], every: list[list[str]]) -> float:
    def weight(term: str, sentence: list[str]) -> float:
        most = max(sentence.count(t) for t in sentence)
        holding = sum(term in s for s in every)
        return sentence.count(term) / most * math.log(len(every) / (1 + holding))

    def length(sentence: list[str]) -> float:
        return math.sqrt(sum(weight(t, sentence) ** 2 for t in set(sentence)))

    if length(one) == 0 or length(other) == 0:
        return 0.0
    shared = set(one) & set(other)
    return sum(weight(t, one) * weight(t, other) for t in shared) / length(one) / length(other)


def _slow_scores(every: list[list[str]], threshold: float) -> list[float]:
    """Rank as the docstring says, cell by cell."""
    size = range(len(every))
    edges = [[_slow_cosine(a, b, every) > threshold + 1e-9 for b in every] for a in every]
    now = [1 / len(every) for _ in size]
    while True:
        after = [sum(now[i] / sum(edges[i]) for i in size if edges[i][j]) for j in size]
        length = math.sqrt(sum(x * x for x in after)) or 1.0
        after = [x / length for x in after]
        if math.dist(now, after) <= 0.1:
            return after
        now = after


@given(every=_SENTENCES, threshold=st.sampled_from([0.0, 0.1, 0.3, 0.5]))
@example(every=[[], []], threshold=0.1)
@example(every=[["mill"]], threshold=0.1)
@example(every=[["mill"], ["mill"], ["rain"]], threshold=0.1)
def test_scores_are_those_of_plain_loops(every: list[list[str]], threshold: float) -> None:
    """Matrix and loops give the same scores."""
    scores = LexRank(threshold=threshold)._scores(count_terms([" ".join(s) for s in every]))
    assert scores == pytest.approx(_slow_scores(every, threshold), abs=1e-9)


def test_scores_are_those_of_sumy() -> None:
    """Made by sumy 0.13.0's LexRankSummarizer on these sentences and our words, stops and stems."""
    scores = LexRank()._scores(count_terms(FLOOD.split("\n")))
    expected = [0.332106, 0.260054, 0.292104, 0.316527, 0.198631, 0.444728]
    expected += [0.220133, 0.292104, 0.260054, 0.198631, 0.398073]
    assert np.round(scores, 6).tolist() == expected


def test_the_most_central_sentences_are_chosen() -> None:
    """The three highest scores of the pinned eleven are those of sentences 0, 5 and 10."""
    lines = FLOOD.split("\n")
    (summary,) = LexRank().summarise([Article("flood", FLOOD)])
    assert summary.text == "\n".join([lines[0], lines[5], lines[10]])


def test_a_sentence_said_twice_ranks_as_high_both_times() -> None:
    """Copies have equal scores, so both are chosen where one is: nothing is left out as a copy."""
    scores = LexRank()._scores(count_terms([*FLOOD.split("\n"), FLOOD.split("\n")[5]]))
    assert scores[5] == pytest.approx(scores[11], abs=1e-12)


@pytest.mark.parametrize(
    ("threshold", "first"),
    [pytest.param(0.49, "River boat.", id="above"), pytest.param(0.5, "Mill river.", id="equal")],
)
def test_neighbours_have_a_cosine_above_the_threshold(threshold: float, first: str) -> None:
    """An equal cosine makes no neighbours, whatever rounding says.

    Every term stands in two sentences and weighs the same. Neighbouring lines of the first three
    share one of two terms: a cosine of 1/2, which comes out as 0.5000000000000001. Where that is
    above, the second sentence has two neighbours and wins; else all five tie.
    """
    text = "Mill river.\nRiver boat.\nBoat wall.\nMill wall rain town.\nRain town."
    part = LexRank(sentences=1, threshold=threshold)
    assert [s.text for s in part.summarise([Article("a", text)])] == [first]


@pytest.mark.parametrize("threshold", [-0.1, 1.0, math.nan])
def test_a_threshold_that_is_no_cosine_is_refused(threshold: float) -> None:
    """Outside [0, 1) nothing, or everything, would be a neighbour."""
    with pytest.raises(UsageError, match=r"threshold=.* at least 0 and below 1"):
        LexRank(threshold=threshold)


def test_an_empty_summary_is_refused() -> None:
    """A summary has at least one sentence."""
    with pytest.raises(UsageError, match=r"sentences=0 is not possible"):
        LexRank(sentences=0)


@pytest.mark.parametrize("text", ["lexrank", "lexrank(sentences=5, threshold=0.2)"])
def test_a_spec_names_it(text: str) -> None:
    """The part prints as what it was parsed from."""
    assert spec.show(spec.parse("summarisers", text)) == text


def test_the_signature_names_every_choice() -> None:
    """Count, threshold, terms and splitter all stand in the signature."""
    expected = "lexrank|sentences:3|threshold:0.1|terms:own-1|splitter:own-1|v:1"
    assert LexRank().signature() == expected
