"""Where a model lies: a local folder, or the local copy of one on the Hugging Face hub.

A name that is in the hub's local cache is never looked up again, so that a run does not change
because somebody pushed to ``main``. Only a name that is not there needs the internet.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.errors import SummariserError, UsageError
from harness.models import folder
from harness.models.folder import Folder

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
_SETTINGS = ["*.json", "*.jinja", "*.txt", "*.model", "*.spm"]
Fetch = Callable[[str, str | None, list[str]], str]
_YES = {"1", "on", "yes", "true"}


@dataclass(frozen=True, slots=True)
class Found:
    """A model's folder, and where it came from the hub its name there and its commit."""

    folder: Folder
    hub: str | None = None
    commit: str | None = None


def download(name: str, revision: str | None, patterns: list[str]) -> str:
    """Fetch the files of a model from the hub that match some patterns; return their folder."""
    from huggingface_hub import snapshot_download

    return snapshot_download(name, revision=revision, allow_patterns=patterns)


def locate(
    model: str, revision: str | None = None, *, pickle: bool = False, fetch: Fetch = download
) -> Found:
    """Return the model that a path or hub name stands for, fetching it where it must be."""
    path = Path(model).expanduser()
    if path.is_dir():
        if revision is not None:
            msg = (
                f"revision={revision!r} is for names on the hub; {model} is a folder. Leave it out."
            )
            raise UsageError(msg)
        return Found(folder.read(path, pickle=pickle))
    if path.exists() or not _HUB_NAME.fullmatch(model):
        what = "is a file" if path.exists() else "does not exist"
        msg = f"{model} {what}. Give the folder of a model, or its name on the Hugging Face hub."
        raise SummariserError(msg)
    kept = _cached(model, revision)
    if kept is None or not (_offline() or _whole(kept, pickle=pickle)):
        kept = _fetched(model, revision, fetch, pickle=pickle)
    return Found(folder.read(kept, pickle=pickle), model, kept.name)


def _cached(name: str, revision: str | None) -> Path | None:
    from huggingface_hub import try_to_load_from_cache  # 0.2 s, and only for a hub name

    try:
        found = try_to_load_from_cache(name, "config.json", revision=revision)
    except ValueError:  # no name that the hub could have
        return None
    return Path(found).parent if isinstance(found, str) else None


def _whole(path: Path, *, pickle: bool) -> bool:
    try:
        folder.read(path, pickle=pickle)
    except SummariserError:
        return False
    return True


def _offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").lower() in _YES


def _fetched(name: str, revision: str | None, fetch: Fetch, *, pickle: bool) -> Path:
    if _offline():
        raise SummariserError(_absent(name, revision, "and HF_HUB_OFFLINE forbids to fetch it"))
    patterns = [*_SETTINGS, "model*.safetensors", *(["pytorch_model*.bin"] if pickle else [])]
    try:
        return Path(fetch(name, revision, patterns))
    except (OSError, ValueError, RuntimeError) as error:  # no such name, no access, no network
        why = f"and the hub did not give it: {str(error).strip().partition(chr(10))[0]}"
        raise SummariserError(_absent(name, revision, why)) from None


def _absent(name: str, revision: str | None, why: str) -> str:
    at = f" at revision {revision}" if revision else ""
    return (
        f"There is no folder {name} here, no model of that name{at} in the local hub cache, {why}. "
        "Check the name, connect to the internet, or give the path of a folder that holds it."
    )
