"""A Ray cluster: actors that load a model once and fill ranges wherever there is room for them.

Ray Data (Moritz et al., 2018; Luan et al., 2023) hands the ranges to a pool of actors and starts
another where one dies. Results do not pass through Ray: each actor keeps its own in the run, which
therefore lies where every node can write.
"""

import logging
import os
import pickle
import warnings
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from harness.engines._attempts import Attempts
from harness.engines._joining import LOCAL, joined
from harness.engines._messages import pack, unpack
from harness.environment import environment
from harness.errors import HarnessError, RunError, StorageError, UsageError
from harness.filling import Batch, Filling, Order, Watch
from harness.parts import Engine, Worksite
from harness.runs.snapshot import Snapshot

_LOG = logging.getLogger(__name__)

_OF_A_NODE = {"system", "cores"}
"""What may differ from one node to the next and leave the same bytes."""


@dataclass(frozen=True, slots=True)
class Ray:
    """``workers`` actors with ``cpus`` cores and ``gpus`` GPUs each, on the cluster at ``address``.

    ``address`` is that of a cluster that is running, of which this machine is a node: ``auto``, or
    that of its control store, such as ``head:6379``; by default the environment variable
    RAY_ADDRESS says it. ``local`` starts a cluster on this machine for the time of the work: Ray
    then listens on network interfaces, whatever it is told, which is why it is never started
    unasked. ``limit`` is the seconds that a batch may take, as for ``local``.
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
        address = self.address or os.environ.get("RAY_ADDRESS")
        if not address:
            msg = (
                "Which Ray cluster? Name one that is running: --ray-address HOST:6379, or have one "
                f"started on this machine: --ray-address {LOCAL}. Ray listens on network "
                "interfaces; docs/engines.md says on which."
            )
            raise UsageError(msg)
        with joined(address, self.workers, self.cpus, self.gpus):
            yield _Site(self)


@dataclass(frozen=True, slots=True)
class _Site:
    engine: Ray

    def fill(self, filling: Filling, watch: Watch) -> None:
        filling = _absolute(filling)
        attempts = Attempts.of(filling.run)
        attempts.clear()  # an evaluation that was killed took its actors with it
        orders = filling.orders(self.engine.workers)
        if not orders:
            return
        try:
            with closing(_told(self.engine, filling, orders)) as answers:  # ends its actors
                for told in answers:
                    if isinstance(told, Exception):
                        raise told
                    for batch in told:
                        watch.ended(batch)
            _tell_deaths(filling, len(attempts.troubles()))
        finally:
            with suppress(StorageError):  # an actor may still be at work on what has failed
                attempts.clear()
        _expect_filled(filling)


def _tell_deaths(filling: Filling, deaths: int) -> None:
    if deaths:
        _LOG.warning(
            "%s, an actor that worked on the run of %r died or was late. "
            "What it held was tried again.",
            "Once" if deaths == 1 else f"{deaths} times",
            filling.run.record.name,
        )


def _expect_filled(filling: Filling) -> None:
    if left := filling.orders(1):
        msg = (
            f"{len(left)} ranges of {filling.run.record.id} were not filled, the first from "
            f"article {left[0].start + 1}. Do all nodes write to the same storage? Run the same "
            "command again."
        )
        raise RunError(msg)


def _told(engine: Ray, filling: Filling, orders: list[Order]) -> Generator[list[Batch] | Exception]:
    """Have the orders carried out; yield what came of each, in whatever order."""
    import ray.data

    with warnings.catch_warnings():  # Ray Data's own settings are deprecated in Ray Data
        warnings.simplefilter("ignore", DeprecationWarning)
        context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    places = [{"start": order.start, "stop": order.stop} for order in orders]
    filled = ray.data.from_items(places, override_num_blocks=len(places)).map_batches(
        _Actor,
        fn_constructor_args=(pack(filling), _versions(), engine.limit),
        batch_size=None,
        compute=ray.data.ActorPoolStrategy(size=min(engine.workers, len(orders))),
        num_cpus=engine.cpus,
        num_gpus=engine.gpus,
        runtime_env={"env_vars": {"OMP_NUM_THREADS": str(max(1, int(engine.cpus)))}},
    )
    for row in filled.iter_rows():
        yield pickle.loads(row["told"])  # noqa: S301 - from our own actor, as all that Ray brings


class _Actor:
    """Fills ranges in a process of its own, somewhere on the cluster."""

    def __init__(self, packed: bytes, versions: Mapping[str, str], limit: float | None) -> None:
        self.packed, self.versions, self.limit = packed, versions, limit
        self.filling: Filling | None = None

    def __call__(self, batch: Mapping[str, Any]) -> Any:
        """Fill the ranges of a batch of rows; return which batches that took, or what it met."""
        import pyarrow as pa

        places = zip(batch["start"].tolist(), batch["stop"].tolist(), strict=True)
        return pa.table({"told": [pickle.dumps(self.fill(Order(*place))) for place in places]})

    def fill(self, order: Order) -> list[Batch] | Exception:
        try:
            if self.filling is None:
                _expect_versions(self.versions, _versions())
                self.filling = unpack(self.packed)
            with Attempts.of(self.filling.run).watched(self.limit) as attempts:
                self.filling.fill(replace(order, troubles=attempts.troubles()), attempts)
        except HarnessError as error:
            return error
        except Exception as error:  # a fault of harness, to be seen where the command was given
            return RuntimeError(f"{type(error).__name__}: {error}")
        return attempts.done


def _versions() -> dict[str, str]:
    return {name: told for name, told in environment().items() if name not in _OF_A_NODE}


def _expect_versions(here: Mapping[str, str], there: Mapping[str, str]) -> None:
    """Refuse to work with other versions than where the command was given."""
    odd = [
        f"{name} {there.get(name, 'is missing')} instead of {here.get(name, 'none')}"
        for name in sorted({*here, *there})
        if here.get(name) != there.get(name)
    ]
    if odd:
        msg = (
            f"A node of the Ray cluster has {', '.join(odd)}. All nodes need the same versions as "
            "the machine on which the command is given, or their texts and numbers may differ."
        )
        raise UsageError(msg)


def _absolute(filling: Filling) -> Filling:
    """Return the filling with places that mean the same on every node."""
    run = filling.run
    shards = run.snapshot.shards
    place = replace(shards, folder=shards.folder.absolute())
    snapshot = Snapshot(run.snapshot.record, place)
    return replace(filling, run=replace(run, folder=run.folder.absolute(), snapshot=snapshot))


ENGINE: type[Engine] = Ray
