import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness import api
from harness.errors import StorageError
from harness.records import Article
from harness.runs import Run, Store
from harness.runs.check import check, repair
from harness.runs.findings import Finding, Report
from harness.runs.parquet import encode
from harness.summarisers.lead import Lead


@pytest.fixture
def run(articles: Sequence[Article], runs: Path) -> Run:
    """Return a complete run of lead."""
    return api.evaluate(articles, {"lead": Lead(1)}, ["length"], runs=runs).runs[0]


def only(report: Report) -> Finding:
    """Return the one thing that a check has found."""
    [found] = report.findings
    return found


def shard(run: Run, folder: str = "summaries") -> Path:
    """Return the file that holds the whole of a table."""
    [path] = run.folder.glob(f"{folder}/**/*.parquet")
    return path


def rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    """Write a shard anew, as somebody with pyarrow can."""
    path.write_bytes(encode(change(pq.read_table(path))))


def with_column(name: str, values: pa.Array) -> Callable[[pa.Table], pa.Table]:
    """Return a change of one column."""
    return lambda t: t.set_column(t.column_names.index(name), name, values)


def edit(path: Path, **changes: object) -> None:
    """Change a JSON document as an editor would."""
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_sound_runs_have_no_findings(run: Run, runs: Path) -> None:
    """What was written and left alone is whole."""
    report = check(Store(runs))
    assert (report.runs, report.corpora, report.findings) == (1, 1, ())
    assert report.is_sound
    assert run.folder.exists()


def test_an_empty_place_is_sound(runs: Path) -> None:
    """Where there is nothing, nothing is damaged, and nothing is made."""
    assert check(Store(runs)) == Report(0, 0, ())
    assert not runs.exists()


NUMBERS = pa.array([1.0, float("nan"), 2.0], pa.float64())
SUMMARIES = [
    pytest.param(lambda t: t.slice(0, 2), "holds 2 rows where its name promises 3", id="rows"),
    pytest.param(lambda t: t.drop_columns(["reason"]), "no column 'reason'", id="column"),
    pytest.param(lambda t: t.append_column("x", t["text"]), "'x' that is none", id="stranger"),
    pytest.param(
        with_column("article", pa.array(["bridge", "match", "harvest"])),
        "holds the ids of other articles",
        id="ids",
    ),
    pytest.param(
        with_column("reason", pa.array(["none", None, None])),
        "either a text or a reason",
        id="text-and-reason",
    ),
]
SCORES = [
    pytest.param(with_column("words", NUMBERS), "row 2 has the words nan", id="nan"),
    pytest.param(
        with_column("words", pa.array([1.0, None, 2.0], pa.float64())),
        "row 2 has a words and is unscored, or neither",
        id="no-number",
    ),
    pytest.param(
        with_column("unscored", pa.array([None, None, "why"])),
        "row 3 has a words and is unscored, or neither",
        id="unscored",
    ),
    pytest.param(
        lambda t: t.append_column("details", pa.array(["{", None, None])),
        "details are no JSON",
        id="details",
    ),
]


@pytest.mark.parametrize(
    ("folder", "change", "message"),
    [
        *(pytest.param("summaries", *p.values, id=p.id) for p in SUMMARIES),
        *(pytest.param("scores", *p.values, id=p.id) for p in SCORES),
    ],
)
def test_a_wrong_shard_is_found_deleted_and_written_again(
    articles: Sequence[Article],
    run: Run,
    runs: Path,
    folder: str,
    change: Callable[[pa.Table], pa.Table],
    message: str,
) -> None:
    """Rows, columns, ids and numbers are held against what they must be, and can be made anew."""
    path = shard(run, folder)
    before = path.read_bytes()
    rewrite(path, change)
    report = check(Store(runs))
    assert message in only(report).words
    assert only(report).kind == "damaged"
    assert repair(Store(runs), report) == [only(report)]
    assert not path.exists()
    [again] = api.evaluate(articles, {"lead": Lead(1)}, ["length"], runs=runs).runs
    assert again.record.id == run.record.id
    assert path.read_bytes() == before
    assert check(Store(runs)).findings == ()


def test_a_complete_run_that_lacks_something_is_reopened(run: Run, runs: Path) -> None:
    """The status tells the truth after a repair, so that the next evaluation goes on."""
    shard(run).unlink()
    report = check(Store(runs))
    assert (only(report).kind, report.is_sound) == ("incomplete", False)
    assert "it is complete, and has 0 of 3 articles in summaries" in only(report).words
    repair(Store(runs), report)
    assert Store(runs).load(run.record.id).record.status == "interrupted"
    assert check(Store(runs)).is_sound


def test_a_run_that_nobody_writes_is_not_running(run: Run, runs: Path) -> None:
    """What a power cut leaves is put right."""
    run.update(status="running")
    assert only(check(Store(runs))).kind == "leftover"
    repair(Store(runs), check(Store(runs)))
    assert json.loads((run.folder / "run.json").read_text())["status"] == "interrupted"


RECORDS = [
    pytest.param({"reason": "x"}, "does not say what it said when it was written", id="edited"),
    pytest.param({"signature": "x"}, "its key is not that of its signature", id="signature"),
    pytest.param({"metrics": {}}, "does not say", id="metrics"),
]


@pytest.mark.parametrize(("changes", "message"), RECORDS)
def test_a_record_that_was_changed_is_found_and_left_to_a_person(
    run: Run, runs: Path, changes: dict[str, object], message: str
) -> None:
    """A record cannot be made again; nothing is repaired around one that may say anything."""
    edit(run.folder / "run.json", **changes)
    shard(run).unlink()
    report = check(Store(runs))
    assert any(message in f.words and f.kind == "damaged" for f in report.findings)
    assert repair(Store(runs), report) == []


def test_scores_in_the_folder_of_another_metric_are_found(run: Run, runs: Path) -> None:
    """A metric's folder is named after its signature."""
    [(folder, record)] = run.record.metrics.items()
    (run.folder / "scores" / folder).rename(run.folder / "scores" / "length-00000000")
    run.update(metrics={"length-00000000": record})
    assert "are not of the metric length" in only(check(Store(runs))).words


def test_a_text_of_the_corpus_that_changed_is_found(run: Run, runs: Path) -> None:
    """The fingerprint is computed anew from every text."""
    path = run.snapshot.shards.path(0, 3)
    texts = [a.text.replace("Monday", "Sunday") for a in run.snapshot.articles()]
    rewrite(path, with_column("text", pa.array(texts)))
    report = check(Store(runs))
    assert only(report).place == f"corpora/{run.record.corpus.fingerprint[:16]}"
    assert "its articles are not those of its fingerprint" in only(report).words
    assert not only(report).is_mendable


def test_a_damaged_shard_of_a_corpus_comes_back_with_the_next_reading(
    articles: Sequence[Article], run: Run, runs: Path
) -> None:
    """Once it is deleted, the same evaluation writes the corpus whole, and the runs count again."""
    path = run.snapshot.shards.path(0, 3)
    path.write_bytes(path.read_bytes()[:-40])
    report = check(Store(runs))
    assert {f.kind for f in report.findings} == {"damaged"}
    repair(Store(runs), report)
    assert not check(Store(runs)).is_sound
    done = api.evaluate(articles, {"lead": Lead(1)}, ["length"], runs=runs)
    assert done.reused == [run.record.id]
    assert check(Store(runs)).findings == ()


def test_a_run_that_is_being_written_is_let_be(run: Run, runs: Path) -> None:
    """While its lock is held a run is neither judged nor repaired."""
    report = check_damaged(run, runs)
    with Store(runs).writing(run.record.key, "lead"):
        assert only(check(Store(runs))).kind == "busy"
        assert repair(Store(runs), report) == []
    assert repair(Store(runs), report) == [only(report)]


def check_damaged(run: Run, runs: Path) -> Report:
    """Damage a run and return what a check finds."""
    shard(run).write_bytes(b"PAR1")
    return check(Store(runs))


@pytest.mark.parametrize("module", ["check", "check_corpus", "snapshot"])
def test_folders_that_cannot_be_listed_are_told_of(
    run: Run, runs: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """A folder that the disk does not hand out is a finding or a StorageError, no traceback."""

    def fail(*_: object, **__: object) -> list[str]:
        raise OSError(5, "Input/output error")

    if module == "check":
        monkeypatch.setattr("harness.runs.disk.files", fail)
    else:
        monkeypatch.setattr(f"harness.runs.{module}.names", fail)
    if module == "snapshot":
        with pytest.raises(StorageError, match="the storage failed"):
            check(Store(runs))
    else:
        assert only(check(Store(runs))).kind == "unreadable"
    assert run.folder.exists()


def test_a_disk_that_fails_deletes_nothing(
    run: Run, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read today is not called damaged, and no repair takes it away."""

    def fail(path: Path, most: int | None = None) -> bytes:
        if path.suffix == ".parquet" and most is None:
            raise OSError(5, "Input/output error")
        return path.read_bytes()

    monkeypatch.setattr("harness.runs.shards.read_bytes", fail)
    report = check(Store(runs))
    assert {f.kind for f in report.findings} == {"unreadable"}
    assert repair(Store(runs), report) == []
    assert shard(run).exists()


def test_a_newer_run_is_out_of_reach_and_not_damaged(run: Run, runs: Path) -> None:
    """A run of a newer version is left to that version."""
    edit(run.folder / "run.json", format=2)
    assert (only(check(Store(runs))).kind, check(Store(runs)).is_sound) == ("unreadable", False)
