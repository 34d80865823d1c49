import shutil
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from harness.errors import MissingExtraError, SummariserError
from harness.models import converting, folder
from tests.tiny_models import Tiny, tell

pytest.importorskip("ctranslate2")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep converted models out of the user's own cache."""
    monkeypatch.setenv("HARNESS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.slow
def test_a_model_is_converted_once_for_its_content(tiny: Tiny, cache: Path) -> None:
    """The same content is found again, wherever the model lies; another is made beside it."""
    told = folder.read(tiny("bart"))
    first = converting.converted(told, "abc", pickle=False)
    before = (first / "model.bin").stat().st_mtime_ns
    assert converting.converted(told, "abc", pickle=False) == first
    assert (first / "model.bin").stat().st_mtime_ns == before
    assert converting.converted(told, "abd", pickle=False) != first
    assert len(list(cache.iterdir())) == 2


@pytest.mark.slow
def test_what_the_converter_cannot_hold_is_told(tiny: Tiny, tmp_path: Path, cache: Path) -> None:
    """The model and the reason are named, and nothing half made is kept."""
    path = shutil.copytree(tiny("bart"), tmp_path / "odd")
    tell(path, "config.json", activation_function="tanh")
    with pytest.raises(SummariserError, match=r"odd cannot be converted .*KeyError: 'tanh'"):
        converting.converted(folder.read(path), "odd", pickle=False)
    assert list(cache.iterdir()) == []


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error holds the line that installs it."""
    import importlib.metadata

    def absent(name: str) -> Any:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", absent)
    with pytest.raises(MissingExtraError, match=r"pip install 'harness\[ct2\]'"):
        converting.version()
