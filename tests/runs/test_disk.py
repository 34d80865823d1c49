import errno
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.errors import StorageError
from harness.records import Article
from harness.runs import Store
from harness.runs.disk import read_bytes, storage, write_output, write_text, write_whole


def test_a_file_is_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    """What is written is there whole, in a folder made for it, without partial files beside it."""
    write_text(tmp_path / "new" / "a.txt", "é\n")
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"\xc3\xa9\n"
    assert os.listdir(tmp_path / "new") == ["a.txt"]


def test_a_writer_that_fails_leaves_the_old_content(tmp_path: Path) -> None:
    """An error in the middle of writing changes nothing and leaves no partial file."""
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def fail(partial: Path) -> None:
        partial.write_text("ne")
        msg = "in the middle"
        raise ValueError(msg)

    with pytest.raises(ValueError, match="in the middle"):
        write_whole(path, fail)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


MEANINGS = [
    pytest.param(errno.ENOSPC, "the disk is full", id="full"),
    pytest.param(errno.EROFS, "read-only", id="read-only"),
    pytest.param(errno.EACCES, "no permission", id="permission"),
    pytest.param(errno.ENOTDIR, "a file stands where a folder is needed", id="file"),
]


@pytest.mark.parametrize(("number", "meaning"), MEANINGS)
def test_what_the_system_refuses_is_told_in_words(number: int, meaning: str) -> None:
    """Refusals that a person can mend are StorageErrors that say how."""
    with pytest.raises(StorageError, match=re.escape(meaning)), storage(Path("x")):
        raise OSError(number, os.strerror(number))


OTHERS = [
    pytest.param(OSError(errno.EIO, "odd"), r"the storage failed.*\(odd\)", id="failing-disk"),
    pytest.param(OSError(errno.EBUSY, "odd"), "the system says: odd", id="unknown-number"),
    pytest.param(OSError("odd"), "the system says: odd", id="no-number"),
    pytest.param(TimeoutError(), "the system says: TimeoutError", id="no-words"),
]


@pytest.mark.parametrize(("error", "message"), OTHERS)
def test_every_refusal_is_words(error: OSError, message: str) -> None:
    """Also an error that nobody thought of says what the system said, and is no traceback."""
    with pytest.raises(StorageError, match=message), storage(Path("x")):
        raise error


def test_errors_of_programs_are_not_dressed_up() -> None:
    """What is no refusal of the system stays what it is."""
    with pytest.raises(ZeroDivisionError), storage(Path("x")):
        _ = 1 / 0


@pytest.mark.parametrize("make", [os.mkfifo, lambda p: p.symlink_to(p.parent / "y"), os.mkdir])
def test_only_plain_files_are_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A pipe would wait for ever, and a link may lead anywhere: neither is opened."""
    (tmp_path / "y").write_text("secret")
    make(tmp_path / "x")
    with pytest.raises(OSError, match=r"it is no file|it is a link|Is a directory"):
        read_bytes(tmp_path / "x")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A record of gigabytes is refused before it is in memory."""
    (tmp_path / "x").write_text("12345")
    assert read_bytes(tmp_path / "x", 5) == b"12345"
    with pytest.raises(OSError, match="more than 4 bytes"):
        read_bytes(tmp_path / "x", 4)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 256 KiB; skip where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_costs_nothing_that_was_finished(small_disk: Path) -> None:
    """On a disk that really fills, the error says so, and no partial corpus is left behind."""
    store = Store(small_disk / "runs")
    store.take([Article("a", "Small enough.")], "small", "small")
    noise = [Article(str(i), os.urandom(20_000).hex()) for i in range(20)]
    with pytest.raises(StorageError, match=r"the disk is full\. Free some space"):
        store.take(noise, "large", "large")
    [kept] = (small_disk / "runs" / "corpora").iterdir()
    assert (kept / "corpus.json").exists()


def test_a_result_goes_behind_a_link_and_into_a_pipe(tmp_path: Path) -> None:
    """A link stays a link, and what is no file is written to; neither is replaced by a file."""
    link, pipe = tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(tmp_path / "file")
    os.mkfifo(pipe)
    write_output(link, "a\ud800")
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    write_output(pipe, "b")
    assert os.read(reader, 9) == b"b"
    os.close(reader)
    assert link.is_symlink()
    assert pipe.is_fifo()
    assert (tmp_path / "file").read_text() == "a\\ud800"


NO_FILES = [
    pytest.param("", "a folder stands where a file is needed", id="folder"),
    pytest.param("x" * 300, "the name is too long", id="long-name"),
]


@pytest.mark.parametrize(("name", "meaning"), NO_FILES)
def test_a_place_that_is_no_file_is_told_in_words(tmp_path: Path, name: str, meaning: str) -> None:
    """What cannot be a file is refused, and nothing is left beside it."""
    with pytest.raises(StorageError, match=meaning):
        write_output(tmp_path / name, "text")
    assert not list(tmp_path.iterdir())
