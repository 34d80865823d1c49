"""A folder of runs that somebody else sent: data, whatever is in it."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from harness import api
from harness.comparison import compare
from harness.errors import HarnessError, RunError
from harness.records import Article
from harness.reports.html import Html
from harness.runs import Run, Store
from harness.runs.check import check, repair
from harness.runs.prune import Rules, carry_out, plan
from harness.summarisers.lead import Lead
from tests.runs.test_prune import NOW


@pytest.fixture
def run(articles: Sequence[Article], runs: Path) -> Run:
    """Return a complete run of lead with two metrics."""
    return api.evaluate(articles, {"lead": Lead(1)}, ["length", "repetition"], runs=runs).runs[0]


def read_all(store: Store) -> None:
    """Read everything of every run, as all commands together do."""
    runs, _ = store.survey()
    for run in runs:
        run.summaries()
        run.written()
        run.seconds()
        for metric in run.record.metrics:
            run.score_slice(metric, 0, 1)
    compare(store.latest())


def everything(store: Store) -> object:
    """Return every record, text and number of a store's only run."""
    [run] = store.runs()
    scores = [run.score_slice(m, 0, 3) for m in sorted(run.record.metrics)]
    numbers = [{k: v.tolist() for k, v in s.values.items()} | dict(s.unscored) for s in scores]
    return run.record, run.snapshot.articles(), run.summaries(), numbers


def bent(data: bytes, rng: random.Random) -> bytes:
    """Return bytes that were flipped, cut, doubled, or mixed with others."""
    at = rng.randrange(len(data) + 1)
    kind = rng.randrange(5)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + rng.randbytes(rng.randrange(1, 9)) + data[at:]
    if kind == 2:
        return data[:at] + data[at + rng.randrange(1, 9) :]
    if kind == 3:
        return data[:at] + rng.choice([b"-1", b"1e999", b"null", b"[", b'"', b"\x00"]) + data[at:]
    other = bytearray(data or b"\x00")
    for _ in range(rng.randrange(1, 4)):
        other[rng.randrange(len(other))] ^= 1 << rng.randrange(8)
    return bytes(other)


def bendings(folder: Path, each: int) -> Iterator[tuple[Path, bytes]]:
    """Yield files of a store and what stands in them by chance instead."""
    rng = random.Random(7)  # noqa: S311 - no secret
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"):
        data = path.read_bytes()
        for _ in range(each):
            yield path, bent(data, rng)


def test_no_bytes_make_a_traceback(run: Run, runs: Path) -> None:
    """Whatever one file of a run holds, reading, comparing and checking end in words at most."""
    store, tried, told = Store(runs), 0, 0
    whole = everything(store)
    for path, data in bendings(runs, 45):
        before = path.read_bytes()
        path.write_bytes(data)
        try:
            read_all(store)
        except HarnessError:
            told += 1
        tried += 1
        assert check(store).findings or everything(store) == whole, (path, data)
        path.write_bytes(before)
    assert tried > 200
    assert told > tried / 4
    assert check(store).findings == ()
    assert run.folder.exists()


def test_repairing_and_deleting_bent_runs_ends_in_words(run: Run, runs: Path) -> None:
    """Commands that change the store survive the same files."""
    kept = runs.with_name("kept")
    shutil.copytree(runs, kept)
    for path, data in bendings(runs, 6):
        path.write_bytes(data)
        repair(Store(runs), check(Store(runs)))
        carry_out(Store(runs), plan(Store(runs), Rules(keep=0, damaged=True), NOW))
        shutil.rmtree(runs)
        shutil.copytree(kept, runs)
    assert run.folder.exists()


def edit(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change a JSON document."""
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def renamed(to: str) -> Callable[[Path], None]:
    """Return a change of the folder that a metric's scores are in."""

    def change(record: dict[str, object]) -> None:
        metrics = record["metrics"]
        assert isinstance(metrics, dict)
        metrics[to] = metrics.pop(next(iter(metrics)))

    return lambda folder: edit(folder / "run.json", change)


def column(**changes: object) -> Callable[[Path], None]:
    """Return a change of the first column of the first metric."""

    def change(record: dict[str, object]) -> None:
        metrics = record["metrics"]
        assert isinstance(metrics, dict)
        next(iter(metrics.values()))["columns"][0].update(changes)

    return lambda folder: edit(folder / "run.json", change)


def replaced_by_link(name: str) -> Callable[[Path], None]:
    """Return a change that puts a link to something outside in the place of a file or folder."""

    def change(folder: Path) -> None:
        outside = folder.parent.parent / "outside"
        (folder / name).rename(outside)
        (folder / name).symlink_to(outside)

    return change


def deep(folder: Path) -> None:
    """Write a record that is nested a hundred thousand times."""
    (folder / "run.json").write_text("[" * 100_000)


def huge(folder: Path) -> None:
    """Write a record of more than any record has; the file is sparse."""
    os.truncate(folder / "run.json", 2**40)


def pipe(folder: Path) -> None:
    """Put a pipe that nobody writes to in the place of the record."""
    (folder / "run.json").unlink()
    os.mkfifo(folder / "run.json")


REFUSED = [
    pytest.param(renamed("../../x"), "'../../x' is no folder of a metric", id="metric-up"),
    pytest.param(renamed("/etc"), "'/etc' is no folder of a metric", id="metric-root"),
    pytest.param(renamed(".."), "'..' is no folder of a metric", id="metric-parent"),
    pytest.param(column(name="a\x1b[2J"), "is no name of a column", id="column-escape"),
    pytest.param(column(digits=10**9), "cannot be shown", id="column-digits"),
    pytest.param(column(low=float("nan")), "NaN is no number", id="column-nan"),
    pytest.param(column(better="best"), "cannot be shown", id="column-better"),
    pytest.param(
        lambda f: edit(f / "run.json", lambda r: r.update(key="../../../etc/cron")),
        "is damaged at 'key'",
        id="key",
    ),
    pytest.param(
        lambda f: edit(f / "run.json", lambda r: r.update(name="\x1b]0;owned\x07")),
        "is no name of a candidate",
        id="name",
    ),
    pytest.param(deep, "cannot be read", id="deep"),
    pytest.param(huge, "more than 16,777,216 bytes", id="huge"),
    pytest.param(pipe, "it is no file", id="pipe"),
    pytest.param(replaced_by_link("run.json"), "it is a link", id="record-link"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_a_record_that_leads_astray_is_refused(
    run: Run, runs: Path, change: Callable[[Path], None], message: str
) -> None:
    """Nothing in a record names a place outside, fills the memory or waits for ever."""
    change(run.folder)
    found, damaged = Store(runs).survey()
    assert not found
    assert message in str(damaged[run.record.id])
    assert [f.kind for f in check(Store(runs)).findings] == ["damaged"]
    carry_out(Store(runs), plan(Store(runs), Rules(damaged=True), NOW))
    assert not run.folder.exists()


@pytest.mark.parametrize("name", ["summaries", "scores", "timings.jsonl"])
def test_links_in_a_run_are_not_followed(
    articles: Sequence[Article], run: Run, runs: Path, name: str
) -> None:
    """An evaluation that goes on with such a run writes nothing through a link."""
    replaced_by_link(name)(run.folder)
    outside = runs.parent / "outside"
    if name == "scores":  # so that there is something to write
        shutil.rmtree(outside / min(run.record.metrics))
    before = sorted((p, p.stat().st_size) for p in runs.parent.glob("outside/**/*"))
    size = outside.stat().st_size
    metrics = ["length", "repetition", "extractiveness"]
    done = api.evaluate(articles, {"lead": Lead(1)}, metrics, runs=runs)
    assert sorted((p, p.stat().st_size) for p in runs.parent.glob("outside/**/*")) == before
    assert outside.stat().st_size == size
    assert len(done.failed) + len(done.runs) == 1


@pytest.mark.parametrize("run_id", ["../x", "a/b", "..", ".", "corpora", "", "a\x00b"])
def test_an_id_is_the_name_of_a_folder(runs: Path, run_id: str) -> None:
    """No id leads out of the store, or to what is no run."""
    with pytest.raises(RunError, match="is no id of a run"):
        Store(runs).load(run_id)


def test_a_report_of_a_hostile_run_is_inert(run: Run, runs: Path) -> None:
    """Texts and names from outside stand in a page as text, and never as markup."""
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    run.update(name=evil, reason=evil, environment={evil: evil})
    page = Html().write(compare([Store(runs).load(run.record.id)]))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "alert(1)" in page
