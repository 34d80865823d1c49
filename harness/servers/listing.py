"""What a server says of its models (GET /models): which it has, and what tells one from another.

Weights behind a server cannot be hashed. What can be known is the model's name and what the server
says of it; of that, only what stays the same from one day to the next.
"""

from collections.abc import Mapping
from typing import Any

from harness.errors import nearest
from harness.servers.failures import shown

_STABLE = ("root", "parent", "owned_by", "max_model_len")
"""vLLM's root is the folder or hub name of the weights, parent the base of an adapter."""
_META = ("n_params", "n_vocab", "size")
"""What llama.cpp counts in the file of the weights."""
_ANY_NAME = "llamacpp"
"""Who owns the models of a server that answers with the one it has, whatever it is asked for."""

Models = Mapping[str, Mapping[str, Any]]


def models(data: object) -> Models | None:
    """Return what a server lists, by name; None where it is no such list."""
    match data:
        case {"data": [*entries]}:
            return {
                entry["id"]: entry
                for entry in entries
                if isinstance(entry, dict) and isinstance(entry.get("id"), str)
            }
    return None


def told(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return what a server says of a model that does not change from one day to the next."""
    meta = entry.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    found = {name: entry.get(name) for name in _STABLE} | {name: meta.get(name) for name in _META}
    return {
        name: shown(str(value))
        for name, value in found.items()
        if isinstance(value, str | int) and value != ""
    }


def unknown(model: str, listed: Models | None) -> str:
    """Return the words about a name that a server does not list; none where it does, or no list.

    >>> unknown("qwen3", {"qwen3:8b": {}})
    "It lists no model 'qwen3'. Did you mean qwen3:8b?"
    """
    if not listed or model in listed:
        return ""
    return f"It lists no model {model!r}. {nearest(model, listed)}"


def answers_any_name(listed: Models) -> bool:
    """Return whether a wrong name would go unnoticed, and be recorded as the one that wrote."""
    return any(entry.get("owned_by") == _ANY_NAME for entry in listed.values())
