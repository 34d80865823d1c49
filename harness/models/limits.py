"""How much a model can read and write: its positions, what was asked, and what remains of them."""

from collections.abc import Mapping
from typing import Any

from harness.errors import UsageError
from harness.models.families import Family
from harness.models.folder import Folder

_UNLIMITED = 10**9
"""Tokenizers say some such number where they know no limit."""

ASKED = "as asked"

Value = tuple[Any, str]
"""A value, and what made it."""


def positions(config: Mapping[str, Any], side: str) -> int | None:
    """Return for how many tokens an ``encoder`` or ``decoder`` has positions, where it says so."""
    inner = config.get("text_config")
    for settings in (config, inner if isinstance(inner, dict) else {}):
        for name in (f"max_{side}_position_embeddings", "max_position_embeddings", "n_positions"):
            if isinstance(settings.get(name), int):
                return int(settings[name])
    return None


def output_limit(
    config: Mapping[str, Any], family: Family, made: Mapping[str, Value]
) -> dict[str, Value]:
    """Return ``max_tokens`` and ``min_tokens`` such that they fit each other and the model."""
    (most, most_by), (least, least_by) = made["max_tokens"], made["min_tokens"]
    room = None if family.relative else positions(config, "decoder")
    if room is not None and most > room - family.causal:
        if most_by == ASKED:
            msg = f"max_tokens={most} is not possible: the model has {room} positions."
            raise UsageError(msg)
        most, most_by = (room // 2 if family.causal else room), f"the model has {room} positions"
    if least > most:
        if least_by == ASKED:
            msg = f"min_tokens={least} is more than max_tokens={most}. Ask for less, or allow more."
            raise UsageError(msg)
        least, least_by = 0, f"the model's own, {least}, is more than max_tokens"
    return {"max_tokens": (most, most_by), "min_tokens": (least, least_by)}


def input_limit(folder: Folder, family: Family, asked: int | None, most: int) -> Value:
    """Return how many tokens the model is given at most, prompt included, and what made it so.

    A chat model has its positions for what it reads and writes together. Relative positions have
    no end, so there a tokenizer's limit is only advice, which the caller may overrule.
    """
    known = _known(folder, family)
    hard = None if family.relative else positions(folder.config, "encoder")
    room = hard - most if hard is not None and family.causal else hard
    if room is not None and room < 1:
        msg = f"max_tokens={most} leaves no room to read in a model of {hard} positions."
        raise UsageError(msg)
    if asked is not None:
        if room is not None and asked > room:
            msg = f"input_tokens={asked} is more than the {room} that the model has room for."
            raise UsageError(msg)
        return asked, ASKED
    limit, source = (
        min(known) if known else (family.input_tokens, f"default for {family.name} models")
    )
    if room is not None and room < limit:
        return room, "what max_tokens leaves of the model's positions"
    return limit, source


def _known(folder: Folder, family: Family) -> list[Value]:
    told = folder.tokenizer.get("model_max_length")
    own = None if family.relative else positions(folder.config, "encoder")
    known = [(own, "config.json")] if own is not None else []
    if isinstance(told, int | float) and 0 < told < _UNLIMITED:
        known.append((int(told), "tokenizer_config.json"))
    return known
