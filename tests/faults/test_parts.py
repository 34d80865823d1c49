"""Candidates and metrics that do what they must not: what it costs, and what is said of it."""

from pathlib import Path

import pytest

from harness import api
from harness.engines.local import Local
from harness.runs import Store
from tests.faults.conftest import content, ended, failure
from tests.faults.parts import ARTICLES, Faulty, FaultyMetric

WORKERS = pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.slow)])


@WORKERS
def test_a_candidate_that_raises_on_one_article_in_ten(tmp_path: Path, workers: int) -> None:
    """Those articles have the reason, all others a summary: in any number of workers the same."""
    run = ended(Faulty("one in ten"), tmp_path / "runs", workers)
    summaries = run.summaries()
    odd = {i: s.reason for i, s in enumerate(summaries) if s.text is None}
    assert odd == {i: f"raised LookupError: a{i:03}" for i in (3, 13, 23, 33)}
    whole = ended(Faulty(), tmp_path / "other").summaries()
    assert all(
        a == b for i, (a, b) in enumerate(zip(summaries, whole, strict=True)) if i not in odd
    )


def test_a_summary_of_ten_megabytes_is_kept_whole(tmp_path: Path) -> None:
    """It is written, scored and read back as any other."""
    part = Faulty("too long")
    [run] = api.evaluate(ARTICLES, {"x": part}, [FaultyMetric()], runs=tmp_path).runs
    assert len(run.summaries()[20].text or "") == len("word " * 2_000_000) - 1
    [(_, scores)] = run.scores(next(iter(run.record.metrics)))
    assert scores.values["letters"][20] == 9_999_999


@WORKERS
def test_memory_that_is_refused_costs_one_article(tmp_path: Path, workers: int) -> None:
    """A candidate under a limit on its memory lacks the summary for which it wants more."""
    run = ended(Faulty("too much memory"), tmp_path, workers)
    odd = {i: s.reason for i, s in enumerate(run.summaries()) if s.text is None}
    assert odd == {20: "raised MemoryError: "}


@WORKERS
def test_a_candidate_that_answers_with_nothing_fails_in_words(tmp_path: Path, workers: int) -> None:
    """What it had finished is kept, and the run goes on once it is mended."""
    runs = tmp_path / "runs"
    told = failure(Faulty("nothing"), runs, workers)
    assert "returned None among its summaries for 3 articles ('a018' to 'a020')" in told
    [run] = Store(runs).runs()
    assert (run.record.status, run.record.reason) == ("failed", f"SummariserError: {told}")
    assert run.summaries_kept.count() >= 15
    assert content(ended(Faulty(), runs, workers)) == content(ended(Faulty(), tmp_path / "other"))


@WORKERS
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        pytest.param("raises", "raised LookupError on articles 'a0", id="raises"),
        pytest.param("nan", "returned a value of 'letters' that is no number", id="nan"),
    ],
)
def test_a_broken_metric_costs_no_summary(
    tmp_path: Path, workers: int, fault: str, told: str
) -> None:
    """No score of it is kept; mended, it scores the same run without writing anything again."""
    runs, part = tmp_path / "runs", Faulty()
    assert told in failure(part, runs, workers, (FaultyMetric(fault),))
    [broken] = Store(runs).runs()
    assert broken.record.status == "failed"
    if workers == 0:
        assert broken.summaries_kept.count() >= 9
    engine = Local(workers=workers)
    [run] = api.evaluate(ARTICLES, {"x": part}, [FaultyMetric()], runs=runs, engine=engine).runs
    assert run.record.id == broken.record.id
    [(_, scores)] = run.scores(next(iter(run.record.metrics)))
    assert not scores.unscored
