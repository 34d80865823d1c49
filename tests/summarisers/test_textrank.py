import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness import spec
from harness.errors import UsageError
from harness.records import Article
from harness.summarisers._terms import count_terms
from harness.summarisers.textrank import TextRank

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


def _slow_edge(one: list[str], other: list[str]) -> float:
    shared = sum(a == b for a in one for b in other)
    if shared == 0:
        return 0.0
    norm = math.log(len(one)) + math.log(len(other))
    return shared / norm if norm > 0 else 1.0


def _slow_scores(every: list[list[str]], damping: float) -> list[float]:
    """Rank as the docstring says, cell by cell."""
    size = range(len(every))
    edges = [[_slow_edge(a, b) for b in every] for a in every]
    now = [1 / len(every) for _ in size]
    while True:
        jump = (1 - damping) / len(every) * sum(now)
        after = [
            jump + damping * sum(now[i] * edges[i][j] / (sum(edges[i]) + 1e-7) for i in size)
            for j in size
        ]
        if math.dist(now, after) <= 1e-4:
            return after
        now = after


@given(every=_SENTENCES, damping=st.sampled_from([0.2, 0.85]))
@example(every=[[], []], damping=0.85)
@example(every=[["mill"]], damping=0.85)
@example(every=[["mill"], ["mill"], ["rain", "rain"], []], damping=0.85)
def test_scores_are_those_of_plain_loops(every: list[list[str]], damping: float) -> None:
    """Matrix and loops give the same scores."""
    scores = TextRank(damping=damping)._scores(count_terms([" ".join(s) for s in every]))
    assert scores == pytest.approx(_slow_scores(every, damping), abs=1e-9)


def test_scores_are_those_of_sumy() -> None:
    """Made by sumy 0.13.0's TextRankSummarizer on these sentences, our words, stops and stems."""
    scores = TextRank()._scores(count_terms(FLOOD.split("\n")))
    expected = [0.100314, 0.074862, 0.090909, 0.110159, 0.07481, 0.092013]
    expected += [0.080606, 0.090909, 0.08342, 0.080197, 0.121801]
    assert np.round(scores, 6).tolist() == expected


def test_the_best_voted_sentences_are_chosen() -> None:
    """The three highest scores of the pinned eleven are those of sentences 0, 3 and 10."""
    lines = FLOOD.split("\n")
    (summary,) = TextRank().summarise([Article("flood", FLOOD)])
    assert summary.text == "\n".join([lines[0], lines[3], lines[10]])


def test_a_sentence_said_twice_ranks_as_high_both_times() -> None:
    """Copies have equal scores, so both are chosen where one is: nothing is left out as a copy."""
    scores = TextRank()._scores(count_terms([*FLOOD.split("\n"), FLOOD.split("\n")[3]]))
    assert scores[3] == pytest.approx(scores[11], abs=1e-12)


@pytest.mark.parametrize("damping", [0.0, 1.0, -1.0, math.nan])
def test_a_damping_that_ranks_nothing_is_refused(damping: float) -> None:
    """At 0 all sentences tie; at 1 the walk need not come to rest."""
    with pytest.raises(UsageError, match=r"damping=.* above 0 and below 1"):
        TextRank(damping=damping)


def test_an_empty_summary_is_refused() -> None:
    """A summary has at least one sentence."""
    with pytest.raises(UsageError, match=r"sentences=0 is not possible"):
        TextRank(sentences=0)


@pytest.mark.parametrize("text", ["textrank", "textrank(sentences=5, damping=0.5)"])
def test_a_spec_names_it(text: str) -> None:
    """The part prints as what it was parsed from."""
    assert spec.show(spec.parse("summarisers", text)) == text


def test_the_signature_names_every_choice() -> None:
    """Count, damping, terms and splitter all stand in the signature."""
    expected = "textrank|sentences:3|damping:0.85|terms:own-1|splitter:own-1|v:1"
    assert TextRank().signature() == expected
