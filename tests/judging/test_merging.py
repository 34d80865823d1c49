from itertools import permutations

import pytest

from harness.judging.merging import agreement, rating, ruling
from harness.judging.ratings import Rating
from harness.judging.verdicts import Ruling, Unread, Verdict

YES: Verdict = "supported"
NO: Verdict = "contradicted"
ABSENT: Verdict = "not in the article"
UNREAD = Unread("no verdict")

VOTES = [
    pytest.param([YES], YES, id="one"),
    pytest.param([YES, NO, YES], YES, id="most"),
    pytest.param([YES, NO], NO, id="a-tie-goes-to-the-graver"),
    pytest.param([YES, ABSENT], ABSENT, id="absent-is-graver-than-supported"),
    pytest.param([YES, NO, ABSENT], NO, id="three-ways"),
    pytest.param([YES, YES, NO, ABSENT], YES, id="more-than-each-other"),
]


def said(verdict: Verdict, found: tuple[int, int] | None = None, p: float | None = None) -> Ruling:
    """Return a ruling whose quote is named after where it stands."""
    return Ruling(verdict, f"quote {found}", found, p)


@pytest.mark.parametrize(("votes", "verdict"), VOTES)
def test_the_majority_rules(votes: list[Verdict], verdict: Verdict) -> None:
    """In whatever order the repeats come."""
    for order in permutations(votes):
        merged = ruling([said(v) for v in order])
        assert isinstance(merged, Ruling)
        assert merged.verdict == verdict


def test_a_quote_that_stands_in_the_article_is_preferred() -> None:
    """It is one of a repeat that gave the verdict that counts."""
    merged = ruling([said(NO, (9, 10)), said(YES), said(YES, (3, 5)), said(YES, (7, 8))])
    assert merged == said(YES, (3, 5))


def test_probabilities_are_averaged_over_those_known() -> None:
    """By hand: the mean of 0.9 and 0.5."""
    merged = ruling([said(YES, p=0.9), said(YES), said(NO, p=0.5), UNREAD])
    assert isinstance(merged, Ruling)
    assert merged.probability == pytest.approx(0.7)


def test_unread_answers_count_only_where_all_are() -> None:
    """The others rule; without any other the first one's reason stands."""
    assert ruling([UNREAD, said(YES)]) == said(YES)
    assert ruling([UNREAD, Unread("other")]) == UNREAD
    assert rating([UNREAD, Rating(4, None), Rating(5, 4.5)]) == pytest.approx(4.25)
    assert rating([Unread("first"), UNREAD]) == Unread("first")


AGREEMENTS = [
    pytest.param([["a", "a", "a"]], 1.0, id="all"),
    pytest.param([["a", "b"]], 0.0, id="none"),
    pytest.param([["a", "a", "b"]], 1 / 3, id="one-pair-of-three"),
    pytest.param([["a", "a"], ["a", "b"]], 0.5, id="over-questions"),
    pytest.param([[None, None]], 0.0, id="what-cannot-be-read-agrees-with-nothing"),
    pytest.param([["a"]], None, id="one-answer"),
    pytest.param([], None, id="no-question"),
]


@pytest.mark.parametrize(("told", "share"), AGREEMENTS)
def test_agreement_is_the_share_of_equal_pairs(
    told: list[list[str | None]], share: float | None
) -> None:
    """Counted by hand, pair by pair."""
    assert agreement(told) == (None if share is None else pytest.approx(share))
