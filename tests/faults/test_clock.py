"""A clock that jumps back: nothing depends on it but the names of runs and what they tell."""

import itertools
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.engines.local import Local
from harness.evaluation import evaluate, metrics_of
from harness.runs import Run, Store
from tests.faults.conftest import content, ended
from tests.faults.parts import ARTICLES, METRICS, Faulty


class Backwards:
    """A clock that is an hour earlier each time it is read."""

    def __init__(self) -> None:
        self.times = itertools.count()

    def __call__(self) -> datetime:
        """Return the time."""
        return datetime(2026, 3, 2, 9, 30, tzinfo=UTC) - timedelta(hours=next(self.times))

    def time(self) -> float:
        """Return the time as seconds since 1970."""
        return self().timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Backwards:
    """Return such a clock, which the whole process goes by."""
    made = Backwards()
    monkeypatch.setattr(time, "time", made.time)
    return made


def evaluated(runs: Path, part: Faulty, clock: Backwards, fresh: bool = False) -> Run | None:
    """Return the run of an evaluation, None where it failed."""
    store = Store(runs)
    corpus = store.take(ARTICLES, "made", "made")
    done = evaluate(
        store,
        corpus,
        {"x": part},
        metrics_of(METRICS),
        fresh=fresh,
        engine=Local(workers=0),
        clock=clock,
    )
    return done.runs[0] if done.runs else None


def test_a_run_goes_on_under_a_clock_that_jumps_back(tmp_path: Path, clock: Backwards) -> None:
    """A run that failed is found again and ended, and its bytes are those of any other."""
    assert evaluated(tmp_path / "runs", Faulty("nothing"), clock) is None
    run = evaluated(tmp_path / "runs", Faulty(), clock)
    assert run is not None
    assert len(Store(tmp_path / "runs").ids()) == 1
    assert run.seconds() >= 0
    assert content(run) == content(ended(Faulty(), tmp_path / "other"))


def test_runs_made_under_a_clock_that_jumps_back_stay_apart(
    tmp_path: Path, clock: Backwards
) -> None:
    """Each evaluation begun anew has a run of its own, whatever the time was called."""
    made = [evaluated(tmp_path, Faulty(), clock, fresh=True) for _ in range(3)]
    assert len({run.record.id for run in made if run}) == 3
    assert len({str(content(run)) for run in made if run}) == 1
