"""Kept runs that somebody moved, copied, edited or half deleted."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness import api
from harness.articles import contrasts
from harness.comparison import compare
from harness.errors import RunError, UsageError
from harness.records import Article
from harness.runs import Run, Store
from harness.summarisers.lead import Lead


@pytest.fixture
def run(articles: Sequence[Article], runs: Path) -> Run:
    """Return a complete run of lead."""
    return api.evaluate(articles, {"lead": Lead(1)}, ["length"], runs=runs).runs[0]


def test_a_renamed_folder_is_the_run_of_its_new_name(run: Run, runs: Path) -> None:
    """The folder's name is the id, whatever its record says, so that a copy is a run of its own."""
    shutil.copytree(run.folder, runs / "copy")
    store = Store(runs)
    assert store.ids() == [run.record.id, "copy"]
    copied = store.load("copy")
    api.score(copied, ["repetition"], store)
    assert copied.record.id == "copy"
    assert len(store.load("copy").record.metrics) == 2
    assert len(store.load(run.record.id).record.metrics) == 1


def test_an_edited_id_leads_nowhere_else(articles: Sequence[Article], run: Run, runs: Path) -> None:
    """An id that names another folder is not followed."""
    record = json.loads((run.folder / "run.json").read_text())
    (run.folder / "run.json").write_text(json.dumps(record | {"id": "../../elsewhere"}))
    done = api.evaluate(articles, {"lead": Lead(1)}, ["length", "repetition"], runs=runs)
    assert [r.record.id for r in done.runs] == [run.record.id]


def test_a_run_without_its_record_says_what_it_lacks(run: Run, runs: Path) -> None:
    """Half a run that is named is told of as such; it is no run to list."""
    (run.folder / "run.json").unlink()
    for text in (run.record.id, f"{runs}/{run.record.id}"):
        with pytest.raises(RunError, match=r"run\.json is missing"):
            Store(runs).resolve(text)
    assert Store(runs).ids() == []


@pytest.mark.parametrize("text", ["", "/", "..", "corpora", "locks"])
def test_what_names_no_run_finds_none(run: Run, runs: Path, text: str) -> None:
    """Neither an empty name nor a folder beside the runs is taken for the only run there is."""
    assert run.folder.exists()
    with pytest.raises(RunError, match=r"names no run|No run"):
        Store(runs).resolve(text)


def test_a_file_is_no_store(tmp_path: Path) -> None:
    """A file in the place of the runs is told of, rather than shown as no runs."""
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="Not a directory"):
        Store(tmp_path / "file").ids()


def test_a_corpus_without_its_articles_is_made_whole_by_the_next_evaluation(
    articles: Sequence[Article], run: Run, runs: Path
) -> None:
    """What was deleted of a corpus comes back when the same corpus is read again."""
    next(runs.glob("corpora/*/*.parquet")).unlink()
    done = api.evaluate(articles, {"lead": Lead(1)}, ["length"], runs=runs)
    assert done.reused == [run.record.id]
    assert len(Store(runs).load(run.record.id).snapshot.articles()) == 3


def test_scores_of_another_metric_are_no_scores(run: Run, runs: Path) -> None:
    """A metric's folder with other columns, or of another type, is told of."""
    [path] = run.folder.glob("scores/*/*.parquet")
    table = pq.read_table(path)
    for other in (
        table.drop_columns(["words"]),
        table.set_column(1, "words", pa.array([1, 2, 3], pa.int64())),
    ):
        pq.write_table(other, path)
        with pytest.raises(RunError, match="has no column 'words' of the type double"):
            compare([Store(runs).load(run.record.id)])
        with pytest.raises(RunError, match="has no column 'words' of the type double"):
            run.score_slice(path.parent.name, 0, 1)


def test_articles_cannot_be_compared_without_summaries(
    articles: Sequence[Article], run: Run, runs: Path
) -> None:
    """Where summaries were deleted and scores were not, reading them side by side says so."""
    [other] = api.evaluate(articles, {"other": Lead(2)}, ["length"], runs=runs).runs
    shutil.rmtree(run.folder / "summaries")
    with pytest.raises(RunError, match="lacks some of the articles 1 to 3"):
        contrasts(other, run, "words")


def test_two_candidates_that_are_one_summariser_have_a_run_each(
    articles: Sequence[Article], runs: Path
) -> None:
    """One spec under two names, or two files with the same summaries, are two rows and two runs."""
    for reused in (0, 2):
        done = api.evaluate(articles, {"a": Lead(1), "b": Lead(1)}, ["length"], runs=runs)
        assert [r.record.name for r in done.runs] == ["a", "b"]
        assert len(done.reused) == reused
    assert len(Store(runs).ids()) == 2


def test_a_candidate_that_has_another_name_now_keeps_its_run(
    articles: Sequence[Article], run: Run, runs: Path
) -> None:
    """A new name for the same candidate costs nothing; the run has that name from then on."""
    [renamed] = api.evaluate(articles, {"first": Lead(1)}, ["length"], runs=runs).runs
    assert (renamed.record.id, renamed.record.name) == (run.record.id, "first")


def test_scores_that_another_process_added_are_not_forgotten(run: Run, runs: Path) -> None:
    """Two who loaded one run, and add a metric each, leave it with both."""
    store = Store(runs)
    one, two = store.load(run.record.id), store.load(run.record.id)
    api.score(one, ["repetition"], store)
    api.score(two, ["extractiveness"], store)
    metrics = store.load(run.record.id).record.metrics.values()
    assert [m.spec for m in metrics] == ["length", "repetition", "extractiveness"]


def test_a_run_without_any_score_says_how_to_get_some(
    articles: Sequence[Article], runs: Path
) -> None:
    """Summaries alone make no table."""
    done = api.evaluate(articles, {"lead": Lead()}, [], runs=runs)
    with pytest.raises(RunError, match="harness score RUN -m rouge"):
        compare(done.runs)


NAMES = [
    pytest.param("", id="empty"),
    pytest.param(" ", id="blank"),
    pytest.param("a\nb", id="two-lines"),
    pytest.param("\x1b[31m", id="escape"),
    pytest.param("\udcff", id="half-a-pair"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_table_can_show_is_refused(
    articles: Sequence[Article], runs: Path, name: str
) -> None:
    """A candidate's name is readable, on one line."""
    with pytest.raises(UsageError, match="is no name of a candidate"):
        api.evaluate(articles, {name: Lead()}, ["length"], runs=runs)


def test_a_line_of_timings_that_is_no_timing_is_passed_over(run: Run) -> None:
    """Whatever stands in timings.jsonl costs seconds at most."""
    whole = run.seconds()
    with (run.folder / "timings.jsonl").open("ab") as file:
        file.write(b'[]\n{"what": "summaries"}\n{"what": "summaries", "seconds": "x"}\n\xff\n')
    assert run.seconds() == whole


def test_what_a_killed_process_left_half_written_goes(
    articles: Sequence[Article], run: Run, runs: Path
) -> None:
    """A partial file beside the run's record is gone when the run is gone on with."""
    partial = run.folder / ".run.json.4711.partial"
    partial.touch()
    api.evaluate(articles, {"lead": Lead(1)}, ["length", "repetition"], runs=runs)
    assert not partial.exists()
