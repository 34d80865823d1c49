"""A small server on a free port of this machine that answers as a test tells it to, well or not."""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from harness.chat import Ask, Message

How = Literal["whole", "half", "reset", "hang", "trickle", "endless"]
"""Whether the body comes whole; or half of it and the end, a reset, nothing, or one byte now and
then, or bytes for ever.
"""
MODEL = "tiny"


@dataclass(frozen=True)
class Reply:
    """What the server sends back."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: How = "whole"


@dataclass(frozen=True)
class Seen:
    """A request as it came in; ``text`` is the last message, ``number`` counts POSTs from 0."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    number: int = 0

    @property
    def text(self) -> str:
        """Return the text of the last message."""
        return str(self.body["messages"][-1]["content"])


Script = Callable[[Seen], Reply]


def told(content: object = "The bridge closed.", **choice: Any) -> Reply:
    """Return a whole answer; ``choice`` adds to its choice."""
    message = {"role": "assistant", "content": content, **choice.pop("message", {})}
    usage = choice.pop("usage", {"prompt_tokens": 7, "completion_tokens": 3})
    whole = {"index": 0, "message": message, "finish_reason": "stop", **choice}
    return as_json({"choices": [whole], "usage": usage})


def as_json(data: object, status: int = 200, **headers: str) -> Reply:
    """Return JSON with a status; underscores in the headers' names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps(data).encode(), status, named)


def echo(seen: Seen) -> Reply:
    """Answer with what was asked."""
    return told(f"On {seen.text}")


def listed(**entry: Any) -> Reply:
    """Return a list of one model."""
    return as_json({"object": "list", "data": [{"id": MODEL, "object": "model", **entry}]})


@dataclass
class Scripted:
    """The server: its url, what it is to answer, what it has seen."""

    url: str
    script: Script
    models: Script
    seen: list[Seen] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    now: int = 0
    most: int = 0
    """Requests that were being answered at once, at most."""

    def answer(self, path: str, headers: dict[str, str], raw: bytes) -> Reply:
        """Return the reply to a request, and count it."""
        if path.endswith("/models"):
            return self.models(Seen(path, headers, {}))
        with self.lock:
            seen = Seen(path, headers, json.loads(raw or b"{}"), len(self.seen))
            self.seen.append(seen)
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            return self.script(seen)
        finally:
            with self.lock:
                self.now -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scripted: Scripted

    def do_GET(self) -> None:
        self._reply(b"")

    def do_POST(self) -> None:
        self._reply(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _reply(self, raw: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.scripted.answer(self.path, headers, raw)
        with contextlib.suppress(OSError):  # who asked has gone away
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.how == "hang":
            self.scripted.gate.wait(30)
            self.close_connection = True
            return
        if reply.how == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            self.close_connection = True
            return
        self.send_response_only(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self._send_body(reply)

    def _send_body(self, reply: Reply) -> None:
        if reply.how == "whole":
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            return
        self.close_connection = True
        self.send_header("Content-Length", str(2**40 if reply.how != "half" else len(reply.body)))
        self.end_headers()
        if reply.how == "half":
            self.wfile.write(reply.body[: len(reply.body) // 2])
        while reply.how == "trickle" and not self.scripted.gate.wait(0.05):
            self.wfile.write(b" ")
        while reply.how == "endless" and not self.scripted.gate.is_set():
            self.wfile.write(b" " * 2**20)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that give up are what is tested."""


@contextmanager
def serving(script: Script = echo, models: Script | None = None) -> Iterator[Scripted]:
    """Serve a script on a free port until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    scripted = Scripted(url, script, models or (lambda _: listed(owned_by="tests")))
    server.RequestHandlerClass = type("Handler", (_Handler,), {"scripted": scripted})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield scripted
    finally:
        scripted.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()


def question(text: str = "Is it so?", **changes: Any) -> Ask:
    """Return a question of one message."""
    return Ask((Message("user", text),), **{"max_tokens": 20, **changes})
