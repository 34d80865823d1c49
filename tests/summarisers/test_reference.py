from collections.abc import Sequence

import pytest

from harness.errors import UsageError
from harness.metrics.rouge import Rouge
from harness.parts import CorpusView
from harness.records import Article, Summary
from harness.scoring import score_batch
from harness.summarisers.reference import Reference


def test_the_reference_at_a_position_is_held_out(articles: Sequence[Article]) -> None:
    """Each summary is a reference and says which, so that it is not scored against itself."""
    bridge, harvest, match = Reference(2).summarise(articles)
    assert (bridge.text, bridge.held_out) == (articles[0].references[1], 1)
    assert harvest.reason == "the article has no reference 2"
    assert match.reason == "the article has no reference 2"


def test_a_reference_is_scored_against_the_others_alone(articles: Sequence[Article]) -> None:
    """A reference never meets itself: with no other it is unscored, with one it is below 1."""
    part = Reference(1)
    scores = score_batch(Rouge(), articles, part.summarise(articles))
    assert scores.unscored == {
        1: "no other reference",
        2: "no summary: the article has no reference 1",
    }
    expected = score_batch(
        Rouge(),
        [Article("bridge", "Text.", articles[0].references[1:])],
        [Summary(articles[0].references[0])],
    )
    assert scores.values["rouge1"][0] == expected.values["rouge1"][0] < 1


EXPANSIONS = [
    pytest.param(Reference(), 3, {"-1": 1, "-2": 2, "-3": 3}, id="one-candidate-a-position"),
    pytest.param(Reference(), 1, {"": 1}, id="one-reference-needs-no-number"),
    pytest.param(Reference(), 0, {"": 1}, id="no-reference-at-all"),
    pytest.param(Reference(2), 3, {"": 2}, id="the-position-asked-for"),
]


@pytest.mark.parametrize(("part", "references", "expected"), EXPANSIONS)
def test_each_position_is_a_candidate(
    part: Reference, references: int, expected: dict[str, int]
) -> None:
    """Without a position there is a candidate for every position that any article has."""
    found = part.expand(CorpusView(["a"], references))
    assert found == {end: Reference(position) for end, position in expected.items()}


def test_a_negative_position_is_refused() -> None:
    """The refusal names the value and where positions begin."""
    with pytest.raises(UsageError, match=r"reference\(position=-1\).*positions count from 1"):
        Reference(-1)


def test_every_position_has_a_signature_of_its_own() -> None:
    """Two positions are two candidates; no position means the first."""
    assert Reference(1).signature() != Reference(2).signature()
    assert Reference().signature() == Reference(1).signature()
