import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import SummariserError
from harness.models.folder import read
from tests.tiny_models import hollow, tell

BART = {"model_type": "bart"}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return the folder of a model whose files are all there."""
    return hollow(tmp_path / "model", BART)


def test_a_whole_folder_is_read(model: Path) -> None:
    """What the files say is there, with the weights apart from everything else."""
    found = read(model)
    assert found.config == BART
    assert [f.name for f in found.weights] == ["model.safetensors"]
    assert [f.name for f in found.settings] == ["config.json", "tokenizer.json"]


def _remove(*names: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return act


def _write(name: str, text: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return act


def _only_pickle(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def _half_copied(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "model-00001-of-00002.safetensors")
    parts = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    tell(folder, "model.safetensors.index.json", weight_map=parts)


def _empty_index(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    tell(folder, "model.safetensors.index.json", weight_map={})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(_remove("config.json"), r"has no config\.json, so it is no", id="no config"),
        pytest.param(
            _remove("model.safetensors"), r"has no weights.*Copy or down", id="no weights"
        ),
        pytest.param(_remove("tokenizer.json"), r"has no tokenizer.*save_pretr", id="no tokenizer"),
        pytest.param(_only_pickle, r"a pickle, which can hide.*pickle=True", id="pickle"),
        pytest.param(_half_copied, r"00002-of-00002\.safetensors is missing", id="half copied"),
        pytest.param(_empty_index, r"lists no weights\. Restore", id="empty index"),
        pytest.param(
            _write("adapter_config.json", "{}"), r"PEFT adapter.*Merge it into", id="adapter"
        ),
        pytest.param(_write("config.json", "{"), r"cannot be read: .*Restore", id="broken JSON"),
        pytest.param(_write("config.json", "[]"), r"is a list, not an object", id="not an object"),
        pytest.param(_write("config.json", "{}"), r"names no model_type", id="no model type"),
        pytest.param(
            _write("config.json", json.dumps({**BART, "transformers_weights": "x.safetensors"})),
            r"transformers_weights='x\.safetensors'\. Rename",
            id="weights elsewhere",
        ),
        pytest.param(
            _write("model.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:0"),
            r"is a Git LFS pointer, not weights\. Run: git lfs pull",
            id="git lfs pointer",
        ),
    ],
)
def test_what_a_folder_lacks_is_said(
    model: Path, spoil: Callable[[Path], None], message: str
) -> None:
    """A folder that is no whole model is refused with what is wrong and what to do."""
    spoil(model)
    with pytest.raises(SummariserError, match=message):
        read(model)


def test_a_pickle_is_taken_where_it_is_trusted(model: Path) -> None:
    """With pickle=True a pickle is what is loaded, if there is nothing safer."""
    _only_pickle(model)
    assert [f.name for f in read(model, pickle=True).weights] == ["pytorch_model.bin"]


def test_safetensors_go_before_a_pickle(model: Path) -> None:
    """A folder with both is read from what cannot run programs, trusted or not."""
    (model / "pytorch_model.bin").write_bytes(b"pickle")
    for pickle in (False, True):
        assert [f.name for f in read(model, pickle=pickle).weights] == ["model.safetensors"]


def test_all_parts_of_sharded_weights_are_found(model: Path) -> None:
    """The index names the files, each once."""
    _half_copied(model)
    (model / "model-00002-of-00002.safetensors").write_bytes(b"weights")
    assert len(read(model).weights) == 2


def test_generation_settings_come_from_their_own_file_if_it_exists(model: Path) -> None:
    """As in transformers, config.json is asked only where there is no generation_config.json."""
    tell(model, "config.json", num_beams=4)
    assert read(model).generation["num_beams"] == 4
    tell(model, "generation_config.json", num_beams=2)
    assert read(model).generation == {"num_beams": 2}
    assert read(model).generation_file == "generation_config.json"


@pytest.mark.parametrize(
    ("give", "templated"),
    [
        pytest.param(_remove(), False, id="none"),
        pytest.param(_write("chat_template.jinja", "{{ messages }}"), True, id="a file"),
        pytest.param(_write("tokenizer_config.json", '{"chat_template": "x"}'), True, id="inside"),
        pytest.param(
            lambda folder: (folder / "additional_chat_templates").mkdir(), True, id="several"
        ),
    ],
)
def test_a_chat_template_is_found_wherever_it_is_kept(
    model: Path, give: Callable[[Path], None], templated: bool
) -> None:
    """All three places that transformers reads a template from are known."""
    give(model)
    assert read(model).templated is templated
