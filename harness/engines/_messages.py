"""What a worker process and the one that started it say to each other."""

import pickle
from dataclasses import dataclass
from typing import Any

from harness.errors import UsageError
from harness.filling import Batch, Filling

INSTEAD = "work in this process: --engine 'local(workers=0)'."


@dataclass(frozen=True, slots=True)
class Began:
    """A batch is handed over."""

    batch: Batch


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a batch is kept."""

    batch: Batch


@dataclass(frozen=True, slots=True)
class Done:
    """An order is carried out."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An order cannot be carried out, by this worker or any other."""

    error: BaseException


def pack(filling: Filling) -> bytes:
    """Return what a worker is sent; raise UsageError where a part cannot be sent."""
    try:
        return pickle.dumps(filling)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        msg = f"A part cannot be sent to another process ({error}). Give another, or {INSTEAD}"
        raise UsageError(msg) from None


def unpack(packed: bytes) -> Filling:
    """Return what was packed by the process that started this one."""
    try:
        found: Any = pickle.loads(packed)  # noqa: S301 - never from outside
    except (AttributeError, ImportError) as error:
        msg = (
            f"A part cannot be found in another process ({error}). Define it in a module that can "
            f"be imported, or {INSTEAD}"
        )
        raise UsageError(msg) from None
    filling: Filling = found
    return filling
