from typing import Any

import pytest

from harness.chat import Answer, Silence
from harness.errors import SummariserError
from harness.servers.asking import PATIENCE, PROBE
from harness.servers.remote import Remote
from harness.servers.transport import MOST_BYTES
from tests.servers.clients import GOOD, Slept, asked, remote
from tests.servers.scripted import (
    MODEL,
    Reply,
    Script,
    Seen,
    as_json,
    echo,
    question,
    serving,
    told,
)


def reason(script: Script, **changes: Any) -> str:
    """Return why there is no answer to one question."""
    [said] = asked(script, **changes)
    assert isinstance(said, Silence)
    return said.reason


def first(count: int, bad: Reply, then: Script = echo) -> Script:
    """Return a script that answers badly so many times, and well after that."""
    return lambda seen: bad if seen.number < count else then(seen)


AGAIN = {
    "429": as_json({"error": {"message": "slow down"}}, 429),
    "408": Reply(b"", 408),
    "500": Reply(b"oops", 500),
    "503": as_json({"error": "loading"}, 503),
    "a reset": Reply(how="reset"),
    "closed half way": Reply(told().body, how="half"),
}


@pytest.mark.parametrize("bad", AGAIN.values(), ids=AGAIN)
def test_what_may_pass_is_tried_again(bad: Reply) -> None:
    """Three times bad and then well is well; the waits are drawn from a range that doubles."""
    slept = Slept()
    assert asked(first(3, bad, lambda _: told()), waits=slept.waits()) == [GOOD]
    assert slept.seconds == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("bad", AGAIN.values(), ids=AGAIN)
def test_what_does_not_pass_becomes_the_reason(bad: Reply) -> None:
    """After the first attempt and ``retries`` more, a question has a reason and not an error."""
    with serving(lambda _: bad) as server:
        [said] = remote(server, retries=2).ask([question()])
    assert isinstance(said, Silence)
    assert said.reason
    assert len(server.seen) == 3


RETRY_AFTER = {
    "seconds": ({"Retry_After": "7"}, 7.5),
    "too long": ({"Retry_After": "86400"}, 60.0),
    "a date": (
        {
            "Retry_After": "Mon, 02 Mar 2026 09:30:09 GMT",
            "Date": "Mon, 02 Mar 2026 09:30:00 GMT",
        },
        9.5,
    ),
    "nonsense": ({"Retry_After": "soon"}, 0.5),
}


@pytest.mark.parametrize(("headers", "wait"), RETRY_AFTER.values(), ids=RETRY_AFTER)
def test_retry_after_is_kept_to_within_bounds(headers: dict[str, str], wait: float) -> None:
    """It is waited for what the server asks and 0.5 s drawn on top, but never over a minute."""
    slept = Slept()
    busy = as_json({}, 429, **headers)
    asked(first(1, busy), waits=slept.waits())
    assert slept.seconds == [wait]


ONCE = {
    "HTML": (Reply(b"<!DOCTYPE html><p>Welcome"), "is no JSON: a page in HTML"),
    "half a JSON": (Reply(b'{"choices": [{"mess'), 'is no JSON: {"choices": [{"mess'),
    "nothing": (Reply(b""), "is no JSON: nothing"),
    "no UTF-8": (Reply(b'{"choices": "\xff'), "is no JSON"),
    "nested too deeply": (Reply(b"[" * 100_000), "is no JSON"),
    "a list": (as_json([1]), "has another shape: [1]"),
    "another object": (as_json({"id": 1}), "has another shape: {'id': 1}"),
    "no choices": (as_json({"choices": []}), "holds no choices"),
    "no message": (as_json({"choices": [{"text": "x"}]}), "has another shape"),
    "a number for a text": (told(5), "holds 5 for a text"),
    "null": (told(None), "the model wrote nothing"),
    "white space": (told(" \n"), "the model wrote nothing"),
    "null, cut": (told(None, finish_reason="length"), "the model wrote nothing within max_tokens"),
    "thoughts apart": (
        told(None, message={"reasoning_content": "Hm."}, finish_reason="length"),
        "the model wrote nothing but thoughts within max_tokens",
    ),
    "thoughts within": (told("<think>Hm."), "the model wrote nothing but thoughts"),
    "a filter": (told("The", finish_reason="content_filter"), "content filter stopped the answer"),
    "a refusal": (told(None, message={"refusal": "I can't."}), "the model refused: I can't."),
    "a tool": (told(None, message={"tool_calls": [{}]}), "the model called a tool"),
    "an error inside": (
        as_json({"error": {"message": "no such adapter", "code": "x"}}),
        "the server answered 400: no such adapter",
    ),
}


@pytest.mark.parametrize(("bad", "words"), ONCE.values(), ids=ONCE)
def test_what_will_not_pass_is_a_reason_at_once(bad: Reply, words: str) -> None:
    """Beside a question that is answered, one that is not has a reason; it is not asked twice."""
    with serving(lambda seen: told() if seen.text in {"good", PROBE} else bad) as server:
        said = remote(server, in_flight=1).ask([question("good"), question("bad")])
    assert said[0] == GOOD
    assert isinstance(said[1], Silence)
    assert words in said[1].reason
    assert len(server.seen) == 2


REFUSED = {400: "too long", 403: "not for you", 413: "too large", 422: "no such field"}


@pytest.mark.parametrize(("status", "words"), REFUSED.items(), ids=map(str, REFUSED))
def test_a_refused_question_is_not_asked_again(status: int, words: str) -> None:
    """A 4xx has the server's own words for a reason, once a short question has been answered."""
    bad = as_json({"detail": words}, status)
    with serving(lambda seen: told() if seen.text == PROBE else bad) as server:
        said = remote(server).ask([question()])
    assert said == [Silence(f"the server answered {status}: {words}")]
    assert [seen.text for seen in server.seen] == ["Is it so?", PROBE]


def test_a_server_that_hangs_is_given_up_on() -> None:
    """Two timeouts of one question are enough, whatever ``retries`` allows."""
    with serving(lambda _: Reply(how="hang")) as server:
        said = remote(server, timeout=0.1, retries=9).ask([question()])
    assert said == [Silence("the server did not answer within 0.1 s")]
    assert len(server.seen) == 2


def test_a_server_that_trickles_is_given_up_on() -> None:
    """A byte now and then keeps a connection alive, but not a question."""
    said = reason(lambda _: Reply(how="trickle"), timeout=0.3)
    assert said == "the server did not answer within 0.3 s"


def test_a_server_that_never_stops_talking_is_cut_off() -> None:
    """An answer is read up to a bound, so that nobody's memory is filled."""
    assert reason(lambda _: Reply(how="endless")) == (
        f"the server's answer is longer than {MOST_BYTES >> 20} MiB"
    )


WRONG = {
    401: (as_json({"error": {"message": "bad key."}}, 401), "answered 401: bad key. Is the key in"),
    402: (Reply(b"", 402), "answered 402. The account has no credit left. What was"),
    404: (as_json({"detail": "Not Found"}, 404), "answered 404: Not Found. Has it this model"),
    405: (Reply(b"<html>no", 405), "answered 405: a page in HTML. Is this an OpenAI"),
    501: (Reply(b"", 501), "answered 501"),
    302: (Reply(b"", 302, {"Location": "http://elsewhere/"}), "the server sends to http://elsewh"),
}


@pytest.mark.parametrize(("bad", "words"), WRONG.values(), ids=map(str, WRONG))
def test_what_is_wrong_for_every_question_ends_it(bad: Reply, words: str) -> None:
    """Key, credit, path and address concern no single question; one is enough to know."""
    with serving(lambda _: bad) as server, pytest.raises(SummariserError) as error:
        remote(server, in_flight=1).ask([question()] * 9)
    assert words in str(error.value)
    assert len(server.seen) == 1


def test_a_redirect_is_not_followed() -> None:
    """Nobody else is shown the key."""
    with (
        serving() as other,
        serving(lambda _: Reply(b"", 307, {"Location": other.url + "/chat/completions"})) as server,
        pytest.raises(SummariserError, match="redirects are not followed"),
    ):
        remote(server).ask([question()])
    assert other.seen == []


def test_a_wrong_model_is_told_with_what_there_is() -> None:
    """The nearest name is said, if the server lists its models."""
    missing = as_json({"error": {"message": "The model `tinny` does not exist."}}, 404)
    with serving(lambda _: missing) as server, pytest.raises(SummariserError) as error:
        remote(server, "tinny").ask([question()])
    assert str(error.value) == (
        f"{server.url}: the server answered 404: The model `tinny` does not exist. Has it this "
        "model, and does its url end with /v1. It lists no model 'tinny'. Did you mean tiny? "
        "What was finished is kept; the same command goes on from there."
    )


def test_a_wrong_model_that_is_refused_with_400_is_told_too() -> None:
    """Some servers call it a bad request; the short question shows that it is not the article."""
    bad = as_json({"detail": "Server is pinned to 'tiny'."}, 400)
    with (
        serving(lambda _: bad) as server,
        pytest.raises(SummariserError, match=r"pinned to 'tiny'.*Did you mean tiny\?"),
    ):
        remote(server, "tinny").ask([question()] * 3)


def test_a_server_that_is_not_there_ends_it(unused: int) -> None:
    """After the last retry, nobody listening is an error and not a reason."""
    slept = Slept()
    gone = Remote(f"http://127.0.0.1:{unused}/v1", MODEL, waits=slept.waits(), in_flight=1)
    with pytest.raises(SummariserError, match=r"cannot be reached: .*Start the server"):
        gone.ask([question()] * 3)
    assert slept.seconds == [0.5, 1.0, 2.0, 4.0, 8.0]


HOSTS = ["nowhere.invalid", "a..b", "xn--", "-", f"{'a' * 64}.example", "[v1.x]"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_has_no_address_ends_it(host: str) -> None:
    """A misspelt name, or one that can be none, is told like a server that is not there."""
    with pytest.raises(SummariserError, match=r"cannot be (reached|asked): ."):
        Remote(f"http://{host}/v1", MODEL, retries=0).ask([question()])


def test_a_proxy_that_makes_no_sense_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before anything is asked."""
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:9")
    with pytest.raises(SummariserError, match="or the proxy in the environment"):
        Remote("http://nowhere.invalid/v1", MODEL).ask([question()])


def test_a_server_that_always_fails_ends_it() -> None:
    """Where so many fail one after the other, and a short question too, the server is to blame."""
    with serving(lambda _: Reply(b"", 500)) as server, pytest.raises(SummariserError) as error:
        remote(server, in_flight=1, retries=0).ask([question()] * 99)
    assert [seen.text for seen in server.seen] == ["Is it so?"] * PATIENCE + [PROBE]
    assert f"answered 500. {PATIENCE} questions failed, and a short one too." in str(error.value)


def test_questions_that_always_fail_do_not_end_it() -> None:
    """Where a short question is answered, the questions are to blame, however many they are."""
    with serving(lambda seen: echo(seen) if seen.text == PROBE else Reply(b"", 500)) as server:
        said = remote(server, retries=0).ask([question()] * PATIENCE * 3)
    assert said == [Silence("the server answered 500")] * PATIENCE * 3


def test_an_answer_in_between_means_patience_anew() -> None:
    """A server that answers every tenth question is never doubted."""
    with serving(lambda s: echo(s) if s.number % 10 == 0 else Reply(b"", 500)) as server:
        said = remote(server, in_flight=1, retries=0).ask([question()] * 100)
    assert sum(isinstance(one, Answer) for one in said) == 10
    assert PROBE not in {seen.text for seen in server.seen}


def test_a_few_failures_end_nothing() -> None:
    """429 for ever gives each of a few questions its reason."""
    said = asked(lambda _: as_json({"error": "busy"}, 429), 5)
    assert said == [Silence("the server answered 429: busy")] * 5


def test_probabilities_are_asked_for_and_given() -> None:
    """By token, in (0, 1]: the exponential of what the server sends."""
    places = [{"token": "Yes", "top_logprobs": [{"token": "Yes", "logprob": 0.0}]}]
    with serving(lambda _: told(logprobs={"content": places})) as server:
        [said] = remote(server).ask([question(alternatives=3)])
    assert isinstance(said, Answer)
    assert said.alternatives == ({"Yes": 1.0},)
    assert server.seen[0].body["top_logprobs"] == 3


def test_a_server_without_probabilities_answers_without() -> None:
    """Refused for them, a question is asked again without, and the next ones only so."""

    def strict(seen: Seen) -> Reply:
        return as_json({"detail": "no logprobs"}, 422) if "logprobs" in seen.body else told()

    with serving(strict) as server:
        said = remote(server, in_flight=1).ask([question(alternatives=3)] * 3)
    assert said == [GOOD] * 3
    assert len(server.seen) == 4
