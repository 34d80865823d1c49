"""A Ray cluster: actors that load a model once and fill ranges wherever there is room for them.

Ray Data (Moritz et al., 2018; Luan et al., 2023) hands the ranges to a pool of actors and starts
another where one dies. Results do not pass through Ray: each actor keeps its own in the run, which
therefore lies where every node can write.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from harness.engines._attempts import Attempts
from harness.engines._messages import pack, unpack
from harness.errors import HarnessError, MissingExtraError, RunError, UsageError
from harness.filling import Batch, Filling, Order, Watch
from harness.parts import Engine, Worksite
from harness.runs.shards import Shards
from harness.runs.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Ray:
    """``workers`` actors with ``cpus`` cores and ``gpus`` GPUs each, on the cluster at ``address``.

    ``address`` is that of a cluster that is running, such as ``ray://head:10001`` or ``auto``; by
    default the environment variable RAY_ADDRESS says it. ``local`` starts a cluster on this machine
    for the time of the work: Ray then listens on network interfaces, whatever it is told, which is
    why it is never started unasked. ``limit`` is the seconds that a batch may take, as for
    ``local``.
    """

    address: str | None = None
    workers: int = 2
    cpus: float = 1.0
    gpus: float = 0.0
    limit: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no cluster can do."""
        if self.workers < 1:
            msg = f"ray(workers={self.workers}) is not possible: give 1 or more."
            raise UsageError(msg)
        for name in ("cpus", "gpus"):
            if not 0 <= getattr(self, name) < float("inf"):
                msg = f"ray({name}={getattr(self, name)}) is not possible: give 0 or more."
                raise UsageError(msg)
        if self.limit is not None and not self.limit > 0:
            msg = f"ray(limit={self.limit}) is not possible: give seconds above 0."
            raise UsageError(msg)

    @contextmanager
    def open(self) -> Iterator[Worksite]:
        """Join the cluster for the block, and leave it after."""
        ray = _imported()
        address = self.address or os.environ.get("RAY_ADDRESS")
        if address is None:
            msg = (
                "Which Ray cluster? Name one that is running: --ray-address ray://HOST:10001, or "
                "have one started on this machine: --ray-address local. Ray listens on network "
                "interfaces; docs/engines.md says on which."
            )
            raise UsageError(msg)
        try:
            ray.init(address=address, **_START, **(_ALONE if address == "local" else {}))
        except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
            msg = f"The Ray cluster {address!r} cannot be joined: {str(error)[:300]}"
            raise UsageError(msg) from None
        try:
            yield _Site(self)
        finally:
            ray.shutdown()


_START: Mapping[str, Any] = {"log_to_driver": False, "logging_level": "error"}
_ALONE: Mapping[str, Any] = {"include_dashboard": False}


def _imported() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ModuleNotFoundError:
        raise MissingExtraError("ray", "ray", "The engine ray") from None
    return ray


@dataclass(frozen=True, slots=True)
class _Site:
    engine: Ray

    def fill(self, filling: Filling, watch: Watch) -> None:
        filling = _absolute(filling)
        orders = filling.orders(self.engine.workers)
        if not orders:
            return
        for row in _rows(self.engine, filling, orders):
            if row["error"]:
                kind, words = row["error"].split("\n", 1)
                raise _error(kind, words)
            for batch in zip(row["what"], row["begun"], row["ended"], strict=True):
                watch.ended(Batch(*batch))
        Attempts.of(filling.run).clear()
        if left := filling.orders(1):
            msg = (
                f"{len(left)} ranges of {filling.run.record.id} were not filled, the first from "
                f"article {left[0].start + 1}. Run the same command again."
            )
            raise RunError(msg)


def _rows(engine: Ray, filling: Filling, orders: list[Order]) -> Iterator[dict[str, Any]]:
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    threads = str(max(1, int(engine.cpus)))
    places = [{"start": order.start, "stop": order.stop} for order in orders]
    filled = ray.data.from_items(places, override_num_blocks=len(places)).map_batches(
        _Actor,
        fn_constructor_args=(pack(filling), engine.limit),
        batch_size=None,
        compute=ray.data.ActorPoolStrategy(size=min(engine.workers, len(orders))),
        num_cpus=engine.cpus,
        num_gpus=engine.gpus,
        runtime_env={"env_vars": {"OMP_NUM_THREADS": threads}},
    )
    yield from filled.iter_rows()


class _Actor:
    """Fills ranges in a process of its own, somewhere on the cluster."""

    def __init__(self, packed: bytes, limit: float | None) -> None:
        self.packed, self.limit = packed, limit
        self.filling: Filling | None = None

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Fill the ranges of a batch of rows; say which batches that took, or what went wrong."""
        rows: dict[str, list[Any]] = {"what": [], "begun": [], "ended": [], "error": []}
        for start, stop in zip(batch["start"].tolist(), batch["stop"].tolist(), strict=True):
            error, done = self._fill(Order(start, stop))
            rows["error"].append(error)
            rows["what"].append([b.what for b in done])
            rows["begun"].append([b.start for b in done])
            rows["ended"].append([b.stop for b in done])
        return rows

    def _fill(self, order: Order) -> tuple[str, list[Batch]]:
        try:
            self.filling = self.filling or unpack(self.packed)
            with Attempts.of(self.filling.run).watched(self.limit) as attempts:
                self.filling.fill(replace(order, troubles=attempts.troubles()), attempts)
        except HarnessError as error:
            return f"{type(error).__name__}\n{error}", []
        return "", attempts.done


def _error(kind: str, words: str) -> HarnessError:
    """Return the error that an actor met, of its own kind."""
    from harness import errors

    found = HarnessError(words)
    found.__class__ = getattr(errors, kind, HarnessError)
    return found


def _absolute(filling: Filling) -> Filling:
    """Return the filling with places that mean the same on every node."""
    run = filling.run
    place = Shards(run.snapshot.shards.folder.absolute())
    snapshot = Snapshot(run.snapshot.record, place)
    return replace(filling, run=replace(run, folder=run.folder.absolute(), snapshot=snapshot))


ENGINE: type[Engine] = Ray
