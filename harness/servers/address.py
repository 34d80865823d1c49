"""Where a server is: a url that can be asked, or a refusal in words that repeat no secret."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from harness.errors import UsageError

EXAMPLE = "http://127.0.0.1:8000/v1"
_ENDPOINTS = ("/chat/completions", "/completions", "/responses", "/models")
_ODD = re.compile(r"[^\x21-\x7e]")


def address(url: str) -> str:
    """Return the url without slashes at its end; raise UsageError where it cannot be asked.

    The words never repeat what stands before an @ or after a question mark: keys are put there.
    """
    parts = _split(url)
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if parts.scheme.lower() not in {"http", "https"}:
        msg = f"url={_bare(url)!r} does not begin with http:// or https://. Write, say, {EXAMPLE}."
        raise UsageError(msg)
    if "@" in parts.netloc:
        msg = (
            f"The url {shown} holds a name or password. "
            "Leave it out, and put the key in the environment (HARNESS_API_KEY)."
        )
        raise UsageError(msg)
    if parts.query or parts.fragment or url.rstrip().endswith(("?", "#")):
        msg = (
            f"The url {shown} goes on with ? or #. Leave that out: keys belong in the environment."
        )
        raise UsageError(msg)
    path = parts.path.rstrip("/")
    for end in _ENDPOINTS:
        if path.endswith(end):
            msg = f"The url {shown} names one endpoint. Leave {end} out."
            raise UsageError(msg)
    return f"{parts.scheme.lower()}://{parts.netloc}{path}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        msg = (
            f"url={_bare(url)!r} cannot be read: its host or port makes no sense. Write {EXAMPLE}."
        )
        raise UsageError(msg) from None
    web = parts.scheme.lower() in {"http", "https"}
    if _ODD.search(url.strip()) or (web and not parts.hostname) or port == 0:
        msg = f"url={_bare(url)!r} names no host that can be asked. Write, say, {EXAMPLE}."
        raise UsageError(msg)
    return parts


def _bare(url: str) -> str:
    """Return a url without what may be a secret."""
    return re.split(r"[?#]", url.rpartition("@")[2])[0]


def is_local(url: str) -> bool:
    """Return whether a url names this machine, which is never asked through a proxy."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
