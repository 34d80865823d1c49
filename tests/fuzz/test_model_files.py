"""What fuzzing found in the files of models, kept as it was found."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import HarnessError
from harness.models.families import family_of
from harness.models.folder import read
from harness.models.settings import Settings, resolve

SOUND = {"model_type": "bart", "max_position_embeddings": 64}
ODD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "weights above the folder were opened": (SOUND, {"a": "../outside.safetensors"}),
    "and at any path": (SOUND, {"a": "/etc/hostname"}),
    "a list for a name was a TypeError": (SOUND, {"a": ["x"]}),
    "so were names of two types": (SOUND, {"a": 1, "b": "x"}),
    "and a name of 400 letters an OSError": (SOUND, {"a": "x" * 400}),
    "architectures that are no list": ({"model_type": "gpt", "architectures": 7}, {"a": "w"}),
    "400 digits were an OverflowError": (SOUND | {"num_beams": 10**400}, {"a": "w"}),
}


def written(folder: Path, config: dict[str, Any], weights: dict[str, Any]) -> Path:
    """Return a model's folder with a configuration and an index of weights."""
    (folder / "outside.safetensors").write_bytes(b"a")
    model = folder / "model"
    model.mkdir()
    for name in ("w", "vocab.txt"):
        (model / name).write_bytes(b"a")
    (model / "config.json").write_text(json.dumps(config))
    index = {"weight_map": weights}
    (model / "model.safetensors.index.json").write_text(json.dumps(index))
    return model


@pytest.mark.parametrize(("config", "weights"), ODD.values(), ids=ODD)
def test_odd_files_of_a_model_are_refused_in_words(
    tmp_path: Path, config: dict[str, Any], weights: dict[str, Any]
) -> None:
    """No file of a model ends in anything but settings or a HarnessError."""
    model = written(tmp_path, config, weights)
    with pytest.raises(HarnessError):
        settings_of(model)


def settings_of(model: Path) -> Settings:
    """Return the settings of a model's folder."""
    found = read(model)
    return resolve(found, family_of(found.config), {}, "summarization")


def test_a_prefix_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    """A number in its place was a TypeError."""
    config = SOUND | {"task_specific_params": {"summarization": {"prefix": 7}}}
    assert settings_of(written(tmp_path, config, {"a": "w"})).prompt == "{article}"
