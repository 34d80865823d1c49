"""A Ray cluster: the same bytes as any other engine, and whatever happens to its actors."""

import os
import random
import re
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from harness import api
from harness.engines.local import Local
from harness.engines.ray import Ray, _Site
from harness.errors import SummariserError
from harness.evaluation import Evaluation
from harness.parts import Metric, Summariser, Worksite
from tests.engines.parts import Odd, OddMetric
from tests.engines.test_local import ARTICLES, METRICS, children, content, reasons


@dataclass(frozen=True)
class Cluster:
    """An engine that stays open from one test to the next; ``ends`` closes it."""

    site: _Site
    ends: ExitStack
    before: frozenset[str]
    """Ports on which this process and others below it listened when the cluster was started."""

    def open(self) -> AbstractContextManager[Worksite]:
        """Return the site as it is."""
        return nullcontext(self.site)

    def limited(self, seconds: float) -> "Cluster":
        """Return the same cluster with a limit for each batch."""
        return replace(
            self, site=replace(self.site, engine=replace(self.site.engine, limit=seconds))
        )


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Start a cluster of two actors."""
    if find_spec("ray") is None:  # to import it here would be too early for its settings
        pytest.skip("the extra ray is not installed")
    before = frozenset(listening([os.getpid(), *below(os.getpid())]))
    with ExitStack() as ends:
        site = ends.enter_context(Ray("local", workers=2).open())
        assert isinstance(site, _Site)
        yield Cluster(site, ends, before)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what one process that nothing happens to leaves behind."""
    runs = tmp_path_factory.mktemp("undisturbed")
    evaluate(Odd(), runs, Local(workers=0))
    return content(runs)


def evaluate(
    part: Summariser,
    runs: Path,
    engine: Cluster | Local,
    metrics: Sequence[str | Metric] = METRICS,
) -> Evaluation:
    """Evaluate one candidate named x."""
    return api.evaluate(ARTICLES, {"x": part}, metrics, runs=runs, engine=engine)


def below(process: int) -> list[int]:
    """Return all processes that a process started, and those that they started."""
    try:
        found = children(process)
    except FileNotFoundError:
        return []
    return [*found, *(deeper for child in found for deeper in below(child))]


def actors() -> list[int]:
    """Return the processes of the actors that fill ranges."""
    found = []
    for process in below(os.getpid()):
        try:
            title = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            continue
        found += [process] if title.startswith(b"ray::MapWorker") else []
    return found


@pytest.mark.slow
def test_actors_killed_at_random_points_cost_nothing(
    cluster: Cluster,
    undisturbed: dict[str, str],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Kills from outside leave the bytes of an undisturbed run, and are told once, in our words."""
    done = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        rng = random.Random(4)  # noqa: S311 - a draw, not a secret
        kept = 0
        while not done.wait(rng.random() * 0.1) and len(killed) < 3:
            now = len(list(tmp_path.glob("*/summaries/*.parquet")))
            if now > kept and (there := actors()):
                killed.append(rng.choice(there))
                os.kill(killed[-1], signal.SIGKILL)
                kept = now + 2

    killer = threading.Thread(target=kill)
    killer.start()
    [run] = evaluate(Odd("rest", ("all",)), tmp_path, cluster).runs
    done.set()
    killer.join()
    assert killed
    assert content(tmp_path) == undisturbed
    assert reasons(run) == {}
    assert not list(run.folder.glob("*.partial"))
    told = [r for r in caplog.records if r.name.startswith("harness")]
    assert len(told) <= 1  # none where an actor had nothing in hand
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_an_article_that_ends_its_actor_or_hangs_gets_a_reason(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Its neighbours are written and scored, and the run is complete."""
    metrics = [OddMetric("hang", "a011")]
    engine = cluster.limited(2)
    [run] = evaluate(Odd("die", ("a007",)), tmp_path, engine, metrics).runs
    assert run.record.status == "complete"
    assert reasons(run).keys() == {7}
    assert "its process ended each time" in reasons(run)[7]
    [(_, scores)] = run.scores(next(iter(run.record.metrics)))
    assert scores.unscored.keys() == {7, 11}
    assert scores.unscored[11] == "took longer than 2 seconds"


@pytest.mark.slow
def test_a_broken_candidate_fails_and_the_next_leaves_the_same_bytes(
    cluster: Cluster, undisturbed: dict[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A fault arrives in its own words and kind; what Ray says of it stays in Ray's files."""
    failed = evaluate(Odd("too few", ("a001",)), tmp_path / "bad", cluster).failed["x"]
    assert isinstance(failed, SummariserError)
    assert "returned 2 summaries for 3 articles" in str(failed)
    evaluate(Odd(), tmp_path / "good", cluster)
    assert content(tmp_path / "good") == undisturbed
    assert capfd.readouterr() == ("", "")


def listening(processes: Sequence[int]) -> list[str]:
    """Return the ports on which processes listen, in hexadecimal."""
    told = [Path(f"/proc/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    rows = [line.split() for lines in told for line in lines]
    ports = {row[9]: row[1].rpartition(":")[2] for row in rows if row[3] == "0A"}
    found = []
    for process in processes:
        for handle in Path(f"/proc/{process}/fd").glob("*"):
            try:
                inode = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(handle))
            except OSError:
                continue
            found += [ports[inode[1]]] if inode and inode[1] in ports else []
    return found


@pytest.mark.slow
def test_nothing_listens_when_the_work_is_done(cluster: Cluster) -> None:
    """A cluster that was started on this machine ends with the block, and all its processes too."""
    started = below(os.getpid())
    assert set(listening([os.getpid(), *started])) > cluster.before
    cluster.ends.close()
    for _ in range(500):
        left = set(listening([os.getpid(), *started])) - cluster.before
        if not left:
            return
        time.sleep(0.02)
    raise AssertionError(left)
