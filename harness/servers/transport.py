"""One request over HTTP, bounded in time and size: what came back, or the failure that it was."""

import json
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.errors import MissingExtraError, SummariserError
from harness.servers.address import is_local
from harness.servers.failures import Failure, Reply, shown
from harness.servers.key import Key

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 16 * 2**20
"""Of an answer. One of 4,096 tokens with 20 alternatives each takes some 8 MB."""

_CONNECT = 10.0
"""Seconds in which a server must accept a connection."""


def client(url: str, key: Key, timeout: float, in_flight: int) -> "httpx.AsyncClient":
    """Return a client for a server.

    Raises MissingExtraError without httpx, SummariserError where url or proxy make no sense.

    Redirects are not followed, lest the key go to another host; nor is a server on this machine
    asked through a proxy.
    """
    try:
        import httpx
    except ImportError:
        raise MissingExtraError("httpx", "http", "Asking a model server") from None
    try:
        return httpx.AsyncClient(
            base_url=url + "/",
            headers={"Accept-Encoding": "identity", "User-Agent": "harness"} | key.headers(),
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT), pool=None),
            limits=httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight),
            follow_redirects=False,
            trust_env=not is_local(url),
            verify=_certificates(url),
        )
    except (httpx.InvalidURL, ValueError, ImportError) as error:  # of the url or a proxy's
        msg = f"{url} cannot be asked: {error}. Correct url=, or the proxy in the environment."
        raise SummariserError(msg) from None


def _certificates(url: str) -> ssl.SSLContext:
    """Return who is trusted; nobody where nothing is encrypted, for reading the list takes time."""
    if url.startswith("https:"):
        return ssl.create_default_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def exchange(
    sender: "httpx.AsyncClient",
    timeout: float,
    path: str,
    body: Mapping[str, Any] | None = None,
) -> Reply | Failure:
    """Send a body (or ask for a path, without one) and return what came back whole in time."""
    import asyncio

    import httpx

    raw = None if body is None else json.dumps(body).encode()
    method, kind = ("GET", {}) if raw is None else ("POST", {"Content-Type": "application/json"})
    try:
        async with (
            asyncio.timeout(timeout),  # of it all: a server may send one byte a second for ever
            sender.stream(method, path, content=raw, headers=kind) as response,
        ):
            return await _whole(response)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, UnicodeError) as error:
        return Failure("away", shown(str(error)) or "no connection")
    except (TimeoutError, httpx.TimeoutException):
        return Failure("slow", f"the server did not answer within {timeout:g} s")
    except httpx.DecodingError:
        return Failure("odd", "the server's answer is packed in a way that cannot be undone")
    except httpx.TransportError as error:
        return Failure("dropped", f"the connection broke: {shown(str(error)) or 'it was reset'}")


async def _whole(response: "httpx.Response") -> Reply | Failure:
    found = bytearray()
    async for piece in response.aiter_bytes():
        found += piece
        if len(found) > MOST_BYTES:
            return Failure("odd", f"the server's answer is longer than {MOST_BYTES >> 20} MiB")
    return Reply(response.status_code, response.headers, bytes(found))
