"""Runs come to be: reuse, resumption, failures that cost nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from harness import api
from harness.errors import InputError, RunError, SummariserError, UsageError
from harness.evaluation import Evaluation
from harness.metrics.length import Length
from harness.parts import Metric, Need, Summariser
from harness.records import Article, Column, Item, Scores, Summary
from harness.runs import Run, Store
from harness.summarisers.lead import Lead
from harness.summarisers.random import Random


@dataclass(frozen=True)
class Scripted:
    """A summariser that does what a test tells it, and counts what it is asked."""

    write: Callable[[Article], str] = field(compare=False, default=lambda a: a.id)
    version: str = "1"
    asked: list[list[str]] = field(compare=False, default_factory=list)

    batch: ClassVar[int] = 2

    def signature(self) -> str:
        """Return the version: what a test says may change the texts."""
        return f"scripted|{self.version}"

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Write, noting who was asked about."""
        self.asked.append([a.id for a in articles])
        return [Summary(self.write(a)) for a in articles]


def evaluate(
    articles: Sequence[Article],
    part: Summariser,
    runs: Path,
    metrics: Sequence[str | Metric] = ("length",),
    fresh: bool = False,
) -> Evaluation:
    """Evaluate one candidate named x."""
    return api.evaluate(articles, {"x": part}, metrics, runs=runs, fresh=fresh)


def texts(run: Run) -> list[str | None]:
    """Return the texts of a run's summaries."""
    return [s.text for s in run.summaries()]


def test_a_run_keeps_every_summary_and_score(articles: Sequence[Article], runs: Path) -> None:
    """A complete run holds one summary and one score per article, and says how it was made."""
    [run] = evaluate(articles, Lead(1), runs).runs
    again = Store(runs).load(run.record.id)
    assert texts(again) == [
        "The bridge closed on Monday.",
        "The harvest was poor.",
        "The match was drawn.",
    ]
    assert again.record.status == "complete"
    [(_, scores)] = again.scores(next(iter(again.record.metrics)))
    assert scores.values["words"].tolist() == [5, 4, 4]
    assert {"python", "numpy"} <= again.record.environment.keys()


def test_what_is_kept_is_not_written_again(articles: Sequence[Article], runs: Path) -> None:
    """A second evaluation of the same candidate reuses the run and asks for nothing."""
    part = Scripted()
    first = evaluate(articles, part, runs)
    second = evaluate(articles, part, runs)
    assert second.reused == [first.runs[0].record.id]
    assert part.asked == [["bridge", "harvest"], ["match"]]


CHANGES = [
    pytest.param(lambda a: a, Scripted(version="2"), id="candidate"),
    pytest.param(lambda a: [*a[:2], Article("match", "Another text.")], Scripted(), id="article"),
    pytest.param(lambda a: a[:2], Scripted(), id="fewer-articles"),
]


@pytest.mark.parametrize(("change", "part"), CHANGES)
def test_nothing_is_reused_where_anything_changed(
    articles: Sequence[Article],
    runs: Path,
    change: Callable[[Sequence[Article]], Sequence[Article]],
    part: Scripted,
) -> None:
    """Another signature, another text or other articles make another run."""
    evaluate(articles, Scripted(), runs)
    assert evaluate(change(articles), part, runs).reused == []
    assert len(Store(runs).ids()) == 2


def test_fresh_begins_anew(articles: Sequence[Article], runs: Path) -> None:
    """With fresh, the kept run stays and another one is made beside it."""
    evaluate(articles, Scripted(), runs)
    assert evaluate(articles, Scripted(), runs, fresh=True).reused == []
    assert len(Store(runs).ids()) == 2


def test_a_stopped_run_goes_on_where_it_stopped(articles: Sequence[Article], runs: Path) -> None:
    """After an interruption only what was in hand is written again, and the run is the same one."""

    def stop(article: Article) -> str:
        if article.id == "match":
            raise KeyboardInterrupt
        return article.id

    with pytest.raises(KeyboardInterrupt):
        evaluate(articles, Scripted(stop), runs)
    [run_id] = Store(runs).ids()
    assert Store(runs).load(run_id).record.status == "interrupted"
    part = Scripted()
    [run] = evaluate(articles, part, runs).runs
    assert part.asked == [["match"]]
    assert (run.record.id, run.record.status) == (run_id, "complete")
    assert texts(run) == ["bridge", "harvest", "match"]


def test_an_article_that_fails_costs_the_others_nothing(
    articles: Sequence[Article], runs: Path
) -> None:
    """A candidate that raises on one article has a reason there and summaries everywhere else."""

    def write(article: Article) -> str:
        if article.id == "bridge":
            msg = "no bridges"
            raise ValueError(msg)
        return article.id

    [run] = evaluate(articles, Scripted(write), runs).runs
    assert texts(run) == [None, "harvest", "match"]
    assert run.summaries()[0].reason == "raised ValueError: no bridges"
    [(_, scores)] = run.scores(next(iter(run.record.metrics)))
    assert scores.unscored == {0: "no summary: raised ValueError: no bridges"}


TEXTS = [
    pytest.param("", None, id="empty"),
    pytest.param(" \n ", None, id="blank"),
    pytest.param("a\ud800b", "a?b", id="lone-surrogate"),
    pytest.param("caf\u0065\u0301", "caf\u00e9", id="nfc"),
    pytest.param(" a\r\nb ", "a\nb", id="line-ends"),
]


@pytest.mark.parametrize(("written", "kept"), TEXTS)
def test_any_text_can_be_kept(
    articles: Sequence[Article], runs: Path, written: str, kept: str | None
) -> None:
    """Whatever a candidate writes is kept as NFC text, or is an empty summary with that reason."""
    [run] = evaluate(articles[:1], Scripted(lambda _: written), runs).runs
    [summary] = run.summaries()
    assert summary.text == kept
    assert summary.reason == (None if kept else "empty summary")


@dataclass(frozen=True)
class TooFew(Scripted):
    """A summariser that forgets an article."""

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Write one summary too few."""
        return super().summarise(articles)[1:]


def test_a_candidate_that_fails_costs_the_other_candidates_nothing(
    articles: Sequence[Article], runs: Path
) -> None:
    """One candidate's failure is reported beside the others' complete runs."""
    done = api.evaluate(articles, {"few": TooFew(), "lead": Lead()}, ["length"], runs=runs)
    assert [run.record.name for run in done.runs] == ["lead"]
    assert isinstance(done.failed["few"], SummariserError)
    assert "1 summaries for 2 articles ('bridge' to 'harvest')" in str(done.failed["few"])
    failed = [r for r in Store(runs).runs() if r.record.name == "few"]
    assert failed[0].record.status == "failed"


def test_a_metric_can_be_added_without_writing_again(
    articles: Sequence[Article], runs: Path
) -> None:
    """Scoring a kept run asks the candidate nothing and leaves the other scores as they were."""
    part = Scripted()
    [run] = evaluate(articles, part, runs).runs
    api.score(run, ["repetition"], Store(runs))
    assert len(part.asked) == 2
    again = Store(runs).load(run.record.id)
    assert [m.spec for m in again.record.metrics.values()] == ["length", "repetition"]


def test_another_signature_of_a_metric_stands_beside_the_first(
    articles: Sequence[Article], runs: Path
) -> None:
    """Two variants of one metric are two sets of scores in one run."""
    [run] = evaluate(articles, Lead(), runs, ["repetition", "repetition(n=2)"]).runs
    assert len(run.record.metrics) == 2


def test_an_unfinished_run_is_not_scored(articles: Sequence[Article], runs: Path) -> None:
    """Scoring a run that lacks summaries is refused, with what to do."""

    def stop(_: Article) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(articles, Scripted(stop), runs)
    [run] = Store(runs).runs()
    with pytest.raises(RunError, match=r"has 0 of 3 summaries\. Finish it first"):
        api.score(run, ["length"], Store(runs))


@dataclass(frozen=True)
class Odd:
    """A metric that returns whatever a test says."""

    values: tuple[float, ...]
    column: str = "odd"

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Promise one column."""
        return (Column("odd", "whatever a test says"),)

    def signature(self) -> str:
        """Return a constant."""
        return "odd"

    def score(self, items: Sequence[Item]) -> Scores:  # noqa: ARG002 - a metric takes items
        """Return the values as they are."""
        return Scores({self.column: np.array(self.values)})


ODD = [
    pytest.param(Odd((1.0,)), "1 values of 'odd' for 3 summaries", id="too-few"),
    pytest.param(Odd((1.0, float("nan"), 2.0)), "that is no number", id="nan"),
    pytest.param(Odd((1.0, 2.0, 3.0), "even"), "promised the columns", id="other-column"),
]


@pytest.mark.parametrize(("metric", "message"), ODD)
def test_a_metric_that_breaks_its_promise_is_refused(
    articles: Sequence[Article], runs: Path, metric: Odd, message: str
) -> None:
    """Too few values, NaN or other columns than promised are never kept."""
    done = evaluate(articles, Lead(), runs, [metric])
    assert message in str(done.failed["x"])
    assert all(not r.scores_kept(f).count() for r in Store(runs).runs() for f in r.record.metrics)


def test_what_ran_once_can_be_run_again(articles: Sequence[Article], runs: Path) -> None:
    """A run's record and the articles kept with it are enough to make the same summaries anew."""
    [run] = evaluate(articles, Random(1, seed=5), runs).runs
    [again] = api.again(run, Store(runs)).runs
    assert again.record.id != run.record.id
    assert texts(again) == texts(run)
    assert [m.spec for m in again.record.metrics.values()] == ["length"]


def test_a_metric_named_twice_is_refused(articles: Sequence[Article], runs: Path) -> None:
    """The same metric twice, in whatever words, is refused before any work."""
    with pytest.raises(UsageError, match="named twice"):
        evaluate(articles, Lead(), runs, ["length", Length()])
    assert not runs.exists()


TWICE = [
    pytest.param([Article("a", "One."), Article("a", "Two.")], "'a' was given before", id="id"),
    pytest.param([Article("a", " ")], "the article's text is empty", id="empty"),
    pytest.param([Article("a\ud800", "One.")], "half of a surrogate pair", id="surrogate"),
]


@pytest.mark.parametrize(("given", "message"), TWICE)
def test_articles_from_python_are_held_to_what_files_are(
    runs: Path, given: Sequence[Article], message: str
) -> None:
    """An id given twice, an empty article or half a character is refused, and told by number."""
    with pytest.raises(InputError, match=message):
        evaluate(given, Lead(), runs)
    assert not Store(runs).ids()


@dataclass(frozen=True)
class Nameless(Scripted):
    """A summariser whose signature is whatever a test says."""

    given: object = None

    def signature(self) -> str:
        """Return no text, or raise."""
        if isinstance(self.given, Exception):
            raise self.given
        return self.given  # type: ignore[return-value] # what the test is about


@pytest.mark.parametrize("given", [None, "", KeyError("weights")], ids=["none", "empty", "raises"])
def test_a_candidate_without_a_signature_costs_the_others_nothing(
    articles: Sequence[Article], runs: Path, given: object
) -> None:
    """What has no signature cannot be kept under a key: it fails, and the others run."""
    parts: dict[str, Summariser] = {"odd": Nameless(given=given), "lead": Lead()}
    done = api.evaluate(articles, parts, ["length"], runs=runs)
    assert [run.record.name for run in done.runs] == ["lead"]
    assert "signature" in str(done.failed["odd"])
