"""A worker process: it gets a filling and orders, and says what it begins, ends and fails at.

``python -m harness.engines._worker FD``, where FD is its end of a pipe. Its standard input stays
open as long as the process that started it lives: when that ends, however it ends, so does this.
"""

import os
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from harness.engines._messages import Began, Done, Ended, Failed, unpack
from harness.errors import HarnessError
from harness.filling import Batch, Filling


@dataclass(frozen=True, slots=True)
class _Telling:
    """Passes on how far the work is."""

    pipe: "Connection[Any, Any]"

    def began(self, batch: Batch) -> None:
        self.pipe.send(Began(batch))

    def ended(self, batch: Batch) -> None:
        self.pipe.send(Ended(batch))


def main() -> None:
    """Carry out orders until there are no more."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pipe: Connection[Any, Any] = Connection(int(sys.argv[1]))
    sys.path[:] = pipe.recv()
    filling: Filling | None = None
    while (told := pipe.recv()) is not None:
        try:
            if isinstance(told, bytes):
                filling = unpack(told)
            elif filling is not None:
                filling.fill(told, _Telling(pipe))
                pipe.send(Done())
        except HarnessError as error:
            pipe.send(Failed(error))
        except Exception as error:  # a fault of harness, to be seen where the command was given
            pipe.send(Failed(RuntimeError(f"{type(error).__name__}: {error}")))
            raise


def _end_with_parent() -> None:
    os.read(0, 1)  # nothing is ever sent: this returns when the other end is closed
    os._exit(1)


if __name__ == "__main__":
    main()
