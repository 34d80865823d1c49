"""What is known of each family of models: the one table of sensible defaults.

A default is used only where neither the caller nor the model's own files say anything. Beams and
lengths are those of the family's paper or of its best-known summariser: BART (Lewis et al., 2020),
PEGASUS (Zhang et al., 2020), T5 (Raffel et al., 2020), LED (Beltagy et al., 2020), mBART (Liu et
al., 2020). No family is given a least length: a model should not be made to write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.errors import SummariserError
from harness.models.prompts import CHAT_PROMPT


@dataclass(frozen=True, slots=True)
class Family:
    """Defaults and peculiarities that models of one kind share.

    ``relative`` says that positions are relative, so that ``input_tokens`` is what the model was
    trained on and no hard limit. ``first_token_global`` is LED's global attention. ``language`` is
    the default code of a family that tags its texts with one. ``line_break`` is how a family
    writes the end of a line.
    """

    name: str
    causal: bool = False
    beams: int = 4
    max_tokens: int = 141
    min_tokens: int = 0
    length_penalty: float = 1.0
    no_repeat_ngram: int = 3
    prompt: str = "{article}"
    input_tokens: int = 1024
    relative: bool = False
    first_token_global: bool = False
    language: str | None = None
    line_break: str | None = None


BART = Family("BART")
PEGASUS = Family(
    "PEGASUS", beams=8, max_tokens=127, length_penalty=0.8, no_repeat_ngram=0, line_break="<n>"
)
T5 = Family("T5", max_tokens=199, prompt="summarize: {article}", input_tokens=512, relative=True)
MT5 = Family("mT5", max_tokens=199, input_tokens=512, relative=True)
LED = Family("LED", max_tokens=255, input_tokens=16384, first_token_global=True)
MBART = Family("mBART", beams=5, language="en_XX")
ENCODER_DECODER = Family("encoder-decoder")
CHAT = Family(
    "chat",
    causal=True,
    beams=1,
    max_tokens=256,
    no_repeat_ngram=0,
    prompt=CHAT_PROMPT,
    input_tokens=2048,
)

FAMILIES: Mapping[str, Family] = {
    "bart": BART,
    "bigbird_pegasus": PEGASUS,
    "led": LED,
    "longt5": T5,
    "mbart": MBART,
    "mt5": MT5,
    "pegasus": PEGASUS,
    "pegasus_x": PEGASUS,
    "t5": T5,
    "umt5": MT5,
}
"""By the ``model_type`` of a config.json; every other model is told by what it is built for."""

_WRITERS = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration")


def family_of(config: Mapping[str, Any]) -> Family:
    """Return the family of a model from its config.json; refuse a model that writes no text."""
    kind = str(config.get("model_type"))
    if kind in FAMILIES:
        return FAMILIES[kind]
    if config.get("is_encoder_decoder"):
        return ENCODER_DECODER
    told = config.get("architectures")
    names = [str(name) for name in told] if isinstance(told, list) else []
    if names and not any(name.endswith(_WRITERS) for name in names):
        msg = (
            f"{names[0]} (model_type {kind!r}) writes no text. Give an encoder-decoder such as "
            "BART or T5, or a chat model such as Llama or Qwen."
        )
        raise SummariserError(msg)
    return CHAT
