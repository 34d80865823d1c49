"""Worker processes: the same bytes in any number of them, and whatever happens to them."""

import hashlib
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from harness import api
from harness.engines import _crew
from harness.engines._crew import Worker
from harness.engines.local import Local
from harness.errors import HarnessError, SummariserError, UsageError
from harness.evaluation import Evaluation
from harness.filling import Filling
from harness.parts import Metric, Summariser
from harness.records import Article
from harness.runs import Run
from harness.summarisers.lead import Lead
from tests.engines.parts import Odd, OddMetric

ARTICLES = [Article(f"a{i:03}", f"Text number {i}. " * 5, (f"Number {i}.",)) for i in range(40)]
METRICS = ("length", "repetition")


def evaluate(
    part: Summariser,
    runs: Path,
    engine: Local,
    metrics: Sequence[str | Metric] = METRICS,
    articles: Sequence[Article] = ARTICLES,
) -> Evaluation:
    """Evaluate one candidate named x."""
    return api.evaluate(articles, {"x": part}, metrics, runs=runs, engine=engine)


def content(runs: Path) -> dict[str, str]:
    """Return a digest of every summary and score that is kept, by its place in its run."""
    [run] = [path.parent for path in runs.glob("*/run.json")]
    return {
        str(path.relative_to(run)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in run.rglob("*.parquet")
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what one process that nothing happens to leaves behind."""
    runs = tmp_path_factory.mktemp("undisturbed")
    evaluate(Odd(), runs, Local(workers=0))
    return content(runs)


def reasons(run: Run) -> dict[int, str]:
    """Return the reasons for missing summaries by position."""
    return {i: s.reason for i, s in enumerate(run.summaries()) if s.reason is not None}


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_leaves_the_same_bytes(
    undisturbed: dict[str, str], tmp_path: Path, workers: int
) -> None:
    """What a run holds does not depend on how many processes made it."""
    [run] = evaluate(Odd(), tmp_path, Local(workers=workers)).runs
    assert run.record.status == "complete"
    assert content(tmp_path) == undisturbed


def test_a_worker_that_is_killed_by_chance_costs_nothing(
    undisturbed: dict[str, str], tmp_path: Path
) -> None:
    """A batch whose process died once is written by another process, and none is lost."""
    part = Odd("die once", ("a007",), str(tmp_path))
    evaluate(part, tmp_path / "runs", Local(workers=2))
    assert (tmp_path / "died").exists()
    assert content(tmp_path / "runs") == undisturbed


def test_an_article_that_ends_its_process_each_time_gets_a_reason(tmp_path: Path) -> None:
    """Its neighbours in the batch are written, and the run is complete."""
    [run] = evaluate(Odd("die", ("a007",)), tmp_path, Local(workers=2)).runs
    assert run.record.status == "complete"
    assert reasons(run).keys() == {7}
    assert "signal 9" in reasons(run)[7]


def test_an_article_that_takes_too_long_gets_a_reason(tmp_path: Path) -> None:
    """The batch in which it hung is tried article by article, and only one lacks a summary."""
    [run] = evaluate(Odd("hang", ("a007",)), tmp_path, Local(workers=2, limit=2)).runs
    assert reasons(run) == {7: "took longer than 2 seconds"}


@pytest.mark.parametrize(
    ("what", "engine", "told"),
    [
        pytest.param("die", Local(workers=1), "its process ended each time", id="dies"),
        pytest.param("hang", Local(limit=2), "took longer than 2 seconds", id="hangs"),
    ],
)
def test_a_score_that_cannot_be_had_is_unscored(
    tmp_path: Path, what: str, engine: Local, told: str
) -> None:
    """A metric that ends its process, or hangs, on one article scores all the others."""
    articles = ARTICLES[:9]
    [run] = evaluate(Odd(), tmp_path, engine, [OddMetric(what, "a004")], articles).runs
    [(_, scores)] = run.scores(next(iter(run.record.metrics)))
    assert scores.unscored.keys() == {4}
    assert told in scores.unscored[4]


@pytest.mark.slow
def test_workers_killed_at_random_points_cost_nothing(
    undisturbed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kills of whichever worker, at any moment of its life, leave no trace in the run."""
    started: list[subprocess.Popen[bytes]] = []
    start = Worker.start

    def noting(threads: int) -> Worker:
        worker = start(threads)
        started.append(worker.process)
        return worker

    monkeypatch.setattr(Worker, "start", noting)
    monkeypatch.setattr(_crew, "_STILLBORN", 99)
    done = threading.Event()

    def kill() -> None:
        rng = random.Random(4)  # noqa: S311 - a draw, not a secret
        kept = 0
        while not done.wait(rng.random() * 0.05):
            now = len(list(tmp_path.glob("*/summaries/*.parquet")))
            if now > kept:  # the same batch may be hit twice, but not for ever
                started[-1 - rng.randrange(2)].kill()  # which passes over one that has ended
                kept = now

    killer = threading.Thread(target=kill)
    killer.start()
    [run] = evaluate(Odd("rest", ("all",)), tmp_path, Local(workers=2)).runs
    done.set()
    killer.join()
    assert len(started) > 3
    assert reasons(run) == {}
    assert content(tmp_path) == undisturbed


def alive(process: int) -> bool:
    """Tell whether there is such a process, and it is no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


PARENT = """
import sys
from harness import api
from harness.engines.local import Local
from tests.engines.parts import Odd
from tests.engines.test_local import ARTICLES

part = Odd("hang", ("a003",))
api.evaluate(ARTICLES, {"x": part}, ["length"], runs=sys.argv[1], engine=Local(workers=2))
"""


def children(process: int) -> list[int]:
    """Return the processes that a process started."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in told.split()]


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "ctrl-c"])
def test_workers_end_with_the_process_that_started_them(tmp_path: Path, how: int) -> None:
    """However an evaluation ends, a worker that hangs does not outlive it, and its work is kept."""
    words = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]) as parent:
        _until(lambda: len(list(tmp_path.glob("*/summaries/*.parquet"))) >= 10)
        workers = children(parent.pid)
        assert len(workers) == 2
        parent.send_signal(how)
        parent.wait()
    _until(lambda: not any(map(alive, workers)))
    [path] = tmp_path.glob("*/run.json")
    status = "interrupted" if how == signal.SIGINT else "running"
    assert f'"status": "{status}"' in path.read_text()


def _until(true: Callable[[], bool]) -> None:
    for _ in range(1500):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("waited for 30 seconds")


def test_what_a_candidate_says_of_itself_arrives(tmp_path: Path) -> None:
    """A candidate that is broken, not its process, fails as it does in one process."""
    done = evaluate(Odd("too few", ("a001",)), tmp_path, Local(workers=2))
    assert isinstance(done.failed["x"], SummariserError)
    assert "returned 2 summaries for 3 articles" in str(done.failed["x"])


def test_workers_serve_one_candidate_after_another(tmp_path: Path) -> None:
    """A candidate that failed leaves no order behind for the next."""
    parts: dict[str, str | Summariser] = {"bad": Odd("too few", ("a001",)), "good": Lead(1)}
    done = api.evaluate(ARTICLES, parts, ["length"], runs=tmp_path, engine=Local(workers=2))
    assert list(done.failed) == ["bad"]
    assert [r.record.name for r in done.runs] == ["good"]


def test_a_part_that_cannot_be_sent_is_refused_in_words(tmp_path: Path) -> None:
    """What holds a function cannot go to another process, and the message says what can be done."""
    unsendable = Odd(on=(lambda: "a001",))  # type: ignore[arg-type] # that is the fault
    done = evaluate(unsendable, tmp_path, Local(workers=1))
    assert isinstance(done.failed["x"], UsageError)
    assert "local(workers=0)" in str(done.failed["x"])


def test_processes_that_cannot_begin_are_not_started_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no worker lives long enough to do anything, the candidate fails and says so."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    done = evaluate(Odd(), tmp_path, Local(workers=2))
    assert "before they began" in str(done.failed["x"])
    assert type(done.failed["x"]) is HarnessError


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param({"workers": -1}, "workers=-1", id="fewer-than-none"),
        pytest.param({"limit": 0.0}, "limit=0.0", id="no-time"),
        pytest.param({"limit": float("nan")}, "limit=nan", id="no-number"),
        pytest.param({"workers": 0, "limit": 5.0}, "only another process", id="nobody-to-end"),
    ],
)
def test_what_no_machine_can_do_is_refused(arguments: dict[str, float], told: str) -> None:
    """The message names the argument and its value."""
    with pytest.raises(UsageError, match=re.escape(told)):
        Local(**arguments)  # type: ignore[arg-type] # that is the fault


def shared(engine: Local, part: Summariser, runs: Path, articles: int) -> tuple[int, list[int]]:
    """Return how many workers an engine takes for a new run, and where their ranges begin."""
    many = [Article(f"a{i}", "Rain fell. Snow fell.") for i in range(articles)]
    [run] = evaluate(part, runs, Local(workers=0), ["length"], many).runs
    shutil.rmtree(run.folder / "summaries")
    count, orders = engine.share(Filling(run, part, {}))
    return count, [order.start for order in orders]


@pytest.mark.parametrize(
    ("engine", "cores", "articles", "count", "starts"),
    [
        pytest.param(Local(), 1, 40, 0, 4, id="one-core-to-spare"),
        pytest.param(Local(), 8, 40, 8, 14, id="many-cores"),
        pytest.param(Local(), 8, 4, 2, 2, id="few-articles"),
        pytest.param(Local(), 8, 2, 0, 1, id="one-batch"),
        pytest.param(Local(limit=9), 8, 2, 1, 1, id="one-batch-and-a-limit"),
        pytest.param(Local(workers=3), 1, 40, 3, 7, id="as-asked"),
    ],
)
def test_workers_are_as_many_as_gain_something(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: Local,
    cores: int,
    articles: int,
    count: int,
    starts: int,
) -> None:
    """By default no more than cores to spare and ranges to fill; ranges begin where batches do."""
    monkeypatch.setattr("harness.engines.local.spare_cores", lambda: cores)
    found, places = shared(engine, Odd(), tmp_path, articles)
    assert (found, len(places)) == (count, starts)
    assert all(place % Odd.batch == 0 for place in places)


def test_a_part_that_takes_all_cores_gets_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A local model runs on all cores by itself; a second one would only take them away."""
    monkeypatch.setattr("harness.engines.local.spare_cores", lambda: 8)
    monkeypatch.setattr(Odd, "alone", True, raising=False)
    assert shared(Local(), Odd(), tmp_path, 40)[0] == 0
