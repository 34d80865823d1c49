import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from harness.chat import Answer, Silence
from harness.errors import MissingExtraError, SummariserError, UsageError
from harness.servers.remote import Remote
from tests.servers.clients import GOOD, Slept, asked, remote
from tests.servers.scripted import (
    MODEL,
    Reply,
    Seen,
    as_json,
    echo,
    listed,
    question,
    serving,
    told,
)

SECRET = "sk-0123456789abcdefghij"  # noqa: S105 - no server knows it


def test_answers_come_in_the_order_of_the_questions() -> None:
    """Also where a later question is answered sooner."""

    def slow_first(seen: Seen) -> Reply:
        time.sleep(0.05 if seen.text == "q0" else 0)
        return echo(seen)

    said = asked(slow_first, 40, in_flight=8)
    assert [one.text for one in said if isinstance(one, Answer)] == [f"On q{i}" for i in range(40)]


@pytest.mark.parametrize("in_flight", [1, 5])
def test_so_many_questions_are_on_their_way_at_once_and_no_more(in_flight: int) -> None:
    """The server waits until as many have come as may, and never sees one more."""
    come = threading.Barrier(in_flight)

    def together(seen: Seen) -> Reply:
        come.wait(10)
        return echo(seen)

    with serving(together) as server:
        remote(server, in_flight=in_flight).ask([question()] * in_flight * 3)
    assert server.most == in_flight


def test_no_question_asks_nothing() -> None:
    """Not even whether the server is there."""
    assert Remote("http://127.0.0.1:9/v1", MODEL).ask([]) == []


def test_the_key_is_shown_to_the_server_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is in the header; in no answer, reason, error, log or name, though the server repeats it.

    Not even a list of models can bring it into a signature.
    """
    monkeypatch.setenv("MY_KEY", f" {SECRET}\n")
    caplog.set_level("DEBUG")

    def repeats(seen: Seen) -> Reply:
        given = seen.headers["authorization"]
        return told(f"You sent {given}") if seen.text == "a" else as_json({"detail": given}, 400)

    with serving(repeats, lambda seen: listed(root=seen.headers["authorization"])) as server:
        one = remote(server, key="MY_KEY", in_flight=1)
        said = one.ask([question("a"), question("b")])
        with pytest.raises(SummariserError) as error:
            one.ask([question("b")])
        signed = one.signature()
    assert {seen.headers["authorization"] for seen in server.seen} == {f"Bearer {SECRET}"}
    assert isinstance(said[0], Answer)
    assert said[0].text == "You sent Bearer ***"
    assert said[1] == Silence("the server answered 400: Bearer ***")
    everything = (
        f"{said} {error.value!r} {error.getrepr(style='long')} {signed} {one} {caplog.text}"
    )
    assert SECRET not in everything


def test_a_key_is_not_in_what_a_list_of_models_fails_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some services repeat a key that they do not know."""
    monkeypatch.setenv("HARNESS_API_KEY", SECRET)
    bad = as_json({"error": {"message": f"Incorrect API key provided: {SECRET}"}}, 401)
    with serving(models=lambda _: bad) as server, pytest.raises(SummariserError) as error:
        remote(server).signature()
    assert "answered 401: Incorrect API key provided: ***. Is the key in" in str(error.value)


def test_no_key_is_sent_where_none_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most servers on one's own machine want none."""
    monkeypatch.delenv("HARNESS_API_KEY", raising=False)
    with serving() as server:
        remote(server).ask([question()])
    assert "authorization" not in server.seen[0].headers


def test_a_proxy_is_not_asked_about_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever proxies are set, a server next door is asked directly."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert asked(lambda _: told()) == [GOOD]


SIGNED = {
    "vLLM": (
        listed(root="org/tiny", owned_by="vllm", created=5, permission=[{"id": "r"}]),
        f"remote|model:{MODEL}|root:org/tiny|owned_by:vllm|v:1",
    ),
    "llama.cpp": (
        listed(owned_by="llamacpp", created=5, meta={"n_params": 7, "size": 9, "n_ctx": 1}),
        f"remote|model:{MODEL}|owned_by:llamacpp|n_params:7|size:9|v:1",
    ),
    "only a name": (listed(), f"remote|model:{MODEL}|v:1"),
    "another model": (
        as_json({"data": [{"id": "x"}, 5, {}]}),
        f"remote|model:{MODEL}|listed:no|v:1",
    ),
    "no list": (Reply(b"", 404), f"remote|model:{MODEL}|listed:no|v:1"),
    "a broken list": (Reply(b"", 500), f"remote|model:{MODEL}|listed:no|v:1"),
    "another shape": (as_json({"data": None}), f"remote|model:{MODEL}|listed:no|v:1"),
    "HTML": (Reply(b"<html>"), f"remote|model:{MODEL}|listed:no|v:1"),
}


@pytest.mark.parametrize(("models", "signed"), SIGNED.values(), ids=SIGNED)
def test_a_signature_holds_what_the_server_says_and_stays_the_same(
    models: Reply, signed: str
) -> None:
    """Name and what lies behind it, but neither the time of start nor where the server is."""
    with serving(models=lambda _: models) as server:
        assert remote(server).signature() == signed


def test_a_server_that_answers_to_any_name_is_not_asked_by_a_wrong_one() -> None:
    """llama.cpp would answer with the model it has, under the other's name."""
    with (
        serving(models=lambda _: listed(owned_by="llamacpp")) as server,
        pytest.raises(SummariserError, match=r"answer with another model.*Did you mean tiny\?"),
    ):
        remote(server, "tinny").signature()


UNSIGNED = {
    "busy": (Reply(b"", 503), "/models: the server answered 503"),
    "no key": (Reply(b"", 401), "/models: the server answered 401"),
    "hangs": (Reply(how="hang"), "/models: the server did not answer within 0.1 s"),
}


@pytest.mark.parametrize(("models", "words"), UNSIGNED.values(), ids=UNSIGNED)
def test_a_server_that_is_not_ready_has_no_signature(models: Reply, words: str) -> None:
    """What it would say later is not known now, and a run must not be kept under less."""
    with (
        serving(models=lambda _: models) as server,
        pytest.raises(SummariserError, match=words),
    ):
        remote(server, timeout=0.1).signature()


def test_a_server_that_is_not_there_has_no_signature(unused: int) -> None:
    """Who mistyped a url waits for three attempts, and not for six."""
    slept = Slept()
    with pytest.raises(SummariserError, match="cannot be reached"):
        Remote(f"http://127.0.0.1:{unused}/v1", MODEL, waits=slept.waits()).signature()
    assert slept.seconds == [0.5, 1.0]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no model": ({"model": " "}, "model='' names no model"),
    "nothing in flight": ({"in_flight": 0}, "in_flight=0 is not possible: give 1 to 1024"),
    "no time": ({"timeout": 0}, "timeout=0 is not possible: give above 0"),
    "no number": ({"timeout": float("nan")}, "timeout=nan is not possible"),
    "fewer than no retries": ({"retries": -1}, "retries=-1 is not possible: give 0 to 100"),
    "no url": ({"url": "127.0.0.1:8000/v1"}, "does not begin with http"),
    "a key": ({"key": SECRET}, "takes the name of an environment variable"),
}


@pytest.mark.parametrize(("given", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_is_refused_before_anything_is_asked(
    given: dict[str, Any], words: str
) -> None:
    """In words that say what can be, and never repeat a key."""
    with pytest.raises(UsageError, match=words) as error:
        Remote(**{"url": "http://127.0.0.1/v1", "model": MODEL, **given})
    assert SECRET not in str(error.value)


def test_a_remote_can_be_asked_where_an_event_loop_runs(
    in_a_loop: Callable[[Callable[[], Any]], Any],
) -> None:
    """A notebook has one."""
    assert in_a_loop(lambda: asked(lambda _: told())) == [GOOD]


def test_without_httpx_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is only looked for when a server is asked."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    one = Remote("http://127.0.0.1:9/v1", MODEL)
    with pytest.raises(MissingExtraError, match=r"pip install 'harness\[http\]'"):
        one.ask([question()])


SCRIPT = """
import sys
from harness.chat import Ask, Message
from harness.servers.remote import Remote
try:
    Remote(sys.argv[1], "tiny").ask([Ask((Message("user", "Is it so?"),), 20)] * 40)
except KeyboardInterrupt:
    print("stopped")
"""


def test_ctrl_c_stops_it_at_once() -> None:
    """With 16 requests waiting for a server that hangs, no thread holds the process back."""
    with serving(lambda _: Reply(how="hang")) as server:
        words = [sys.executable, "-c", SCRIPT, server.url]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while len(server.seen) < 16 and process.poll() is None:
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGINT)
            assert process.communicate(timeout=20) == (b"stopped\n", b"")
    assert len(server.seen) == 16
