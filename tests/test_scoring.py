"""What a metric returns, whoever wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from harness import api
from harness.comparison import compare
from harness.errors import CheckError, UsageError
from harness.parts import Need
from harness.records import Article, Column, Item, Scores, Summary, unwritten
from harness.runs import Store
from harness.scoring import score_all, score_batch
from harness.summarisers.lead import Lead

ONES = {"odd": np.ones(2)}


@dataclass(frozen=True)
class Foreign:
    """Somebody's metric: it returns, or raises, what a test says."""

    said: Any = None
    named: tuple[Column, ...] = (Column("odd", "whatever a test says", headline=True),)
    failing: bool = False

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 2

    def columns(self) -> tuple[Column, ...]:
        """Promise what the test says."""
        return self.named

    def signature(self) -> str:
        """Return a constant."""
        return "foreign"

    def score(self, items: Sequence[Item]) -> Any:
        """Return what the test says; ones with a detail each where it says nothing."""
        if isinstance(self.said, BaseException):
            raise self.said
        count = len(items)
        return self.said or Scores({"odd": np.ones(count)}, details=[{"n": 1}] * count)

    def check(self, items: Sequence[Item], scores: Scores) -> str:  # noqa: ARG002 - the protocol's
        """Fail where the test says so."""
        if self.failing:
            msg = "1 is not 2"
            raise CheckError(msg)
        return "held"


WRONG = [
    pytest.param(ValueError("no"), "raised ValueError on articles 'a' to 'b': no", id="raises"),
    pytest.param(SystemExit(0), "raised SystemExit", id="ends-the-program"),
    pytest.param({"odd": np.ones(2)}, "it must return Scores", id="a-dict"),
    pytest.param(Scores({"odd": np.array(["x", "y"])}), "that is no number", id="texts"),
    pytest.param(Scores({"odd": np.ones((2, 2))}), "shape (2, 2)", id="two-dimensions"),
    pytest.param(Scores({"odd": np.array(1.0)}), "shape ()", id="one-number"),
    pytest.param(Scores(ONES, {9: "far"}), "'far' about summary 9 of 2", id="unscored-far"),
    pytest.param(Scores(ONES, {-1: "last"}), "about summary -1 of 2", id="unscored-negative"),
    pytest.param(Scores(ONES, {0: 7}), "returned 7 about", id="reason-no-text"),  # type: ignore[dict-item] # on purpose
    pytest.param(Scores(ONES, {}, {2: "far"}), "'far' about summary 2 of 2", id="warning-far"),
    pytest.param(Scores(ONES, details=[1]), "1 details for 2 summaries", id="few-details"),
]


@pytest.mark.parametrize(("said", "message"), WRONG)
def test_what_is_no_score_is_refused(said: object, message: str) -> None:
    """Whatever is not one number, or one reason, for each summary is told before it is kept."""
    articles = [Article("a", "One."), Article("b", "Two.")]
    with pytest.raises(CheckError, match=re.escape(message)):
        score_batch(Foreign(said), articles, [Summary("x"), Summary("y")])


def test_reasons_at_numpys_numbers_will_do() -> None:
    """A position that NumPy counted is as good as any."""
    said = Scores(ONES, {np.int64(1): "odd"})  # type: ignore[dict-item] # what np.flatnonzero gives
    articles = [Article("a", "One."), Article("b", "Two.")]
    found = score_batch(Foreign(said), articles, [Summary("x"), Summary("y")])
    assert found.unscored == {1: "odd"}


COLUMNS = [
    pytest.param((), "has no column", id="none"),
    pytest.param((Column("a", ""), Column("a", "")), "has a column named 'a'", id="twice"),
    pytest.param((Column("unscored", ""),), "has a column named 'unscored'", id="taken"),
    pytest.param((Column("a\nb", ""),), "has a column named 'a\\nb'", id="two-lines"),
    pytest.param((Column("a", "", "up"),), "says 'up' is better", id="direction"),
]


@pytest.mark.parametrize(("columns", "message"), COLUMNS)
def test_columns_that_cannot_be_kept_are_refused_before_any_work(
    articles: Sequence[Article], runs: Path, columns: tuple[Column, ...], message: str
) -> None:
    """No column, one name twice, a name that is taken, a direction that is none."""
    with pytest.raises(UsageError, match=re.escape(message)):
        api.evaluate(articles, {"x": Lead()}, [Foreign(named=columns)], runs=runs)
    assert not runs.exists()


@dataclass(frozen=True)
class NothingAtFirst:
    """A summariser that has no summary of the first two articles."""

    batch: ClassVar[int] = 2

    def signature(self) -> str:
        """Return a constant."""
        return "nothing-at-first"

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Write about every article but two."""
        return [
            Summary(None, "no") if a.id in {"bridge", "harvest"} else Summary("x") for a in articles
        ]


def test_batches_with_and_without_details_are_one_table(
    articles: Sequence[Article], runs: Path
) -> None:
    """A batch of which nothing is scored has no details; it is joined to those that have some."""
    done = api.evaluate(articles, {"x": NothingAtFirst()}, [Foreign()], runs=runs)
    [run] = done.runs
    [folder] = run.record.metrics
    assert run.score_slice(folder, 0, 3).details == [None, None, {"n": 1}]


DETAILS = [
    pytest.param(float("nan"), id="nan"),
    pytest.param({1, 2}, id="set"),
]


@pytest.mark.parametrize("detail", DETAILS)
def test_details_that_are_no_json_are_told_in_words(
    articles: Sequence[Article], runs: Path, detail: object
) -> None:
    """What cannot be kept as JSON fails that run, and is told as a metric's fault."""
    said = Scores({"odd": np.ones(1)}, details=[detail])  # type: ignore[list-item] # on purpose
    done = api.evaluate(articles[:1], {"x": Lead()}, [Foreign(said)], runs=runs)
    assert "A metric's details cannot be kept as JSON" in str(done.failed["x"])


def test_words_that_utf8_cannot_hold_are_kept_as_far_as_it_can(
    articles: Sequence[Article], runs: Path
) -> None:
    """Half a surrogate pair in a reason, a warning or a detail becomes a question mark."""
    said = Scores({"odd": np.ones(2)}, {0: "\ud800"}, {1: "\ud800"}, ["\ud800", None])
    [run] = api.evaluate(articles[:2], {"x": Lead()}, [Foreign(said)], runs=runs).runs
    kept = run.score_slice(next(iter(run.record.metrics)), 0, 2)
    assert (kept.unscored, kept.warnings, kept.details) == ({0: "?"}, {1: "?"}, ["?", None])


def test_a_metric_that_raises_costs_the_other_runs_nothing(
    articles: Sequence[Article], runs: Path
) -> None:
    """What a metric raises is told for each candidate, and their summaries are kept."""
    metric = Foreign(ValueError("no\ud800"))
    done = api.evaluate(articles, {"x": Lead(1), "y": Lead(2)}, [metric], runs=runs)
    assert sorted(done.failed) == ["x", "y"]
    assert [r.summaries_kept.count() for r in Store(runs).runs()] == [3, 3]
    assert {r.record.status for r in Store(runs).runs()} == {"failed"}


def test_a_check_that_failed_is_told_under_every_later_table(
    articles: Sequence[Article], runs: Path
) -> None:
    """Scores that a check refuted are never shown without saying so."""
    [run] = api.evaluate(articles, {"x": Lead()}, ["length"], runs=runs).runs
    with pytest.raises(CheckError, match="1 is not 2"):
        api.score(run, [Foreign(failing=True)], Store(runs))
    [told] = compare([Store(runs).load(run.record.id)]).failed_checks
    assert "FAILED: 1 is not 2" in told


@dataclass(frozen=True)
class ByTwo:
    """Counts letters, of two summaries at a time; has something to say of each."""

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 2

    def columns(self) -> tuple[Column, ...]:
        """Return the letters."""
        return (Column("letters", "letters"),)

    def signature(self) -> str:
        """Return a name."""
        return "by-two"

    def score(self, items: Sequence[Item]) -> Scores:
        """Count; what begins with x has no score, what begins with w a warning."""
        texts = [item.summary for item in items]
        assert len(texts) <= self.batch
        return Scores(
            {"letters": np.array([len(t) for t in texts], float)},
            {i: "an x" for i, t in enumerate(texts) if t[0] == "x"},
            {i: "a w" for i, t in enumerate(texts) if t[0] == "w"},
            [{"text": t} for t in texts],
        )


def test_any_number_is_scored_in_the_metric_s_batches() -> None:
    """Every score, reason, warning and detail is where its summary is."""
    texts = ["a", "xbc", "wd", None, "ee", "wf", "xg"]
    articles = [Article(str(i), "text") for i in range(len(texts))]
    summaries = [unwritten("none") if t is None else Summary(t) for t in texts]
    found = score_all(ByTwo(), articles, summaries)
    assert found.unscored == {1: "an x", 3: "no summary: none", 6: "an x"}
    assert found.warnings == {2: "a w", 5: "a w"}
    assert found.details == [None if t is None else {"text": t} for t in texts]
    scored = [i for i in range(len(texts)) if i not in found.unscored]
    assert found.values["letters"][scored].tolist() == [1, 2, 2, 2]
