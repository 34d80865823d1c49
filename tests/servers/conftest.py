"""What tests of clients need beside a scripted server."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def unused() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def in_a_loop() -> Callable[[Callable[[], Any]], Any]:
    """Return what calls a function from within a running event loop, as a notebook does."""

    def call(function: Callable[[], Any]) -> Any:
        async def run() -> Any:
            return function()

        return asyncio.run(run())

    return call
