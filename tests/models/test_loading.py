import pickle
from pathlib import Path
from typing import Any

import pytest

from harness.errors import SummariserError
from harness.models.families import family_of
from harness.models.folder import read
from harness.models.loading import Loaded, Shelf, load, quiet
from tests.tiny_models import FAMILIES, Tiny, build, tell

pytestmark = pytest.mark.slow


def _load(path: Path, *, trusted: bool = False, device: str = "cpu") -> Loaded:
    folder = read(path, pickle=trusted)
    causal = family_of(folder.config).causal
    return load(folder, causal=causal, dtype="float32", device=device, pickle=trusted)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_loads(tiny: Tiny, family: str) -> None:
    """The model is whole, in the type that was asked for, and ready to write."""
    loaded = _load(tiny(family))
    assert not loaded.model.training
    assert {str(p.dtype) for p in loaded.model.parameters()} == {"torch.float32"}
    assert loaded.tokenizer("The council")["input_ids"]


def test_a_model_has_no_generation_settings_of_its_own_left(tiny: Tiny) -> None:
    """generate() would fill what a caller leaves out from there, unseen."""
    loaded = _load(tiny("bart"))
    assert loaded.model.generation_config.eos_token_id is None
    assert loaded.generation.forced_eos_token_id == 2


def test_weights_of_another_kind_of_model_are_refused(tmp_path: Path) -> None:
    """Parts that the files lack would be random numbers, with no more than a warning."""
    path = build("bart", tmp_path / "m")
    import safetensors.torch

    file = str(path / "model.safetensors")
    tensors = safetensors.torch.load_file(file)
    kept = {name: t for name, t in tensors.items() if ".decoder.layers.1." not in name}
    safetensors.torch.save_file(kept, file, metadata={"format": "pt"})
    with pytest.raises(SummariserError, match=r"lack 26 of the model's parts, model\.decoder\.lay"):
        _load(path)


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        pytest.param("model.safetensors", b"not tensors", r"cannot be loaded: Saf", id="weights"),
        pytest.param("tokenizer.json", b'{"a": 1}', r"cannot be loaded: ", id="tokenizer"),
        pytest.param(
            "config.json",
            b'{"model_type": "unheard-of", "architectures": ["NewForCausalLM"]}',
            r"cannot be loaded: ValueError: .*unheard-of",
            id="a kind of model that nobody knows",
        ),
        pytest.param(
            "config.json",
            b'{"model_type": "new", "auto_map": {"AutoConfig": "code.New"}}',
            r"only with Python code of its own, which harness never runs",
            id="code of its own, which is never run",
        ),
    ],
)
def test_what_cannot_be_loaded_is_said(
    tmp_path: Path, name: str, spoil: bytes, message: str
) -> None:
    """Whatever the libraries raise, the folder and their first words are told."""
    path = build("llama", tmp_path / "m")
    (path / name).write_bytes(spoil)
    with pytest.raises(SummariserError, match=message):
        _load(path)


def test_a_trusted_pickle_is_loaded_as_tensors_only(tmp_path: Path) -> None:
    """pickle=True loads what torch calls weights only; a program in the file is not run."""
    import torch

    path = build("llama", tmp_path / "m")
    safe = _load(path).model.state_dict()
    (path / "model.safetensors").unlink()
    torch.save(safe, path / "pytorch_model.bin")
    assert torch.equal(_load(path, trusted=True).model.lm_head.weight, safe["lm_head.weight"])
    (path / "pytorch_model.bin").write_bytes(pickle.dumps(_Program(tmp_path / "ran"), protocol=2))
    with pytest.raises(SummariserError, match="Weights only load failed"):
        _load(path, trusted=True)
    assert not (tmp_path / "ran").exists()


class _Program:
    """Something that makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


def test_a_gpu_that_is_not_there_is_said(tiny: Tiny) -> None:
    """A device that was asked for and is missing is no crash from inside torch."""
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    with pytest.raises(SummariserError, match=r"no GPU that this build.*device='cpu'"):
        _load(tiny("bart"), device="cuda")


def test_a_shelf_lets_go_before_it_takes() -> None:
    """Two models are never held at once, and one that is asked for again is not made again."""
    shelf, held = Shelf(), []

    def make() -> Loaded:
        held.append(shelf.held)
        return Loaded(model=len(held), generation=None, tokenizer=None, device="cpu")

    assert [shelf.take(key, make).model for key in ("a", "a", "b", "a")] == [1, 1, 2, 3]
    assert held == [None, None, None]


def test_the_librarys_talk_is_put_back_as_it_was() -> None:
    """Inside, transformers neither advises nor draws; afterwards it does as before."""
    import transformers.utils.logging

    logging: Any = transformers.utils.logging
    logging.enable_progress_bar()
    before = logging.get_verbosity()
    with quiet():
        assert not logging.is_progress_bar_enabled()
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled()) == (before, True)


def test_a_model_type_is_told_by_the_config_not_the_name(tmp_path: Path) -> None:
    """A folder named after one model that holds another is loaded as what it is."""
    path = build("t5", tmp_path / "bart-large-cnn")
    tell(path, "config.json", _name_or_path="facebook/bart-large-cnn")
    assert type(_load(path).model).__name__ == "T5ForConditionalGeneration"
