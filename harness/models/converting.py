"""A model of transformers as ctranslate2 reads it, converted once and kept.

Tokens are named by their numbers, so that what a tokenizer calls them, and whether its list is as
long as the model's, does not matter. Weights are kept in float32, whatever is computed in.
"""

from pathlib import Path
from typing import Any

from harness.errors import MissingExtraError, SummariserError
from harness.models.folder import Folder
from harness.models.kept import kept
from harness.models.loading import load
from harness.signature import digest

LOADERS = {
    "bart": "BartLoader",
    "mbart": "MBartLoader",
    "mt5": "MT5Loader",
    "pegasus": "PegasusLoader",
    "t5": "T5Loader",
}
"""What converts a ``model_type``: those whose summaries the tests hold against transformers."""

_LAYOUTS: dict[str, dict[str, bool]] = {
    "bart": {"normalize_before": False, "normalize_embedding": True},
    "mbart": {"normalize_before": True, "normalize_embedding": True},
    "pegasus": {"normalize_before": True, "normalize_embedding": False},
}
"""What transformers 5 no longer saves, since each kind of model has but one layout."""

_FORM = "1"
"""The version of this conversion: it changes whenever other files come of the same model."""


def converted(folder: Folder, content: str, *, pickle: bool) -> Path:
    """Return the converted model of a folder whose files' hash is ``content``.

    Raises SummariserError where ctranslate2 cannot hold the model, StorageError where there is no
    room for it, and MissingExtraError without ctranslate2.
    """
    name = f"ctranslate2-{digest(content, version(), _FORM)[:32]}"

    def make(path: Path) -> None:
        try:
            _convert(folder, path, pickle=pickle)
        # what the converter raises about configs and weights that it does not know
        except (AttributeError, KeyError, NotImplementedError, ValueError) as error:
            msg = (
                f"{folder.path} cannot be converted for ctranslate2: {type(error).__name__}: "
                f"{error}. Leave engine='ctranslate2' out."
            )
            raise SummariserError(msg) from error

    return kept(name, make)


def version() -> str:
    """Return ctranslate2's version, without importing it."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("ctranslate2")
    except PackageNotFoundError:
        raise MissingExtraError("ctranslate2", "ct2", "engine='ctranslate2'") from None


def _convert(folder: Folder, path: Path, *, pickle: bool) -> None:
    import torch
    from ctranslate2.converters import transformers

    kind = str(folder.config["model_type"])
    model = load(folder, causal=False, dtype="float32", device="cpu", pickle=pickle).model
    for name, value in _LAYOUTS.get(kind, {}).items():
        setattr(model.config, name, value)
    with torch.no_grad():
        spec = getattr(transformers, LOADERS[kind])().get_model_spec(model)
        _name_tokens(spec, model.config.vocab_size)
        spec.validate()
        spec.optimize(quantization=None)
        spec.save(str(path))


def _name_tokens(spec: Any, size: int) -> None:
    names = [str(number) for number in range(size)]
    spec.register_source_vocabulary(names)
    spec.register_target_vocabulary(names)
    spec.config.unk_token = names[0]
    spec.config.bos_token = spec.config.eos_token = "none"  # noqa: S105 - a mark, given by number
    spec.config.decoder_start_token = None
