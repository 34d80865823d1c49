"""What can become of a request instead of an answer, and which of it is tried again.

kind       what happened                                    tried again   after that
busy       429, 408, 425, 5xx                               yes           reason
dropped    the connection was reset, or closed half way     yes           reason
slow       nothing, or not all of it, within the timeout    once          reason
refused    400, 403, 413, 422, any other 4xx                no            reason
odd        HTML, half a JSON, another shape, too many bytes no            reason
away       nobody listens there, or its name is unknown     yes           the candidate ends
wrong      401, 402, 404, 405, 501, a redirect              no            the candidate ends
"""

import email.utils
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["busy", "dropped", "slow", "refused", "odd", "away", "wrong"]

_BUSY = {408, 425, 429}
_WRONG = {401, 402, 404, 405, 501}
_ADVICE = {
    401: ". Is the key in the environment variable that key= names, and valid",
    402: ". The account has no credit left",
    404: ". Has it this model, and does its url end with /v1",
    405: ". Is this an OpenAI-compatible API? The url of most ends with /v1",
}
_SHOWN = 200
"""Characters of a server's own words that a reason repeats."""
LEFT_OUT = " [...]"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer; ``status`` is that of HTTP, where there was one.

    ``wait`` is for how many seconds the server asked to be left alone.
    """

    kind: Kind
    reason: str
    status: int | None = None
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back whole: a status, headers by lower-case name, and a body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def content(reply: Reply) -> Any:
    """Return the JSON of a reply that is well, or the Failure that it is."""
    if not 200 <= reply.status < 300:
        return of_status(reply.status, _words(reply.body), reply.headers)
    try:
        data = json.loads(reply.body)
    except (ValueError, RecursionError):
        return Failure("odd", f"the server's answer is no JSON: {_words(reply.body) or 'nothing'}")
    match data:
        case {"error": error} if error:  # gateways say 200 and put the error of the model inside
            code = error.get("code") if isinstance(error, dict) else None
            status = code if isinstance(code, int) and 400 <= code < 600 else 400
            return of_status(status, _words(reply.body), {})
    return data


def of_status(status: int, words: str, headers: Mapping[str, str]) -> Failure:
    """Return the failure that a status stands for; ``words`` are the server's own."""
    said = f"the server answered {status}" + f": {words}".rstrip(".: ")
    if 300 <= status < 400:
        place = shown(headers.get("location", "another place"))
        return Failure("wrong", f"the server sends to {place}; redirects are not followed", status)
    if status in _WRONG:
        return Failure("wrong", said + _ADVICE.get(status, ""), status)
    if status in _BUSY or status >= 500:
        return Failure("busy", said, status, _wait(headers))
    return Failure("refused", said, status)


def _words(body: bytes) -> str:
    """Return what a body says, on one line and not too long: its error's message, where it has one.

    A page in HTML is called so; its tags tell nobody anything.
    """
    text = body[:100_000].decode("utf-8", "replace").strip()
    if text[:100].lower().startswith(("<!doctype", "<html", "<?xml")):
        return "a page in HTML"
    return shown(_message(text) or text)


def _message(text: str) -> str | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match data:
        case {"error": {"message": str(said)}} | {"error": str(said)}:
            return said
        case {"detail": str(said)} | {"message": str(said)}:
            return said
    return None


def shown(text: str) -> str:
    """Return anybody's words as they can stand in a reason: printable, one line, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + LEFT_OUT


def _wait(headers: Mapping[str, str]) -> float | None:
    """Return what Retry-After asks for: seconds, or a date, held against the server's own clock."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.replace(".", "", 1).isdigit():
        return float(asked)
    try:
        until = email.utils.parsedate_to_datetime(asked)
        now = email.utils.parsedate_to_datetime(headers.get("date", ""))
        return max((until - now).total_seconds(), 0.0)
    except (ValueError, TypeError):  # no date, or one with a time zone and one without
        return None
