"""A Ray cluster joined for a while: quietly, and refused in words and within seconds if it cannot.

Ray says much on standard output and standard error of the process that joins. What matters of it
arrives as an exception, or is told in words of ours.
"""

import logging
import math
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from harness.errors import MissingExtraError, UsageError

LOCAL = "local"

_WAIT = 5.0
"""Seconds in which the named machine must answer at all."""

_QUIET = {  # also asked for while Ray Data works, which else looks for a Prometheus server
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": "(?s).*",  # what other nodes say of deaths
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}
_HURRIED = {  # otherwise twenty tries of 40 seconds each
    "RAY_NUM_REDIS_GET_RETRIES": "1",
    "RAY_py_gcs_connect_timeout_s": "5",
}


@contextmanager
def joined(address: str, workers: int, cpus: float, gpus: float) -> Iterator[Any]:
    """Join the cluster at ``address`` for the block and yield Ray itself; leave the cluster after.

    ``local`` is a cluster of this machine that ends with the block. Raises UsageError where there
    is no such cluster, or none of its nodes has room for a worker.
    """
    local = address == LOCAL
    if not local:
        _expect_answer(address)
    with _environment(_QUIET if local else _QUIET | _HURRIED):
        ray = _imported()
        room = math.ceil(max(os.cpu_count() or 1, workers * cpus))
        alone = {"include_dashboard": False, "num_cpus": room} if local else {}
        try:
            with _unheard():
                ray.init(address=address, log_to_driver=False, logging_level="critical", **alone)
        except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
            msg = f"The Ray cluster {address!r} cannot be joined: {_first(error)}"
            raise UsageError(msg) from None
        try:
            _expect_room(ray, address, cpus, gpus)
            _hush()
            yield ray
        finally:
            ray.shutdown()


def _imported() -> Any:
    try:
        import ray
    except ModuleNotFoundError:
        raise MissingExtraError("ray", "ray", "The engine ray") from None
    return ray


def _first(error: Exception) -> str:
    return str(error).strip()[:300] or type(error).__name__


def _expect_answer(address: str) -> None:
    """Refuse an address at which no cluster can be, before Ray tries it for minutes."""
    if "://" in address:
        msg = (
            f"The Ray cluster {address!r} cannot be joined: Ray Data does not work through Ray's "
            "client. Give the command on a node of the cluster, with the address of its control "
            "store, such as HOST:6379, or auto."
        )
        raise UsageError(msg)
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        return  # auto, or a word that Ray refuses at once
    try:
        socket.create_connection((host.strip("[]"), int(port)), _WAIT).close()
    except (OSError, OverflowError) as error:
        msg = (
            f"The Ray cluster {address!r} cannot be joined: nothing answers there ({error}). Is it "
            "running, and is this the address that ray start printed?"
        )
        raise UsageError(msg) from None


def _expect_room(ray: Any, address: str, cpus: float, gpus: float) -> None:
    """Refuse a worker that no node has room for, which Ray would wait for without end."""
    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    if any(n.get("CPU", 0) >= cpus and n.get("GPU", 0) >= gpus for n in nodes):
        return
    most = {kind: max((n.get(kind, 0) for n in nodes), default=0) for kind in ("CPU", "GPU")}
    msg = (
        f"No node of the Ray cluster {address!r} has room for a worker of {cpus:g} cores and "
        f"{gpus:g} GPUs: they have up to {most['CPU']:g} cores and {most['GPU']:g} GPUs. Say "
        "ray(cpus=..., gpus=...), or add a node that has them."
    )
    raise UsageError(msg)


def _hush() -> None:
    """Have Ray Data log to its file only; it also prints what comes back as an exception."""
    import ray.data  # noqa: F401 - which sets up its logging

    for handler in logging.getLogger("ray.data").handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setLevel(logging.CRITICAL + 1)


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the block, unless somebody has set them already."""
    new = {name: value for name, value in settings.items() if name not in os.environ}
    os.environ.update(new)
    try:
        yield
    finally:
        for name in new:
            os.environ.pop(name, None)


@contextmanager
def _unheard() -> Iterator[None]:
    """Drop what is written to standard error past Python in the block, as C++ libraries do."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
