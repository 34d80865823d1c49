"""Articles as a model reads them: the prompt with the article in it, in tokens, cut to fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.errors import SummariserError
from harness.models import prompts
from harness.models.settings import Settings


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens that a model is given, and whether the article was cut to fit."""

    tokens: tuple[int, ...]
    cut: bool


def encoder(tokenizer: Any, settings: Settings) -> Callable[[str], Encoded]:
    """Return what turns an article's text into tokens. It is always the article that is cut."""
    tokens = _chat(tokenizer, settings) if settings.chat else _plain(tokenizer, settings)
    limit = settings.input_tokens

    def encode(text: str) -> Encoded:
        whole = tokens(text)
        if len(whole) <= limit:
            return Encoded(tuple(whole), cut=False)
        if not settings.chat and settings.prompt.endswith(prompts.PLACE):
            given = prompts.fill(settings.prompt, text)
            return Encoded(
                tuple(tokenizer(given, truncation=True, max_length=limit)["input_ids"]), True
            )
        return Encoded(tuple(_longest(text, limit, tokens)), cut=True)

    return encode


def _plain(tokenizer: Any, settings: Settings) -> Callable[[str], Sequence[int]]:
    if settings.language and hasattr(tokenizer, "set_src_lang_special_tokens"):
        tokenizer.src_lang = settings.language
    return lambda text: list(tokenizer(prompts.fill(settings.prompt, text))["input_ids"])


def _chat(tokenizer: Any, settings: Settings) -> Callable[[str], Sequence[int]]:
    template = prompts.dated(tokenizer.get_chat_template())

    def tokens(text: str) -> Sequence[int]:
        said = [{"role": "user", "content": prompts.fill(settings.prompt, text)}]
        # An article may quote a control token: it is read as text, and ends no turn.
        found = tokenizer.apply_chat_template(
            said,
            chat_template=template,
            add_generation_prompt=True,
            return_dict=True,
            sanitize_control_tokens=True,
            enable_thinking=False,
        )
        return list(found["input_ids"])

    return tokens


def _longest(text: str, limit: int, tokens: Callable[[str], Sequence[int]]) -> Sequence[int]:
    """Return the tokens of the longest beginning of a text with which the prompt still fits."""
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if len(tokens(text[:middle])) <= limit:
            low = middle
        else:
            high = middle - 1
    found = tokens(text[:low])
    if low == 0 or len(found) > limit:
        msg = (
            f"The prompt alone fills the {limit} tokens that the model reads. Shorten it, "
            "or raise input_tokens."
        )
        raise SummariserError(msg)
    return found
