"""What a candidate returns, whoever wrote it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from harness.errors import SummariserError
from harness.records import Article, Summary, unwritten
from harness.summarising import summarise_batch

ARTICLES = [Article("a", "One."), Article("b", "Two.")]


@dataclass(frozen=True)
class Foreign:
    """Somebody's summariser: it does what a test says."""

    write: Callable[[list[Article]], Any]
    batch: ClassVar[int] = 2

    def signature(self) -> str:
        """Return a constant."""
        return "foreign"

    def summarise(self, articles: Sequence[Article]) -> Any:
        """Do what the test says."""
        assert isinstance(articles, list)
        return self.write(articles)


NO_SUMMARIES = [
    pytest.param(lambda _: None, "returned None among its summaries", id="nothing"),
    pytest.param(lambda _: ["a", "b"], "returned 'a' among its summaries", id="texts"),
    pytest.param(lambda _: "ab", "returned 'a' among its summaries", id="one-text"),
    pytest.param(lambda _: [None, None], "returned None among its summaries", id="nones"),
    pytest.param(lambda a: [Summary("x")] * (len(a) + 1), "returned 3 summaries for 2", id="many"),
    pytest.param(lambda a: [Summary(7)] * len(a), "among its summaries", id="number"),  # type: ignore[arg-type] # wrong on purpose
    pytest.param(lambda a: [Summary("x", tokens_in=2**31)] * len(a), "among its", id="count"),
    pytest.param(lambda a: [Summary("x", held_out=-1)] * len(a), "among its", id="negative"),
]


@pytest.mark.parametrize(("write", "message"), NO_SUMMARIES)
def test_what_is_no_summary_is_refused(write: Callable[[list[Article]], Any], message: str) -> None:
    """Whatever is not one whole Summary for each article is told in words before it is kept."""
    with pytest.raises(SummariserError, match=re.escape(message)):
        summarise_batch(Foreign(write), ARTICLES)


def test_any_iterable_of_summaries_will_do() -> None:
    """A generator is as good as a list."""
    part = Foreign(lambda articles: (Summary(a.id) for a in articles))
    assert [s.text for s in summarise_batch(part, ARTICLES)] == ["a", "b"]


def test_a_candidate_that_ends_the_program_ends_nothing() -> None:
    """sys.exit(0) on one article is a reason there, and the other article has its summary."""

    def write(articles: list[Article]) -> list[Summary]:
        if articles[0].id == "a":
            raise SystemExit(0)
        return [Summary("x") for _ in articles]

    found = summarise_batch(Foreign(write), ARTICLES)
    assert [(s.text, s.reason) for s in found] == [(None, "raised SystemExit: 0"), ("x", None)]


def test_a_reason_can_be_kept_whatever_it_holds() -> None:
    """Half a surrogate pair in a reason, or in what is raised, becomes a question mark."""

    def fail(_: list[Article]) -> list[Summary]:
        msg = "a\ud800b"
        raise ValueError(msg)

    [told] = summarise_batch(Foreign(lambda _: [unwritten("a\ud800b")]), ARTICLES[:1])
    [raised] = summarise_batch(Foreign(fail), ARTICLES[:1])
    assert (told.reason, raised.reason) == ("a?b", "raised ValueError: a?b")


def test_a_candidate_that_empties_its_list_empties_no_other() -> None:
    """The list that a candidate gets is its own."""

    def write(articles: list[Article]) -> list[Summary]:
        found = [Summary(a.id) for a in articles]
        articles.clear()
        return found

    assert len(summarise_batch(Foreign(write), ARTICLES)) == len(ARTICLES) == 2
