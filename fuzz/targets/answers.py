"""What a server says over the wire: answers, lists of models, failures."""

import json

from fuzz.target import Target, bent, json_of
from harness.chat import Ask, Message
from harness.servers import failures, listing, wire

_ASK = Ask((Message("user", "Is it so?"),), max_tokens=10, temperature=0.0, seed=0, alternatives=5)


def once(data: bytes) -> None:
    """Read bytes as a reply, as JSON that is an answer, and as a list of models."""
    status, header = 200 + (data[0] if data else 0) * 2, data[1:80].decode("latin-1")
    headers = {"retry-after": header, "date": "Mon, 02 Mar 2026 09:30:00 GMT", "location": header}
    failures.content(failures.Reply(status, headers, data))
    for document in _DOCUMENTS:
        body = json.dumps(bent(document, data)).encode()
        _read(failures.content(failures.Reply(200, headers, body)))
    _read(json_of(data))


def _read(told: object) -> None:
    wire.read(_ASK, told)
    models = listing.models(told)
    listing.unknown("m", models)
    if models:
        listing.answers_any_name(models)
        [listing.told(entry) for entry in models.values()]


_PLACE = {"token": "Yes", "top_logprobs": [{"token": "Yes", "logprob": -0.1}]}
_CHOICE = {"message": {"content": "Yes."}, "logprobs": {"content": [_PLACE]}}
_DOCUMENTS = (
    {"choices": [_CHOICE | {"finish_reason": "stop"}], "usage": {"prompt_tokens": 3}},
    {
        "choices": [
            {"message": {"content": "", "refusal": "no", "tool_calls": [], "reasoning": "x"}}
        ]
    },
    {"error": {"message": "busy", "code": 429}},
    {"data": [{"id": "m", "owned_by": "llamacpp", "root": "x", "meta": {"n_params": 7}}]},
)
TARGET = Target(
    once,
    [
        json.dumps({"choices": [_CHOICE], "usage": {"prompt_tokens": 3}}).encode(),
        b'{"error": {"message": "busy", "code": 429}}',
        b'{"data": [{"id": "m", "owned_by": "llamacpp", "meta": {"n_params": 7}}]}',
        b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}',
        b"\x80Mon, 02 Mar 2026 09:30:00 +0100",
        b"\x80120",
    ],
    [b'"choices"', b'"message"', b'"logprob":', b"</think>", b"<think>", b"null", b"1e999", b"{}"],
)
