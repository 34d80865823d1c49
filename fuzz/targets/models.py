"""The JSON files of a model's folder, and the settings that come of them."""

import json
from typing import Any

from fuzz.target import Target, attempt, bent, folder
from harness.models.families import family_of
from harness.models.folder import Folder, read
from harness.models.settings import resolve

_PLACE = folder()
_FILES = ("config.json", "generation_config.json", "tokenizer_config.json")
_INDEX = "model.safetensors.index.json"


def once(data: bytes) -> None:
    """Write four files, parted by bars, and read the folder; its weights must lie in it."""
    (_PLACE / "vocab.txt").write_bytes(b"a")
    (_PLACE / "part.safetensors").write_bytes(b"a")
    pieces = data.split(b"|")
    for name, content in zip((*_FILES, _INDEX), (pieces + [b"{}"] * 4)[:4], strict=True):
        (_PLACE / name).write_bytes(content)
    attempt(_read)
    for document in _DOCUMENTS:
        found = bent(document, data)
        contents = found if isinstance(found, list) and len(found) == len(document) else document
        for name, content in zip((*_FILES, _INDEX), contents, strict=True):
            (_PLACE / name).write_text(json.dumps(content), encoding="utf-8")
        attempt(_read)


def _read() -> None:
    found: Folder = read(_PLACE)
    astray = [f for f in found.weights if not f.resolve().is_relative_to(_PLACE.resolve())]
    if astray:
        msg = f"weights outside the folder: {astray}"
        raise AssertionError(msg)
    resolve(found, family_of(found.config), {}, "summarization")


_PARTS = b'{"weight_map": {"a": "part.safetensors"}}'
_DOCUMENTS: list[Any] = [
    [
        {
            "model_type": kind,
            "architectures": ["LlamaForCausalLM"],
            "max_position_embeddings": 64,
            "num_beams": 4,
            "prefix": "s: ",
            "text_config": {"n_positions": 9},
            "task_specific_params": {"summarization": {"prefix": "s: ", "max_length": 9}},
        },
        {"length_penalty": 2.0, "top_k": 5, "early_stopping": True, "temperature": 0.5},
        {"model_max_length": 32, "chat_template": "x", "src_lang": "en_XX"},
        {"weight_map": {"a": "part.safetensors", "b": "part.safetensors"}},
    ]
    for kind in ("bart", "t5", "llama", "mbart")
]
TARGET = Target(
    once,
    [
        b'{"model_type": "bart", "max_position_embeddings": 8, "num_beams": 4}|{}|{}|' + _PARTS,
        b'{"model_type": "t5", "task_specific_params": {"summarization": {"prefix": "s: ", '
        b'"max_length": 9}}}|{"length_penalty": 2.0}|{"model_max_length": 1e30}|' + _PARTS,
        b'{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}|{"top_k": 5}|'
        b'{"chat_template": "x"}|' + _PARTS,
    ],
    b'| Infinity NaN -1 1e999 null [] {} ../ true "never" transformers_weights'.split(),
    longest=1024,
)
