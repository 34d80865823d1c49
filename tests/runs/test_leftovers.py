"""What lies in a store and is no part of a run: of killed processes, and of other people."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness import api
from harness.records import Article
from harness.runs import Run, Store
from harness.runs.check import check, repair
from harness.summarisers.lead import Lead
from tests.runs.test_check import only, shard


@pytest.fixture
def run(articles: Sequence[Article], runs: Path) -> Run:
    """Return a complete run of lead."""
    return api.evaluate(articles, {"lead": Lead(1)}, ["length"], runs=runs).runs[0]


def test_what_killed_processes_left_is_swept(run: Run, runs: Path) -> None:
    """Half-written files and corpora go; those of a living process, and of another host, stay."""
    inside = run.folder / "summaries" / ".000000003-000000006.parquet.4711.partial"
    inside.touch()
    gone = 2**22 + 1  # above the largest number that Linux gives a process
    folders = [f".{gone}.partial", f".{os.getpid()}.partial", f".other-{gone}-1.partial"]
    for name in folders:
        (runs / "corpora" / name).mkdir()
    report = check(Store(runs))
    assert [f.kind for f in report.findings] == ["leftover"] * 2
    assert report.is_sound
    repair(Store(runs), report)
    assert not inside.exists()
    assert [(runs / "corpora" / name).exists() for name in folders] == [False, True, True]
    assert check(Store(runs)).findings == ()


def test_the_next_reading_of_a_corpus_sweeps_too(articles: Sequence[Article], runs: Path) -> None:
    """Nobody needs to know of a repair for the space to come back."""
    left = runs / "corpora" / f".{2**22 + 1}.partial"
    left.mkdir(parents=True)
    Store(runs).take(articles, "three", "three")
    assert not left.exists()


def test_a_shard_within_a_larger_one_is_left_over(run: Run, runs: Path) -> None:
    """Where joining shards was interrupted the small ones go, and the large one stays."""
    small = run.summaries_kept.path(0, 1)
    run.summaries_kept.write(0, run.summaries_kept.slice(0, 1))
    report = check(Store(runs))
    assert "joining them was interrupted" in only(report).words
    repair(Store(runs), report)
    assert (small.exists(), shard(run).exists()) == (False, True)


def test_files_of_others_are_named_and_left_alone(run: Run, runs: Path) -> None:
    """What harness did not write it does not delete, and the run is sound all the same."""
    (run.folder / "notes.txt").write_text("mine")
    (run.folder / "summaries" / "deep").mkdir()
    (run.folder / "summaries" / "deep" / "x").touch()
    (run.folder / "out").symlink_to(runs)
    report = check(Store(runs))
    assert sorted(f.words.split(" is no file")[0].partition("/")[2] for f in report.findings) == [
        "notes.txt",
        "out",
        "summaries/deep/x",
    ]
    assert {f.kind for f in report.findings} == {"unknown"}
    assert report.is_sound
    assert repair(Store(runs), report) == []


def test_half_a_corpus_that_no_run_needs_is_left_over(run: Run, runs: Path) -> None:
    """An unused corpus costs space; so does half of one, and only a run that needs it says more."""
    (run.snapshot.shards.folder / "corpus.json").rename(runs / "away")
    assert not check(Store(runs)).is_sound
    shutil.rmtree(run.folder)
    report = check(Store(runs))
    assert [f.kind for f in report.findings] == ["leftover", "unused"]
    assert report.is_sound
    (runs / "away").rename(run.snapshot.shards.folder / "corpus.json")
    assert only(check(Store(runs))).kind == "unused"
