"""The engine ray, as far as it can be tried without a cluster."""

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import api
from harness.engines._attempts import Attempts
from harness.engines._messages import pack
from harness.engines.ray import Ray, _Actor, _Site, _versions
from harness.errors import RunError, UsageError
from harness.filling import SUMMARIES, Batch, Filling, Order
from tests.engines.parts import Odd
from tests.engines.test_local import ARTICLES


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param({"workers": 0}, "workers=0", id="nobody"),
        pytest.param({"cpus": -1.0}, "cpus=-1.0", id="fewer-than-none"),
        pytest.param({"gpus": float("nan")}, "gpus=nan", id="no-number"),
        pytest.param({"limit": 0.0}, "limit=0.0", id="no-time"),
    ],
)
def test_what_no_cluster_can_do_is_refused(arguments: dict[str, Any], told: str) -> None:
    """The message names the argument and its value."""
    with pytest.raises(UsageError, match=re.escape(told)):
        Ray(**arguments)


@pytest.fixture
def unfilled(tmp_path: Path) -> Filling:
    """Return what there is to do for a run that lacks its summaries."""
    [run] = api.evaluate(ARTICLES[:6], {"x": Odd()}, ["length"], runs=tmp_path).runs
    for path in run.folder.glob("summaries/*"):
        path.unlink()
    return Filling(run, Odd(), {})


def test_a_node_with_other_versions_does_no_work(unfilled: Filling) -> None:
    """Texts and numbers may differ between versions, so that an actor refuses and says which."""
    there = _versions() | {"harness": "0.0.1"}
    told = _Actor(pack(unfilled), there, None).fill(Order(0, 3))
    assert isinstance(told, UsageError)
    assert "instead of 0.0.1" in str(told)
    assert unfilled.run.summaries_kept.count() == 0


def test_an_actor_tells_what_it_has_kept(unfilled: Filling) -> None:
    """One row per range comes back, which holds positions only."""
    import numpy as np

    actor = _Actor(pack(unfilled), _versions(), None)
    table = actor({"start": np.array([0, 3]), "stop": np.array([3, 6])})
    told = [pickle.loads(row) for row in table["told"].to_pylist()]  # noqa: S301 - made above
    assert told == [[Batch(SUMMARIES, 0, 3)], [Batch(SUMMARIES, 3, 6)]]
    assert unfilled.run.summaries_kept.count() == 6


class Heard:
    """A watch that notes what ended."""

    def __init__(self) -> None:
        self.ended_at: list[int] = []

    def began(self, batch: Batch) -> None:
        """Note nothing."""

    def ended(self, batch: Batch) -> None:
        """Note where it began."""
        self.ended_at.append(batch.start)


def test_what_an_evaluation_that_was_killed_was_at_is_no_trouble(
    unfilled: Filling, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its actors died with it, however often: no article is given up for that, and none is told."""
    notes = Attempts.of(unfilled.run)
    for _ in range(3):
        notes.began(Batch(SUMMARIES, 0, 3))

    def fill(_: Ray, filling: Filling, orders: list[Order]) -> Iterator[list[Batch] | Exception]:
        assert notes.troubles() == ()
        actor = _Actor(pack(filling), _versions(), None)
        yield from map(actor.fill, orders)

    monkeypatch.setattr("harness.engines.ray._told", fill)
    heard = Heard()
    _Site(Ray("auto")).fill(unfilled, heard)
    assert heard.ended_at == [0, 3]
    assert caplog.messages == []


def test_a_death_is_told_once_and_in_words(
    unfilled: Filling, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """However many actors died, one line says so and what became of their work."""

    def fill(_: Ray, filling: Filling, orders: list[Order]) -> Iterator[list[Batch] | Exception]:
        for _death in range(2):
            Attempts.of(filling.run).began(Batch(SUMMARIES, 0, 3))
        actor = _Actor(pack(filling), _versions(), None)
        yield from map(actor.fill, orders)

    monkeypatch.setattr("harness.engines.ray._told", fill)
    _Site(Ray("auto")).fill(unfilled, Heard())
    [told] = caplog.messages
    assert told.startswith("2 times, an actor that worked on the run of 'x' died or was late.")
    assert Attempts.of(unfilled.run).troubles() == ()


def test_actors_that_write_elsewhere_are_found_out(
    unfilled: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nodes do not share the storage, nothing is taken for filled that is not."""

    def claim(*_: object) -> Iterator[list[Batch]]:
        yield [Batch(SUMMARIES, 0, 3)]

    monkeypatch.setattr("harness.engines.ray._told", claim)
    with pytest.raises(RunError, match="Do all nodes write to the same storage"):
        _Site(Ray("auto")).fill(unfilled, Heard())
