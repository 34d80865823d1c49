import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.errors import SummariserError
from harness.models import folder, translating
from harness.models.converting import converted
from harness.models.families import family_of
from harness.models.generation import Writer
from harness.models.loading import Loaded, load
from harness.models.settings import resolve
from harness.models.writing import Writing
from tests.models.ending import Pair, both, pair, write
from tests.tiny_models import Tiny, build, tell

pytestmark = pytest.mark.slow
pytest.importorskip("ctranslate2")

FAMILIES = ("bart", "t5", "pegasus", "mbart")
Models = Callable[[str], tuple[Pair, Path]]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Keep converted models out of the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HARNESS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """Return what gives a family's model in both libraries, and its folder."""
    made: dict[str, tuple[Pair, Path]] = {}

    def get(family: str) -> tuple[Pair, Path]:
        path = tmp_path_factory.getbasetemp() / f"ending-{family}"
        return made.setdefault(family, made.get(family) or (pair(path, family), path))

    return get


HOW = [
    pytest.param({"beams": 1, "no_repeat_ngram": 3, "min_tokens": 5}, id="greedy"),
    pytest.param({"beams": 4, "early_stopping": True}, id="beams"),
    pytest.param({"beams": 3, "early_stopping": True, "length_penalty": 2.0}, id="longer"),
    pytest.param({"beams": 2, "early_stopping": True, "length_penalty": -1.0}, id="shorter"),
]


@pytest.mark.parametrize("forced", [False, True], ids=["", "forced end"])
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_tokens_are_those_of_transformers(
    models: Models, family: str, how: dict[str, Any], forced: bool
) -> None:
    """In float32, token by token, cuts included, whether summaries end or come to their limit."""
    loaded, path = models(family)
    for one in loaded:
        one.generation.forced_eos_token_id = one.generation.eos_token_id if forced else None
        one.generation.forced_bos_token_id = None
    asked = {"no_repeat_ngram": 0, **how}
    least = asked.get("min_tokens", 0)
    if family == "mbart" and asked["beams"] > 1:
        asked["language"] = None  # the first token would be forced, which is refused
        _start_with_language(loaded)
    for most in (1, 2, 7, 20):
        asked["min_tokens"] = min(least, most)
        theirs, ours = both(loaded, path, max_tokens=most, **asked)
        assert ours == theirs
    assert len({len(one.tokens) for one in ours}) >= 2


def _start_with_language(loaded: Pair) -> None:
    """Have mBART begin as mBART-25 does, in one's own way."""
    for one in loaded:
        one.generation.decoder_start_token_id = one.tokenizer.convert_tokens_to_ids("en_XX")


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"early_stopping": False}, id="stops later"),
        pytest.param({"early_stopping": True, "no_repeat_ngram": 2}, id="no repeated n-gram"),
        pytest.param({"early_stopping": True, "min_tokens": 6}, id="least length"),
    ],
)
def test_what_is_refused_would_be_written_otherwise(models: Models, how: dict[str, Any]) -> None:
    """The refusals have a reason: with these, some summary of two dozen differs."""
    loaded, path = models("bart")
    asked = {"no_repeat_ngram": 0, "min_tokens": 0, "beams": 4, "max_tokens": 20, **how}
    theirs, ours = both(loaded, path, **asked)
    assert ours != theirs
    assert len(ours) == len(theirs)


def _loaded(path: Path, dtype: str = "float32") -> Loaded:
    told = folder.read(path)
    whole = converted(told, str(path), pickle=False)
    return translating.load(whole, told, dtype=dtype, device="cpu", threads=1)


@pytest.mark.parametrize("kind", ["t5", "mt5"])
def test_a_gated_untied_t5_is_written_as_by_transformers(tmp_path: Path, kind: str) -> None:
    """T5 1.1 and mT5 are laid out so."""
    path = build("t5", tmp_path / kind, feed_forward_proj="gated-gelu", tie_word_embeddings=False)
    tell(path, "config.json", model_type=kind)
    told = {"beams": 1, "max_tokens": 12}
    plain = load(folder.read(path), causal=False, dtype="float32", device="cpu", pickle=False)
    theirs = write(plain, path, Writer.of, **told)
    assert write(_loaded(path), path, translating.Translator.of, **told) == theirs


def test_overflowed_numbers_are_a_reason(tmp_path: Path) -> None:
    """NaN is told, greedy and by beams, and what was written after it is not shown."""
    from safetensors.torch import load_file, save_file

    path = build("bart", tmp_path / "bart")
    weights = load_file(path / "model.safetensors")
    for name, weight in weights.items():
        if name.endswith("decoder.layers.1.fc2.weight"):
            weight[:] = float("nan")
    save_file(weights, path / "model.safetensors", {"format": "pt"})
    for beams in (1, 3):
        told = folder.read(path)
        family = family_of(told.config)
        settings = resolve(told, family, {"beams": beams, "max_tokens": 5}, "summarization")
        writing = Writing.of(_loaded(path), family, settings, seed=0, budget=999)
        found = writing.summaries(["The bridge closed.", ""])
        assert str(found[0].reason).startswith("the model's numbers overflowed (NaN)")
        assert found[1].reason == "the article is empty"


def test_a_token_that_the_model_has_not_is_the_articles_reason(tiny: Tiny) -> None:
    """A tokenizer may know more than its model; ctranslate2 alone would read something else."""
    path = tiny("bart")
    told = folder.read(path)
    loaded = _loaded(path)
    loaded.tokenizer.add_tokens(["Ruritania"])
    family = family_of(told.config)
    settings = resolve(told, family, {"beams": 1, "max_tokens": 5}, "summarization")
    found = Writing.of(loaded, family, settings, 0, 999).summaries(["In Ruritania.", "A bridge."])
    size = told.config["vocab_size"]
    assert str(found[0].reason).endswith(f"is none of the {size} that the model has")
    assert found[1].tokens_out is not None


def test_int8_is_computed_where_asked(tiny: Tiny) -> None:
    """It is another candidate, but it writes."""
    path = tiny("bart")
    told = {"beams": 1, "max_tokens": 9, "no_repeat_ngram": 0, "min_tokens": 3}
    found = write(_loaded(path, "int8"), path, translating.Translator.of, **told)
    assert all(len(one.tokens) >= 3 for one in found)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"dtype": "bfloat16"}, r"does not compute in bfloat16 on this cpu\. Give dtype .*float32"),
        ({"device": "cuda:1"}, r"ctranslate2 finds no cuda device\. Say device='cpu'"),
        ({"device": "mps"}, r"ctranslate2 finds no mps device"),
    ],
)
def test_what_the_device_cannot_do_is_told(tiny: Tiny, how: dict[str, Any], message: str) -> None:
    """Nothing is silently computed in another way or place."""
    told = folder.read(tiny("bart"))
    whole = converted(told, "bart", pickle=False)
    with pytest.raises(SummariserError, match=message):
        translating.load(whole, told, **{"dtype": "float32", "device": "cpu", "threads": 1, **how})


def test_a_damaged_conversion_names_the_folder_to_delete(tiny: Tiny, tmp_path: Path) -> None:
    """The model itself is whole, and copying it anew would not help."""
    source = folder.read(tiny("bart"))
    path = shutil.copytree(converted(source, "some content", pickle=False), tmp_path / "kept")
    (path / "model.bin").write_bytes(b"")
    with pytest.raises(SummariserError, match=r"kept, converted from .* delete that folder"):
        translating.load(path, source, dtype="float32", device="cpu", threads=1)
