import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import StorageError
from harness.models.kept import kept, place


def _making(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        (path / "file").write_text(text)

    return make


def test_what_is_kept_is_made_once(tmp_path: Path) -> None:
    """The second asker finds what the first made."""
    first = kept("thing", _making("one"), tmp_path)
    second = kept("thing", _making("two"), tmp_path)
    assert first == second == tmp_path / "thing"
    assert (second / "file").read_text() == "one"
    assert kept("other", _making("two"), tmp_path) != first


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """A thing is whole or absent, and its maker's error is told as it is."""

    def broken(path: Path) -> None:
        (path / "file").write_text("half")
        raise KeyError(path.name)

    with pytest.raises(KeyError, match="thing"):
        kept("thing", broken, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_make_the_same_the_first_to_finish_is_kept(tmp_path: Path) -> None:
    """The slower one takes what is there, and clears its own away."""

    def slower(path: Path) -> None:
        kept("thing", _making("first"), tmp_path)
        (path / "file").write_text("second")

    whole = kept("thing", slower, tmp_path)
    assert (whole / "file").read_text() == "first"
    assert list(tmp_path.iterdir()) == [whole]


def test_what_a_killed_process_left_is_taken_away_after_a_day(tmp_path: Path) -> None:
    """What is fresh may still be in the making."""
    for name, age in (("old.part", 25), ("new.part", 23)):
        (tmp_path / name).mkdir()
        then = time.time() - age * 3600
        os.utime(tmp_path / name, (then, then))
    kept("thing", _making("one"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.part", "thing"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The message names the place, and the variable that names another."""
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "thing"
    with pytest.raises(StorageError, match=rf"{re.escape(str(place))} could.*HARNESS_CACHE"):
        kept("thing", _making("one"), tmp_path / "file")


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"HARNESS_CACHE": "/big/disk", "XDG_CACHE_HOME": "/x"}, "linux", "/big/disk"),
        ({"XDG_CACHE_HOME": "/x"}, "linux", "/x/harness"),
        ({}, "linux", f"{Path.home()}/.cache/harness"),
        ({"HARNESS_CACHE": ""}, "linux", f"{Path.home()}/.cache/harness"),
        ({}, "darwin", f"{Path.home()}/Library/Caches/harness"),
    ],
)
def test_the_place_is_the_users_cache(
    environment: dict[str, str], platform: str, expected: str
) -> None:
    """HARNESS_CACHE comes first, then what the platform uses."""
    assert place(environment, platform) == Path(expected)
