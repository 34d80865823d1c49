import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from harness.errors import MissingExtraError, StorageError, UsageError
from harness.runs import Store, disk, remote

LOCAL = [
    pytest.param("runs", "runs", id="relative"),
    pytest.param("/a/runs", "/a/runs", id="absolute"),
    pytest.param(Path("a") / "b", "a/b", id="path"),
    pytest.param("file:///a/runs", "/a/runs", id="file"),
    pytest.param("file:///a%20b", "/a%20b", id="as-it-is-written"),
    pytest.param("s3:/bucket", "s3:/bucket", id="no-address"),
]


@pytest.mark.parametrize(("given", "path"), LOCAL)
def test_a_local_place_is_a_plain_path(given: str | Path, path: str) -> None:
    """Nothing changes for local folders, however they are written."""
    assert remote.at(given) == Path(path)
    assert not remote.is_remote(remote.at(given))


def test_an_address_is_shown_as_it_was_written() -> None:
    """Messages and commands name a place as people do."""
    place = remote.at("memory://team/runs/")
    assert remote.is_remote(place)
    assert str(place / "x" / "run.json") == "memory://team/runs/x/run.json"


WRONG = [
    pytest.param("nope://b/x", "There is no file system 'nope'", id="unknown"),
    pytest.param("memry://b/x", "Did you mean memory", id="nearly"),
    pytest.param("simplecache::s3://b/x", "is a chain of file systems", id="chain"),
    pytest.param("sftp://me:secret@host/runs", "on host has a password in it", id="password"),
]


@pytest.mark.parametrize(("address", "message"), WRONG)
def test_an_address_that_cannot_be_is_refused(address: str, message: str) -> None:
    """What is wrong with an address is said before anything is read; a password is not repeated."""
    with pytest.raises(UsageError, match=message) as refused:
        Store.at(address)
    assert "secret" not in str(refused.value)


def test_s3_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The install line is in the message."""
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(sys.modules["fsspec.registry"].__dict__["_registry"], "s3", raising=False)
    with pytest.raises(MissingExtraError, match=r"s3fs.*pip install 'harness\[s3\]'"):
        Store.at("s3://bucket/runs")


def test_another_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that harness has no extra for says which package it wants."""
    monkeypatch.setitem(sys.modules, "paramiko", None)
    monkeypatch.setitem(sys.modules, "fsspec.implementations.sftp", None)
    with pytest.raises(UsageError, match="needs a package that is not installed"):
        Store.at("sftp://host/runs")


FORKS = """
import os, sys
from harness.runs import disk, remote
place = remote.at(sys.argv[1])
disk.write_text(place / "a", "1")
assert disk.names(place) == ["a"]
child = os.fork()
if not child:
    assert disk.names(place) == ["a"]
    disk.write_text(place / "b", disk.read_bytes(place / "a").decode())
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
print(disk.names(place))
"""


def test_a_worker_that_was_forked_reads_and_writes(s3: str) -> None:
    """Connections of the parent are not used by its children."""
    words = [sys.executable, "-W", "ignore", "-c", FORKS, f"{s3}/forked"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "['a', 'b']\n", done.stderr


class Torn(LocalFileSystem):  # type: ignore[misc]
    """A file system that is no object store: what is written appears little by little."""

    protocol = "torn"
    fails = False

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        """Write half of it, and fail if asked to."""
        super().pipe_file(path, value[: len(value) // 2] if self.fails else value, **options)
        if self.fails:
            msg = "the connection is gone"
            raise ValueError(msg)


@pytest.fixture
def torn(tmp_path: Path) -> Iterator[Path]:
    """Return an address on such a file system."""
    fsspec.register_implementation("torn", Torn, clobber=True)
    yield remote.at(f"torn://{tmp_path}")
    Torn.fails = False


def test_where_a_put_is_not_whole_files_are_moved_into_place(torn: Path, tmp_path: Path) -> None:
    """A write that fails half way leaves what was there, and the next sweep removes the rest."""
    disk.write_text(torn / "a" / "x.txt", "before")
    Torn.fails = True
    with pytest.raises(StorageError, match="ValueError: the connection is gone"):
        disk.write_text(torn / "a" / "x.txt", "afterwards")
    assert (tmp_path / "a" / "x.txt").read_text() == "before"
    assert len(disk.names(torn / "a")) == 2
    disk.sweep(torn / "a")
    assert disk.names(torn / "a") == ["x.txt"]


def test_a_bucket_that_is_not_there_is_told_of(s3: str) -> None:
    """Writing where there is no bucket makes none, and says so."""
    store = Store.at(f"{s3}-none/x")
    assert store.ids() == []
    with pytest.raises(StorageError, match="The specified bucket does not exist"):
        disk.write_text(store.root / "x.txt", "text")


def test_storage_that_does_not_answer_is_told_of(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection is words, not a traceback."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    with pytest.raises(StorageError, match=r"the storage failed.*EndpointConnectionError"):
        disk.write_text(Store.at(s3).root / "x.txt", "text")
    fsspec.get_filesystem_class("s3").clear_instance_cache()


def test_what_another_machine_wrote_is_seen_at_once(s3: str) -> None:
    """A listing is asked for anew each time."""
    folder = remote.at(f"{s3}/listing")
    disk.write_text(folder / "a", "1")
    assert disk.names(folder) == ["a"]
    other = fsspec.filesystem("s3", skip_instance_cache=True)
    other.pipe_file("runs/listing/b", b"2")
    assert disk.names(folder) == ["a", "b"]
    assert not disk.exists(folder / "c")
    other.rm_file("runs/listing/a")
    assert not disk.exists(folder / "a")


def test_local_runs_load_nothing_of_addresses(tmp_path: Path) -> None:
    """Who keeps runs in a folder does not wait for packages that open other places."""
    code = (
        "import sys; from harness.runs import Store; from harness.runs.check import check; "
        "check(Store.at(sys.argv[1])); print([m for m in ('upath', 's3fs') if m in sys.modules])"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
