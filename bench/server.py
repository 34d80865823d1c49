"""16 requests in flight against one at a time, and against the plain loop of the openai package.

    python -m bench.server

First a server of this bench's own, which waits a fixed time before each answer, as a model on
another machine does that has room for all that comes; without a wait it shows what a request costs
this side. Then `transformers serve` with a tiny random model on this machine's own cores, where
answers compete for the cores and little can be gained. All take turns, in one process, for some
rounds; the median is printed. The server's time is in it, client start included.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from harness.records import Article
from harness.summarisers.server import Server

_ROUNDS = 3
_ARTICLES = 64
_DELAYS = (0.1, 0.0)
_PROMPT = "{article}"
_MOST_TOKENS = 8
_PATIENCE = 120

Way = Callable[[Sequence[Article]], list[str | None]]


def main() -> None:
    """Print, for each server, the seconds of each way to ask it and what 16 in flight gain."""
    openai = _openai()
    for delay in _DELAYS:
        with _waiting(delay) as url:
            _compare(f"a server that answers after {delay:g} s", url, "tiny", openai)
    with tempfile.TemporaryDirectory() as folder, _real(Path(folder)) as (url, model):
        _compare("transformers serve, tiny model, this machine's cores", url, model, openai)


def _compare(title: str, url: str, model: str, openai: Any) -> None:
    articles = [Article(str(i), f"The bridge number {i} closed.") for i in range(_ARTICLES)]
    ways = _ways(url, model, openai)
    for way in ways.values():
        way(articles[:2])
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        said = {name: _timed(way, articles, spent[name]) for name, way in ways.items()}
        first = next(iter(said.values()))
        assert all(texts == first for texts in said.values()), "all ways get the same answers"
    _show(title, {name: statistics.median(seconds) for name, seconds in spent.items()})


def _show(title: str, seconds: Mapping[str, float]) -> None:
    print(f"{title}; {_ARTICLES} articles, median of {_ROUNDS}")
    fastest = next(iter(seconds.values()))
    for name, one in seconds.items():
        print(f"  {name:24}{one:8.2f} s{one / fastest:8.1f}x{one / _ARTICLES * 1000:9.1f} ms each")


def _ways(url: str, model: str, openai: Any) -> dict[str, Way]:
    def ours(in_flight: int) -> Way:
        part = Server(model, url, prompt=_PROMPT, max_tokens=_MOST_TOKENS, in_flight=in_flight)
        return lambda articles: [summary.text for summary in part.summarise(articles)]

    def loop(articles: Sequence[Article]) -> list[str | None]:
        with openai.OpenAI(base_url=url, api_key="none") as client:
            return [_asked(client, model, article.text) for article in articles]

    return {"ours, 16 in flight": ours(16), "ours, one at a time": ours(1), "openai, a loop": loop}


def _asked(client: Any, model: str, text: str) -> str | None:
    done = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": text}],
        max_tokens=_MOST_TOKENS,
        temperature=0,
    )
    return (done.choices[0].message.content or "").strip() or None


def _timed(way: Way, articles: Sequence[Article], spent: list[float]) -> list[str | None]:
    began = time.perf_counter()
    said = way(articles)
    spent.append(time.perf_counter() - began)
    return said


@contextmanager
def _waiting(delay: float) -> Iterator[str]:
    """Serve answers after a delay, each in a thread of its own."""
    answers = _Threads(("127.0.0.1", 0), type("Delayed", (_Delayed,), {"delay": delay}))
    thread = threading.Thread(target=answers.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{answers.server_address[1]}/v1"
    finally:
        answers.shutdown()
        thread.join()
        answers.server_close()


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # the default, 5, lets the sixth caller at once wait for a second


class _Delayed(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one packet, or the next one waits for its acknowledgement
    delay = 0.0

    def do_POST(self) -> None:
        """Answer with what was asked, after the delay."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.delay)
        message = {"role": "assistant", "content": asked["messages"][-1]["content"].upper()}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        whole = {"id": "1", "object": "chat.completion", "created": 1, "model": asked["model"]}
        raw = json.dumps({**whole, "choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _real(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve a tiny random model with transformers; yield the url and the model's name."""
    from tests.tiny_models import build

    model = build("qwen2", folder / "qwen2")
    (folder / "hub").mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_address[1]
    program = Path(sys.executable).with_name("transformers")
    words = [program, "serve", model, "--host", "127.0.0.1", "--port", port, "--device", "cpu"]
    process = subprocess.Popen(
        [*map(str, words), "--dtype", "float32"],
        env=os.environ | {"HF_HOME": str(folder), "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until_up(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}/v1", str(model)
    finally:
        process.kill()
        process.wait()


def _until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            direct.open(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"transformers serve did not start (exit code {process.poll()}).")


def _openai() -> Any:
    try:
        import openai
    except ImportError:
        sys.exit("This bench needs openai. Install it with: pip install 'transformers[serving]'")
    return openai


if __name__ == "__main__":
    main()
