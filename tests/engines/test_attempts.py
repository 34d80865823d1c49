"""Notes of what was begun: one per batch, gone when it ends, told when it does not."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from harness.engines._attempts import Attempts
from harness.errors import SummariserError
from harness.filling import Batch, Trouble
from harness.runs import remote
from harness.runs.disk import sweep

BATCH = Batch("length-12ab34cd", 3, 6)
DIED = "its process ended each time, as one does that needs too much memory"


@pytest.fixture(params=["local", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a place for notes that is not there yet: a folder, and an address."""
    if request.param == "local":
        return tmp_path / "attempts"
    return remote.at(f"memory://{tmp_path.name}/attempts")


def test_what_ended_leaves_no_note(folder: Path) -> None:
    """A batch that is kept is told as done, and is nobody's trouble."""
    with Attempts(folder).watched(None) as attempts:
        attempts.began(BATCH)
        assert [t.batch for t in attempts.troubles()] == [BATCH]
        attempts.ended(BATCH)
    assert attempts.done == [BATCH]
    assert Attempts(folder).troubles() == ()


def test_each_attempt_that_did_not_come_back_counts(folder: Path) -> None:
    """Two processes that died at the same batch are two troubles, for whoever looks next."""
    Attempts(folder).began(BATCH)
    Attempts(folder).began(BATCH)
    assert Attempts(folder).troubles() == (Trouble(BATCH, DIED, certain=False),) * 2


def test_a_batch_that_raises_is_no_death(folder: Path) -> None:
    """Where a part fails in words its process lives, and the note goes."""
    with suppress(SummariserError), Attempts(folder).watched(None) as attempts:
        attempts.began(BATCH)
        raise SummariserError
    assert Attempts(folder).troubles() == ()


def test_all_notes_can_be_removed(folder: Path) -> None:
    """Also where there are none."""
    Attempts(folder).began(BATCH)
    for _ in range(2):
        Attempts(folder).clear()
        assert Attempts(folder).troubles() == ()


def test_notes_that_were_left_are_swept_with_all_that_is_half_written(tmp_path: Path) -> None:
    """The next evaluation removes them, also where it is no longer Ray that fills the run."""
    Attempts(tmp_path).began(BATCH)
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


NAMES = [
    pytest.param(
        ".summaries.0.3.0a1b.begun.partial", Trouble(Batch("summaries", 0, 3), DIED, False)
    ),
    pytest.param(
        ".a.b-12.7.8.ff.late-0.5.partial",
        Trouble(Batch("a.b-12", 7, 8), "took longer than 0.5 seconds", True),
    ),
    pytest.param(".DS_Store", None),
    pytest.param(".summaries.0.begun.partial", None),
    pytest.param("..summaries.0.3.0a1b.begun.partial.77.partial", None),
    pytest.param("..summaries.0.3.0a1b.late-2.partial.77.partial", None),
]


@pytest.mark.parametrize(("name", "trouble"), NAMES)
def test_a_note_is_its_name(tmp_path: Path, name: str, trouble: Trouble | None) -> None:
    """A metric may have a dot in its name; what is no note is passed over."""
    (tmp_path / name).touch()
    assert Attempts(tmp_path).troubles() == ((trouble,) if trouble else ())


HANGS = """
import sys, time
from pathlib import Path
from harness.engines._attempts import Attempts
from harness.filling import Batch

with Attempts(Path(sys.argv[1])).watched(0.2) as attempts:
    attempts.began(Batch("summaries", 0, 3))
    attempts.ended(Batch("summaries", 0, 3))
    attempts.began(Batch("summaries", 3, 6))
    time.sleep(60)
"""


def test_a_process_that_is_late_ends_and_says_why(tmp_path: Path) -> None:
    """Only the batch that exceeded the limit is noted, as one that would exceed it again."""
    done = subprocess.run([sys.executable, "-c", HANGS, str(tmp_path)], timeout=30, check=False)
    assert done.returncode == 1
    told = "took longer than 0.2 seconds"
    assert Attempts(tmp_path).troubles() == (Trouble(Batch("summaries", 3, 6), told, certain=True),)
