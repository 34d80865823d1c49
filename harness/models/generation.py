"""Token rows in, token rows out: how transformers is made to write.

Rows are padded here, on the side that each kind of model needs, and the model's whole generation
config is set, so that nothing is left to a default that a version may change. In float32 a row's
tokens do not depend on the rows beside it; in bfloat16 and float16 they may.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from harness.errors import SummariserError
from harness.models.caching import beam_cache
from harness.models.families import ENCODER_DECODER, Family
from harness.models.limits import ASKED
from harness.models.loading import Loaded
from harness.models.picking import Picker
from harness.models.settings import Settings

_SPECIAL = ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id")
_OFF: dict[str, Any] = {
    "do_sample": False,
    "max_length": None,
    "min_length": None,
    "num_return_sequences": 1,
    "num_beam_groups": 1,
    "diversity_penalty": 0.0,
    "penalty_alpha": None,
    "dola_layers": None,
    "prompt_lookup_num_tokens": None,
    "use_mtp": None,
    "assistant_early_exit": None,
    "max_time": None,
    "return_dict_in_generate": False,
    "output_scores": False,
    "output_logits": False,
    "output_attentions": False,
    "output_hidden_states": False,
    "cache_implementation": None,
    "use_cache": True,
}
"""What a model's files may ask for that would change what ``generate`` returns, or how."""


@dataclass(frozen=True, slots=True)
class Written:
    """New tokens, their end mark left off; whether a limit cut them; whether numbers overflowed."""

    tokens: tuple[int, ...]
    cut: bool
    overflowed: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """A loaded model with the settings that it writes by."""

    loaded: Loaded
    family: Family
    settings: Settings
    config: Any

    @classmethod
    def of(cls, loaded: Loaded, family: Family, settings: Settings) -> "Writer":
        """Return the writer, its generation config made from the model's own and the settings."""
        return cls(loaded, family, settings, config_of(loaded, family, settings))

    def write(self, rows: Sequence[Sequence[int]], seeds: Sequence[int]) -> list[Written]:
        """Return what is written about each row; ``seeds``, one a row, matter when sampling."""
        from transformers import LogitsProcessorList

        inputs = self._inputs(rows)
        start = inputs["input_ids"].shape[1] if self.family.causal else 1
        picker = Picker(self.settings, seeds)
        found = self.loaded.model.generate(
            **inputs,
            **self._cache(),
            generation_config=self.config,
            logits_processor=LogitsProcessorList([picker]),
        )
        broken = picker.overflowed.tolist()
        return [
            read_off(row[start:], self.config, self.settings.max_tokens, overflowed=bad)
            for row, bad in zip(found.tolist(), broken, strict=True)
        ]

    def _cache(self) -> dict[str, Any]:
        known = not self.family.causal and self.family != ENCODER_DECODER
        return {"past_key_values": beam_cache()} if known and self.settings.beams > 1 else {}

    def _inputs(self, rows: Sequence[Sequence[int]]) -> dict[str, Any]:
        import torch

        width = max(map(len, rows))
        ids = torch.full((len(rows), width), self.config.pad_token_id)
        mask = torch.zeros_like(ids)
        for i, row in enumerate(rows):
            where = slice(width - len(row), width) if self.family.causal else slice(len(row))
            ids[i, where] = torch.tensor(row)
            mask[i, where] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        if self.family.first_token_global:
            inputs["global_attention_mask"] = torch.zeros_like(ids)
            inputs["global_attention_mask"][:, 0] = 1
        return {name: value.to(self.loaded.device) for name, value in inputs.items()}


def read_off(row: Sequence[int], config: Any, most: int, *, overflowed: bool) -> Written:
    """Return what a row of new tokens says: where it ends, and whether ``most`` cut it short."""
    ends = token_ids(config.eos_token_id)
    length = next((i for i, token in enumerate(row) if token in ends), None)
    if length is None:
        tokens = [token for token in row if token != config.pad_token_id]
        return Written(tuple(tokens), cut=True, overflowed=overflowed)
    cut = config.forced_eos_token_id is not None and length + 1 >= most
    return Written(tuple(row[:length]), cut, overflowed)


def token_ids(value: object) -> set[int]:
    """Return the token numbers that a setting names: none, one or several."""
    if value is None:
        return set()
    return set(value) if isinstance(value, list | tuple) else {int(str(value))}


def config_of(loaded: Loaded, family: Family, settings: Settings) -> Any:
    """Return the whole generation config: the model's own, with every setting put in its place."""
    config = deepcopy(loaded.generation)
    config.update(**_OFF)
    _specials(config, loaded, family)
    several = settings.beams > 1
    config.update(
        num_beams=settings.beams,
        max_new_tokens=settings.max_tokens,
        min_new_tokens=settings.min_tokens or None,
        length_penalty=settings.length_penalty if several else 1.0,
        early_stopping=settings.early_stopping if several else False,
        no_repeat_ngram_size=settings.no_repeat_ngram,
        repetition_penalty=settings.repetition_penalty,
    )
    if settings.language:
        _speak(config, loaded.tokenizer, settings)
    return config


def _specials(config: Any, loaded: Loaded, family: Family) -> None:
    for name in _SPECIAL:
        if getattr(config, name) is None:
            own = getattr(loaded.model.config, name, None)
            setattr(config, name, getattr(loaded.tokenizer, name, None) if own is None else own)
    if family.causal:
        # A chat's turns may end with the tokenizer's mark where the model's files name another.
        ends = token_ids(config.eos_token_id) | token_ids(loaded.tokenizer.eos_token_id)
        config.eos_token_id = sorted(ends) or None
    if config.pad_token_id is None or config.pad_token_id < 0:
        config.pad_token_id = min(token_ids(config.eos_token_id), default=0)


def _speak(config: Any, tokenizer: Any, settings: Settings) -> None:
    """Have the summary begin in its language, by the mark that the model's files use for it."""
    code = tokenizer.convert_tokens_to_ids(settings.language)
    if code is None or code == tokenizer.unk_token_id:
        msg = (
            f"language={settings.language!r} is none that the tokenizer knows. "
            "Give one of its codes, such as 'en_XX'."
        )
        raise SummariserError(msg)
    asked = settings.sources["language"] == ASKED
    usual = set(token_ids([tokenizer.bos_token_id, tokenizer.eos_token_id, tokenizer.pad_token_id]))
    if config.decoder_start_token_id not in usual:  # mBART-25 begins with the language itself
        if asked:
            config.decoder_start_token_id = code
    elif asked or config.forced_bos_token_id is None:
        config.forced_bos_token_id = code
