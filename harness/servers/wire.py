"""Questions and answers as they go over the wire: the chat completions of the OpenAI API.

Every field that other servers leave out, or fill with something else, may be missing here.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from harness.chat import Answer, Ask, Silence
from harness.files import whole
from harness.models.prompts import END_OF_THOUGHT, spoken
from harness.servers.failures import Failure, shown

_TOO_MANY = 2**31
_CUT = {"length": True, "stop": False}


def body(model: str, ask: Ask, *, alternatives: bool = True) -> dict[str, Any]:
    """Return the request for a question; a seed is only sent where something is drawn."""
    told: dict[str, Any] = {
        "model": model,
        "messages": [{"role": m.role, "content": whole(m.text)} for m in ask.messages],
        "max_tokens": ask.max_tokens,
        "temperature": ask.temperature,
    }
    if ask.temperature:
        told["seed"] = ask.seed
    if ask.alternatives and alternatives:
        told |= {"logprobs": True, "top_logprobs": ask.alternatives}
    return told


def read(ask: Ask, data: object) -> Answer | Silence | Failure:
    """Return what a server's JSON says: an answer, that the model gave none, or that it is odd."""
    match data:
        case {"choices": [{"message": dict(message)} as choice, *_], **others}:
            return _of_choice(ask, choice, message, _usage(others.get("usage")))
        case {"choices": []}:
            return Failure("odd", "the server's answer holds no choices")
    return Failure("odd", f"the server's answer has another shape: {shown(repr(data))}")


def _of_choice(
    ask: Ask, choice: Mapping[str, Any], message: Mapping[str, Any], counts: Mapping[str, int]
) -> Answer | Silence | Failure:
    text, finish = message.get("content"), choice.get("finish_reason")
    if finish == "content_filter":
        return Silence("the server's content filter stopped the answer")
    if isinstance(message.get("refusal"), str) and message["refusal"].strip():
        return Silence(f"the model refused: {shown(message['refusal'])}")
    if not isinstance(text, str | None):
        return Failure("odd", f"the server's answer holds {shown(repr(text))} for a text")
    said = spoken(text or "")
    cut = _CUT.get(finish) if isinstance(finish, str) else None
    if not said:
        return Silence(_nothing(text, message, cut=bool(cut)))
    return Answer(
        said,
        cut=cut,
        tokens_in=counts.get("prompt_tokens"),
        tokens_out=counts.get("completion_tokens"),
        alternatives=_alternatives(choice) if ask.alternatives else None,
    )


def _nothing(text: str | None, message: Mapping[str, Any], *, cut: bool) -> str:
    within = " within max_tokens" * cut
    thought = any(message.get(name) for name in ("reasoning_content", "reasoning"))
    if thought or (text or "").strip():
        return "the model wrote nothing but thoughts" + within
    if message.get("tool_calls"):
        return "the model called a tool instead of answering"
    return "the model wrote nothing" + within


def _usage(usage: object) -> dict[str, int]:
    return {
        name: count
        for name, count in (usage if isinstance(usage, dict) else {}).items()
        if type(count) is int and 0 <= count < _TOO_MANY  # and no bool
    }


def _alternatives(choice: Mapping[str, Any]) -> tuple[Mapping[str, float], ...] | None:
    """Return the likeliest tokens at each place of what was said, thoughts left out."""
    match choice.get("logprobs"):
        case {"content": [*places]} if places and all(isinstance(p, dict) for p in places):
            spoken_from = _after_thoughts([str(place.get("token", "")) for place in places])
            found = tuple(_of_place(place) for place in places[spoken_from:])
            return found if any(found) else None
    return None


def _after_thoughts(tokens: Sequence[str]) -> int:
    if END_OF_THOUGHT not in "".join(tokens):
        return 0
    text = ""
    for count, token in enumerate(tokens, 1):
        text += token
        if END_OF_THOUGHT in text:
            return count
    return 0


def _of_place(place: Mapping[str, Any]) -> dict[str, float]:
    """Return tokens with probabilities; two that are written alike share one entry, added up."""
    top = place.get("top_logprobs")
    found: dict[str, float] = {}
    for entry in top if isinstance(top, list) else []:
        match entry:
            case {"token": str(token), "logprob": int(log) | float(log)} if _is_finite(log):
                found[token] = found.get(token, 0.0) + math.exp(min(log, 0.0))
    return {token: min(p, 1.0) for token, p in found.items() if p > 0}


def _is_finite(log: float) -> bool:
    try:
        return math.isfinite(log)
    except OverflowError:  # JSON bounds no whole number
        return False
