import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness import spec
from harness.errors import MissingExtraError, SummariserError, UsageError
from harness.models import encoder_loading
from harness.models.encoder_loading import Encoder, Shelves, take
from harness.models.encoders import Ready, Source, layers, refuse_causal, room, versions
from harness.models.folder import read
from harness.models.states import Tokens, states, tokens
from tests.tiny_models import READS, Tiny, encoder, hollow, tell

TEXTS = (
    "The council will close the bridge.",
    "Ferries!",
    "The mayor said that the bridge will close, and that ferries will cost the same as before.",
)


@pytest.fixture(scope="session")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny BERT."""
    return encoder("bert", tmp_path_factory.mktemp("encoders") / "bert")


def ready(path: Path, **more: Any) -> Ready:
    """Return a model on the CPU, found and not loaded."""
    return Source("test", str(path), device="cpu", **more).ready()


def held(path: Path, layer: int | None = None, **more: Any) -> Encoder:
    """Return an encoder of states, loaded without the shelves."""
    found = ready(path, **more)
    made = encoder_loading._load(found, "states", layer)
    return replace(made, limit=min(made.limit, room(found.folder)))


def plain(row: Any, _: Tokens) -> list[list[float]]:
    """Keep the states themselves."""
    found: list[list[float]] = row.tolist()
    return found


REFUSED = [
    pytest.param({"threads": 0}, r"bertscore\(threads=0\).* at least 1", id="threads"),
    pytest.param({"threads": 10**6}, r"threads=1000000.*at most 4096", id="too-many-threads"),
    pytest.param({"batch_tokens": 0}, r"batch_tokens=0.*at least 1", id="batch-tokens"),
    pytest.param({"dtype": "int8"}, r"dtype='int8'.*float32 or bfloat16", id="dtype"),
    pytest.param({"device": "gpu"}, r"device='gpu'.*auto, cpu, cuda", id="device"),
]


@pytest.mark.parametrize(("given", "message"), REFUSED)
def test_what_no_model_can_do_is_refused(given: Any, message: str) -> None:
    """A metric's arguments are checked when it is made, and the metric is named."""
    with pytest.raises(UsageError, match=message):
        Source.of("bertscore", replace(Source("bertscore", "m"), **given))


def test_a_missing_torch_is_told_with_the_metric_and_the_install_line() -> None:
    """Who asks for a metric reads of that metric, not of another part."""

    def absent() -> dict[str, str]:
        raise MissingExtraError("torch", "models", "transformer")

    with pytest.raises(MissingExtraError, match=r"^entailment needs.*pip install 'harness\[models"):
        versions("entailment", absent)


def test_signing_for_a_metric_loads_no_torch(tmp_path: Path) -> None:
    """To find kept scores costs reading files; the weights need not even be a model's."""
    labels = {"0": "entailment", "1": "contradiction"}
    bert = hollow(tmp_path / "b", {"model_type": "bert", "id2label": labels})
    bart = hollow(tmp_path / "c", {"model_type": "bart", "is_encoder_decoder": True})
    code = (
        "import sys\n"
        "from harness import spec\n"
        f"for name, path in (('bertscore(layer=1,', {str(bert)!r}), ('entailment(', {str(bert)!r}),"
        f" ('embedding(', {str(bert)!r}), ('likelihood(', {str(bart)!r})):\n"
        "    spec.parse('metrics', f'{name}model={path!r})').signature()\n"
        "print(sorted({'torch', 'transformers', 'tokenizers', 'datasets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LIMITS = [
    pytest.param({"max_position_embeddings": 128}, 512, (), 128, id="positions"),
    pytest.param({"max_position_embeddings": 1024}, 512, (), 512, id="tokenizer"),
    pytest.param({"max_position_embeddings": 512}, 512, (256,), 256, id="told"),
    pytest.param({"max_position_embeddings": 512}, 10**30, (None,), 512, id="no-real-limit"),
    pytest.param({}, None, (), 512, id="nothing-known"),
]


@pytest.mark.parametrize(("config", "told", "more", "limit"), LIMITS)
def test_an_encoder_reads_what_its_files_allow(
    tmp_path: Path, config: Any, told: Any, more: Any, limit: int
) -> None:
    """The least of positions, the tokenizer's limit and what else is said."""
    path = hollow(tmp_path / "m", {"model_type": "bert", **config})
    tell(path, "tokenizer_config.json", model_max_length=told)
    assert room(read(path), *more) == limit


def test_layers_are_counted_by_the_config() -> None:
    """An encoder-decoder's are its encoder's; who says nothing has an unknown number."""
    assert layers({"num_hidden_layers": 12}) == 12
    assert layers({"num_hidden_layers": 24, "encoder_layers": 6}) == 6
    assert layers({}) is None


CAUSAL = [
    pytest.param({"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]}, True, id="gpt2"),
    pytest.param({"model_type": "llama", "architectures": ["LlamaForCausalLM"]}, True, id="llama"),
    pytest.param({"model_type": "bert", "is_decoder": True}, True, id="bert-as-decoder"),
    pytest.param({"model_type": "bert", "architectures": ["BertForMaskedLM"]}, False, id="bert"),
    pytest.param({"model_type": "bart", "is_encoder_decoder": True}, False, id="bart"),
]


@pytest.mark.parametrize(("config", "refused"), CAUSAL)
def test_what_reads_from_left_to_right_is_no_encoder(
    tmp_path: Path, config: Any, refused: bool
) -> None:
    """A causal model's early states know nothing of the rest; an encoder's do."""
    found = ready(hollow(tmp_path / "m", config))
    if refused:
        with pytest.raises(SummariserError, match=r"test needs an encoder.*from left to right"):
            refuse_causal(found)
    else:
        refuse_causal(found)


class _Made:
    """Stands for a loaded model."""


def _shelved(name: str, made: list[str]) -> Callable[[], Any]:
    def make() -> Any:
        made.append(name)
        return Encoder(_Made(), None, 8, 0, "cpu", 8)

    return make


def test_a_few_models_are_held_and_the_least_used_makes_way() -> None:
    """Metrics that take turns load once each, as long as there is room."""
    shelves, made = Shelves(room=2), list[str]()
    for name in ("a", "b", "a", "b", "a"):
        shelves.take(name, _shelved(name, made))
    assert made == ["a", "b"]
    shelves.take("c", _shelved("c", made))
    assert list(shelves.held) == ["a", "c"]
    shelves.clear()
    assert not shelves.held


def _family(name: str, path: Path) -> Path:
    import transformers

    library: Any = transformers
    encoder("bert", path)
    size = {"vocab_size": 300, "max_position_embeddings": READS}
    deep = {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4}
    more = {
        "Albert": {**deep, "intermediate_size": 48, "embedding_size": 16},
        "DistilBert": {"dim": 32, "hidden_dim": 48, "n_layers": 3, "n_heads": 4},
        "Deberta": {**deep, "intermediate_size": 48},
        "ModernBert": {**deep, "intermediate_size": 48, "pad_token_id": 0},
    }[name]
    config = getattr(library, name + "Config")(**size, **more)
    getattr(library, name + "Model")(config).save_pretrained(path)
    return path


def _hidden(path: Path, layer: int, text: str) -> Any:
    import torch
    import transformers

    library: Any = transformers
    tokenizer = library.AutoTokenizer.from_pretrained(path)
    model = library.AutoModel.from_pretrained(path).eval()
    model = getattr(model, "encoder", model) if hasattr(model, "decoder") else model
    with torch.no_grad():
        given = {k: v for k, v in tokenizer(text, return_tensors="pt").items() if k[0] in "ia"}
        return model(**given, output_hidden_states=True).hidden_states[layer][0]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", ["Albert", "DistilBert", "Deberta", "bart", "bert"])
def test_the_states_are_those_of_the_layer_asked_for(
    tmp_path: Path, tiny: Tiny, bert: Path, name: str
) -> None:
    """However a family keeps its layers; the ones above are not computed."""
    import torch

    known = {"bart": lambda: tiny("bart"), "bert": lambda: bert}
    path = known[name]() if name in known else _family(name, tmp_path / name)
    for layer in (0, 1, 2):
        made = held(path, layer)
        given = [one for one in tokens(made, [TEXTS[0]]) if isinstance(one, Tokens)]
        found = torch.tensor(states(made, given, plain)[0])
        assert torch.allclose(found, _hidden(path, layer, TEXTS[0]), atol=1e-6)


def spoil(path: Path) -> None:
    """Put NaN into all weights of a model."""
    import safetensors.torch

    file = str(path / "model.safetensors")
    tensors = {name: one * float("nan") for name, one in safetensors.torch.load_file(file).items()}
    safetensors.torch.save_file(tensors, file, metadata={"format": "pt"})


def _no_model(path: Path) -> None:
    path.mkdir()


def _no_head(path: Path) -> None:
    encoder("bert", path)


def _torn(path: Path) -> None:
    encoder("bert", path)
    (path / "model.safetensors").write_bytes(b"no tensors")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(_no_model, "has no config.json, so it is no Hugging Face model", id="empty"),
        pytest.param(_no_head, "lack 2 of the parts that test uses.*trained on inf", id="no-head"),
        pytest.param(_torn, "cannot be loaded: ", id="torn"),
    ],
)
def test_a_folder_that_holds_no_such_model_is_told(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    """Nothing is filled with random numbers unseen."""
    make(tmp_path / "m")
    with pytest.raises(SummariserError, match=message):
        take(ready(tmp_path / "m"), "labels")


def test_the_metrics_in_the_documentation_can_be_typed() -> None:
    """Every metric that docs/model-metrics.md shows in its example is a spec."""
    lines = (Path(__file__).parents[2] / "docs" / "model-metrics.md").read_text().splitlines()
    block = lines[lines.index("    metrics = [") :]
    block = block[: block.index("    ]") + 1]
    shown = tomllib.loads("\n".join(block))["metrics"]
    names = [spec.name_of(spec.parse("metrics", one)) for one in shown]
    assert names == ["bertscore", "entailment", "likelihood", "embedding"]
