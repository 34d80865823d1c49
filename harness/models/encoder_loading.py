"""Encoders in memory: loaded whole or refused, and kept, a few at a time.

Several metrics with models in one evaluation take turns, batch by batch. So there is room for
three models here, beside the one that writes summaries; the one unused for longest makes way.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from harness.errors import SummariserError
from harness.models.encoders import Ready, room
from harness.models.loading import explained, release, tokenizer_of, usable

ROOM = 3
"""Encoders that a process holds at most."""

_STACKS = (
    "encoder.layer",
    "transformer.layer",
    "encoder.layers",
    "encoder.block",
    "layers",
    "block",
    "layer",
)
"""Where models keep their layers: BERT, DistilBERT, DeBERTa and the encoders of BART and T5."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded model, of a class of transformers, and its tokenizer.

    ``limit`` is how many tokens it reads, ``pad`` what fills a row, ``budget`` a batch's tokens.
    """

    model: Any
    tokenizer: Any
    limit: int
    pad: int
    device: str
    budget: int

    def recover(self) -> None:
        """Give memory that nothing uses back."""
        release(self.device)


@dataclass(slots=True)
class Shelves:
    """Room for a few loaded models; the one unused for longest makes way before another loads."""

    room: int = ROOM
    held: dict[object, Encoder] = field(default_factory=dict)

    def take(self, key: object, make: Callable[[], Encoder]) -> Encoder:
        """Return what was made for ``key``, made now where it is not held."""
        found = self.held.pop(key, None)
        if found is None:
            while len(self.held) >= self.room:
                self._drop(next(iter(self.held)))
            found = make()
        self.held[key] = found
        return found

    def clear(self) -> None:
        """Let go of everything."""
        for key in list(self.held):
            self._drop(key)

    def _drop(self, key: object) -> None:
        device = self.held.pop(key).device
        release(device)


SHELVES = Shelves()
"""The process's loaded encoders."""

Head = Literal["states", "labels", "writer"]


def take(ready: Ready, head: Head, layer: int | None = None, *limits: object) -> Encoder:
    """Return a metric's model, loaded now or held from before.

    ``head`` says what it gives: the states of its tokens, of the lowest ``layer`` layers, or
    labels of a pair, or the likelihood of a text. ``limits`` are more bounds on what it reads.
    """
    held = SHELVES.take(ready.key(f"{head} {layer}"), lambda: _load(ready, head, layer))
    limit = min(held.limit, room(ready.folder, *limits))
    return replace(held, limit=limit, budget=ready.source.batch_tokens)


def _load(ready: Ready, head: Head, layer: int | None) -> Encoder:
    folder, dtype = ready.folder, ready.source.dtype
    with explained(folder):
        import torch
        import transformers

        library: Any = transformers
        usable(ready.device)
        tokenizer = tokenizer_of(folder)
        model, info = _class(library, head, str(folder.config["model_type"])).from_pretrained(
            folder.path,
            dtype=getattr(torch, dtype),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=None if ready.source.pickle else True,
            output_loading_info=True,
        )
        _whole(ready, head, info)
        if head == "states":
            model = _lower(model, layer)
        return Encoder(
            model=model.to(ready.device).eval(),
            tokenizer=tokenizer,
            limit=_placed(model),
            pad=_pad(model, tokenizer),
            device=ready.device,
            budget=ready.source.batch_tokens,
        )


def _class(library: Any, head: Head, kind: str) -> Any:
    if head == "labels":
        return library.AutoModelForSequenceClassification
    if head == "writer":
        return library.AutoModelForSeq2SeqLM
    return library.T5EncoderModel if kind == "t5" else library.AutoModel


_NEEDED: dict[Head, str] = {
    "states": "Give a whole encoder, such as roberta-large",
    "labels": "Give one trained on inference, such as roberta-large-mnli",
    "writer": "Give one that was trained to write, such as facebook/bart-large-cnn",
}


def _whole(ready: Ready, head: Head, info: Any) -> None:
    # transformers fills what is missing with random numbers, and only warns. A pooler stands above
    # the states that are used here, and many encoders are saved without it.
    missing = [n for n in sorted(info["missing_keys"]) if head != "states" or "pooler" not in n]
    if missing:
        msg = (
            f"The weights in {ready.folder.path} lack {len(missing)} of the parts that "
            f"{ready.source.purpose} uses, {missing[0]} first: it was saved from another kind of "
            f"model. {_NEEDED[head]}."
        )
        raise SummariserError(msg)


def _lower(model: Any, layer: int | None) -> Any:
    """Return the encoder of a model without the layers above ``layer``."""
    if hasattr(model, "decoder") and hasattr(model, "encoder"):
        model = model.encoder
    if layer is None:
        return model
    if hasattr(getattr(model, "encoder", None), "albert_layer_groups"):
        model.encoder.config.num_hidden_layers = layer  # one layer, run again and again
        return model
    for path in _STACKS:
        *way, last = path.split(".")
        holder: Any = _down(model, way)
        stack: Any = getattr(holder, last, None)
        if type(stack).__name__ == "ModuleList":
            setattr(holder, last, stack[:layer])
            return model
    msg = f"{type(model).__name__} keeps its layers where nobody looks. Leave layer out."
    raise SummariserError(msg)


def _down(model: object, way: list[str]) -> Any:
    for name in way:
        model = getattr(model, name, None)
    return model


def _placed(model: Any) -> int:
    """Return how many positions are left for tokens: RoBERTa's begin after its padding's."""
    for name, part in model.named_modules():
        if name.endswith("position_embeddings") and getattr(part, "padding_idx", None) is not None:
            return int(part.num_embeddings) - int(part.padding_idx) - 1
    return 2**31


def _pad(model: Any, tokenizer: Any) -> int:
    own = getattr(model.config, "pad_token_id", None)
    known = (n for n in (tokenizer.pad_token_id, own) if isinstance(n, int) and n >= 0)
    return next(known, 0)  # masked everywhere, so that any token serves
