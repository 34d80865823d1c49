"""Ranked pairs, marked spans, people against people, and the rivals."""

import numpy as np
import pytest

from harness.records import JSON, Article, Item, Span
from harness.validation.people import people
from harness.validation.ranking import pairs, pairwise
from harness.validation.rivals import Rivals
from harness.validation.spans import touched
from harness.validation.weights import draw
from tests.validation.conftest import Make, judgement


def test_ties_are_half_right(make: Make) -> None:
    """Of three pairs one is in order, one tied, one the wrong way round: half of them right."""
    judged = [
        judgement(f"a{i}", pair=f"p{i}", labels={"correct": side})
        for i in range(3)
        for side in (True, False)
    ]
    points = make([[2.0, 1.0, 1.0, 1.0, 0.0, 3.0]], judged)
    found = pairs(points, points.dimensions[0])
    assert found == [(0, 1), (2, 3), (4, 5)]
    one = pairwise(points, 0, found, draw(3, 0, "articles", 200, 0))
    assert one is not None
    assert (one.estimate, one.n) == (0.5, 3)
    assert one.low is not None
    assert one.low < 0.5


def test_an_unscored_side_leaves_its_pair_out(make: Make) -> None:
    """A pair needs both scores; without any pair there is no accuracy."""
    judged = [judgement("a", pair="p", labels={"correct": side}) for side in (True, False)]
    points = make([[2.0, 1.0]], judged, there=np.array([[True, False]]))
    weights = draw(1, 0, "articles", 100, 0)
    assert pairwise(points, 0, pairs(points, points.dimensions[0]), weights) is None


def test_claims_and_marks_touch_by_a_character() -> None:
    """One claim touches a mark, one lies beside it; one of two marks is found."""
    judged = [judgement("a", spans=(Span(0, 5, "number"), Span(9, 12, "name"))), judgement("b")]
    claims: list[JSON] = [{"start": 4, "end": 6, "type": "x"}, {"start": 5, "end": 9, "type": "y"}]
    found = touched(judged, [{"claims": claims}, {"claims": claims}])
    assert (dict(found.claims), dict(found.right)) == ({"x": 1, "y": 1}, {"x": 1, "y": 0})
    assert (dict(found.marks), dict(found.found)) == (
        {"number": 1, "name": 1},
        {"number": 1, "name": 0},
    )


@pytest.mark.parametrize("detail", [None, {}, {"claims": "no"}, {"claims": [{"start": 1}]}, ["x"]])
def test_details_of_another_kind_are_passed_over(detail: object) -> None:
    """A metric without claims and offsets is not measured by them."""
    found = touched([judgement("a", spans=(Span(0, 1),))], [detail])  # type: ignore[list-item] # odd
    assert not found.marks


def test_people_are_held_against_each_other() -> None:
    """Labels on a nominal scale with Fleiss' kappa beside it, numbers on an interval scale."""
    judged = [
        judgement(
            "a", labels={"good": True}, ratings={"good": ((1.0, 1.0),), "fluent": ((1.0, 2.0),)}
        ),
        judgement(
            "b",
            labels={"good": False},
            ratings={"good": ((0.0, 0.0),), "fluent": ((4.0, 4.0, 5.0),)},
        ),
    ]
    good, fluent = people(judged)
    assert (good.scale, good.alpha, good.fleiss, good.units) == ("nominal", 1.0, 1.0, 2)
    assert (fluent.scale, fluent.fleiss, fluent.people) == ("interval", None, 3)
    assert fluent.alpha is not None
    assert 0 < fluent.alpha < 1


def test_rivals_count_what_the_article_has() -> None:
    """Of "the mill the mill" the article has "the" once and "mill" twice: three words of four."""
    items = [
        Item(Article("a", "The mill. A mill!"), text, ()) for text in ("The mill the mill", "")
    ]
    found = Rivals().score(items).values
    assert found["article1-p"].tolist() == [0.75, 0.0]
    assert found["article2-p"].tolist() == [1 / 3, 0.0]
    assert found["article3-p"].tolist() == [0.0, 0.0]
