"""A real server, ``transformers serve`` with a tiny chat model, killed while it is being asked."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from harness import api
from harness.errors import SummariserError
from harness.records import Article
from harness.summarisers.server import Server
from tests.tiny_models import Tiny, builder

pytestmark = pytest.mark.slow

SENTENCE = "The council voted on Tuesday to close bridge number {}."
ARTICLES = [Article(f"a{i:03}", SENTENCE.format(i), ("It closes.",)) for i in range(100)]
STARTED_WITHIN = 120.0


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Return what gives the folder of a family's tiny model."""
    return builder(tmp_path_factory.getbasetemp() / "tiny")


Serve = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def serve(tiny: Tiny, unused: int, tmp_path: Path) -> Iterator[Serve]:
    """Return what starts the server, on one port each time; whatever it started is ended."""
    started: list[subprocess.Popen[bytes]] = []
    (tmp_path / "hub").mkdir()

    def start() -> "subprocess.Popen[bytes]":
        program = Path(sys.executable).with_name("transformers")
        words = [program, "serve", tiny("qwen2"), "--host", "127.0.0.1", "--port", str(unused)]
        apart = {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [*map(str, words), "--device", "cpu", "--dtype", "float32"],
            env=os.environ | apart,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        until_up(f"http://127.0.0.1:{unused}/health", process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers; fail where it does not start."""
    direct = build_opener(ProxyHandler({}))
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            direct.open(url, timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"transformers serve did not start; exit code {process.poll()}")


@contextmanager
def killed_after(process: "subprocess.Popen[bytes]", runs: Path, shards: int) -> Iterator[None]:
    """Kill the server as soon as so many ranges of summaries are kept, while the block runs."""

    def watch() -> None:
        end = time.monotonic() + STARTED_WITHIN
        while len(list(runs.glob("*/summaries/0*"))) < shards and time.monotonic() < end:
            time.sleep(0.005)
        process.kill()

    thread = Thread(target=watch)
    thread.start()
    yield
    thread.join()


def content(run: Path) -> dict[str, bytes]:
    """Return the bytes of every summary and score that a run keeps."""
    return {str(path.relative_to(run)): path.read_bytes() for path in run.rglob("*.parquet")}


def test_a_killed_server_costs_no_finished_work(
    serve: Serve, tiny: Tiny, unused: int, runs: Path
) -> None:
    """Killed -9 after a batch is kept, it ends the run as failed; started again, the run goes on.

    Then it is complete with the same bytes as one that nobody disturbed, and a wrong model is told.
    """
    url = f"http://127.0.0.1:{unused}/v1"
    part = Server(str(tiny("qwen2")), url, max_tokens=4, prompt="{article}", retries=1)
    with killed_after(serve(), runs, 1):
        done = api.evaluate(ARTICLES, {"tiny": part}, ["length"], runs=runs)
    assert isinstance(done.failed["tiny"], SummariserError)
    assert "cannot be reached" in str(done.failed["tiny"])
    [record] = runs.glob("*/run.json")
    assert '"status": "failed"' in record.read_text()
    kept = list(record.parent.glob("summaries/0*"))
    assert len(kept) == 1

    serve()
    done = api.evaluate(ARTICLES, {"tiny": part}, ["length"], runs=runs)
    assert done.failed == {}
    assert done.runs[0].folder == record.parent
    whole = api.evaluate(ARTICLES, {"tiny": part}, ["length"], runs=runs / "whole")
    assert content(record.parent) == content(Path(whole.runs[0].folder))

    first = next(summary for summary in part.summarise(ARTICLES[:4]) if summary.text)
    assert first.tokens_in is not None
    assert first.tokens_out is not None
    assert first.summary_cut is (first.tokens_out >= 4)
    with pytest.raises(SummariserError, match="Server is pinned to"):
        Server("another", url, retries=0).summarise(ARTICLES[:1])
