"""A model on disk, read without any model library: its three JSON files and which weights it has.

Everything that can be wrong with a folder is said here, before torch is imported.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import SummariserError

_SAFE = "model.safetensors"
_PICKLED = "pytorch_model.bin"
_TOKENISERS = (
    "tokenizer.json",
    "tokenizer.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "source.spm",
    "vocab.json",
    "vocab.txt",
    "tekken.json",
)
_SETTINGS = ("*.json", "*.jinja", "*.txt", "*.model", "*.spm", "additional_chat_templates/*.jinja")
_PART = re.compile(r"[\w-][\w.-]{0,199}")
"""A file of the folder itself: an index names no path, up or down."""
_LFS = b"version https://git-lfs"


@dataclass(frozen=True, slots=True)
class Folder:
    """What a model's files say. ``weights`` are those that are loaded, ``settings`` the others.

    ``generation_file`` names the file that ``generation`` comes from: as in transformers,
    generation_config.json alone where it exists, else config.json.
    """

    path: Path
    config: Mapping[str, Any]
    generation: Mapping[str, Any]
    generation_file: str
    tokenizer: Mapping[str, Any]
    weights: tuple[Path, ...]
    settings: tuple[Path, ...]

    @property
    def templated(self) -> bool:
        """Whether the tokenizer knows how a chat is written down."""
        names = ("chat_template.jinja", "chat_template.json", "additional_chat_templates")
        return bool(self.tokenizer.get("chat_template")) or any(
            (self.path / name).exists() for name in names
        )


def read(path: Path, *, pickle: bool = False) -> Folder:
    """Read a model folder; raise SummariserError saying what it lacks."""
    config = _config(path)
    weights = _weights(path, pickle=pickle)
    if not any((path / name).is_file() for name in _TOKENISERS):
        msg = (
            f"{path} has no tokenizer: none of {', '.join(_TOKENISERS)}. "
            "Save it there with tokenizer.save_pretrained()."
        )
        raise SummariserError(msg)
    own = path / "generation_config.json"
    generation = _json(own) if own.is_file() else config
    told = path / "tokenizer_config.json"
    return Folder(
        path=path,
        config=config,
        generation=generation,
        generation_file=own.name if own.is_file() else "config.json",
        tokenizer=_json(told) if told.is_file() else {},
        weights=weights,
        settings=tuple(sorted(f for p in _SETTINGS for f in path.glob(p) if f.is_file())),
    )


def _config(path: Path) -> Mapping[str, Any]:
    if (path / "adapter_config.json").is_file():
        msg = (
            f"{path} holds a PEFT adapter, not a whole model. Merge it into its base model "
            "(model.merge_and_unload().save_pretrained(...)) and give that folder."
        )
        raise SummariserError(msg)
    if not (path / "config.json").is_file():
        msg = (
            f"{path} has no config.json, so it is no Hugging Face model. "
            "Give the folder that model.save_pretrained() wrote."
        )
        raise SummariserError(msg)
    config = _json(path / "config.json")
    if not isinstance(config.get("model_type"), str):
        msg = f"{path / 'config.json'} names no model_type. Restore it from where it came from."
        raise SummariserError(msg)
    if config.get("transformers_weights"):  # other weights than those that are hashed
        msg = (
            f"{path / 'config.json'} names its own weights file, transformers_weights="
            f"{config['transformers_weights']!r}. Rename that to {_SAFE} and drop the entry."
        )
        raise SummariserError(msg)
    return config


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{path} cannot be read: {error}. Restore it from where it came from."
        raise SummariserError(msg) from None
    if not isinstance(found, dict):
        msg = f"{path} is a {type(found).__name__}, not an object. Restore it."
        raise SummariserError(msg)
    return found


def _weights(path: Path, *, pickle: bool) -> tuple[Path, ...]:
    found = _listed(path, _SAFE)
    pickled = _listed(path, _PICKLED)
    if not found and pickled and not pickle:
        msg = (
            f"{path} has its weights only as {_PICKLED}, a pickle, which can hide a program. "
            "Save it as safetensors, or trust it: pickle=True."
        )
        raise SummariserError(msg)
    files = found or pickled
    if not files:
        msg = (
            f"{path} has no weights: no {_SAFE}. Copy or download the whole model "
            f"(pickle=True accepts {_PICKLED} too)."
        )
        raise SummariserError(msg)
    for file in files:
        _check(file)
    return files


def _listed(path: Path, name: str) -> tuple[Path, ...]:
    index = path / f"{name}.index.json"
    if (path / name).is_file():
        return (path / name,)
    if not index.is_file():
        return ()
    parts = _json(index).get("weight_map")
    named = set(map(str, parts.values())) if isinstance(parts, dict) else set()
    if not named:
        msg = f"{index} lists no weights. Restore it from where it came from."
        raise SummariserError(msg)
    astray = next((part for part in sorted(named) if not _PART.fullmatch(part)), None)
    if astray is not None:
        msg = (
            f"{index} names {astray!r}, which is no file of this folder. "
            "Restore it from where it came from."
        )
        raise SummariserError(msg)
    return tuple(path / part for part in sorted(named))


def _check(file: Path) -> None:
    if not file.is_file():
        msg = f"{file} is missing: the model was copied in part. Copy or download all of it."
        raise SummariserError(msg)
    with file.open("rb") as stream:
        if stream.read(len(_LFS)) == _LFS:
            msg = f"{file} is a Git LFS pointer, not weights. Run: git lfs pull"
            raise SummariserError(msg)
