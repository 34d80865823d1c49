import os
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from harness.errors import MissingExtraError, SummariserError
from harness.models.fingerprint import _sha256, of_files, of_text, versions


def _files(folder: Path, **contents: str) -> list[Path]:
    for name, text in contents.items():
        (folder / name).write_text(text)
    return [folder / name for name in contents]


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    """Names are sorted, so any listing of a folder gives the same hash."""
    files = _files(tmp_path, a="1", b="2")
    assert of_files(files) == of_files(files[::-1])


def test_every_byte_and_every_name_matters(tmp_path: Path) -> None:
    """Other content, other names, and content moved between files give other hashes."""
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    seen = {
        of_files(_files(tmp_path, a="12", b="3")),
        of_files(_files(tmp_path / "x", a="1", b="23")),
        of_files(_files(tmp_path / "y", a="12", c="3")),
    }
    assert len(seen) == 3


def test_the_place_of_a_model_does_not_matter(tmp_path: Path) -> None:
    """A model that is moved or copied stays the same model."""
    (tmp_path / "copy").mkdir()
    assert of_files(_files(tmp_path, a="1")) == of_files(_files(tmp_path / "copy", a="1"))


def test_a_file_is_read_once_until_it_changes(tmp_path: Path) -> None:
    """Asking again costs no reading; a file that was written anew is read anew."""
    files = _files(tmp_path, a="1")
    first, before = of_files(files), _sha256.cache_info()
    assert of_files(files) == first
    assert _sha256.cache_info().misses == before.misses
    _files(tmp_path, a="2")
    os.utime(files[0], ns=(0, 1))  # the same size, and a clock may be too coarse to tell
    assert of_files(files) != first


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A file that went away meanwhile is an error of the candidate."""
    with pytest.raises(SummariserError, match=r"gone cannot be read: No such file"):
        of_files([tmp_path / "gone"])


def test_texts_differ_by_their_hash() -> None:
    """The hash of a text is 128 bits in hexadecimal."""
    assert of_text("a") != of_text("b")
    assert len(of_text("a")) == 32


def test_versions_are_those_that_tokens_depend_on() -> None:
    """The libraries that turn text into tokens and back are named."""
    assert set(versions(lambda _: "1.0")) == {"torch", "transformers", "tokenizers"}


def test_without_torch_the_install_line_is_told() -> None:
    """A core install is told which extra models need."""

    def installed(package: str) -> str:
        if package == "torch":
            raise PackageNotFoundError(package)
        return "1.0"

    with pytest.raises(MissingExtraError, match=r"torch.*pip install 'harness\[models\]'"):
        versions(installed)
