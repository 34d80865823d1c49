"""What ctranslate2 cannot be told, or takes to mean something else than transformers does.

A setting means the same whichever library writes, or is refused. What differs, by the sources of
both (transformers 5.23, ctranslate2 4.8) and in the tests:

- With beams ctranslate2 gives the probability of what must not be written to the other tokens,
  where transformers does not: a least length and banned n-grams then change every beam's score.
- It stops at as many summaries as beams, which is ``early_stopping=True``.
- Without a length penalty it stops where the best beam ends.
- Where the first token is forced, it lets no second beam end right after it.
- It does not count the token that a decoder starts with among those written.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.errors import SummariserError, UsageError
from harness.models.converting import LOADERS
from harness.models.families import Family
from harness.models.folder import Folder
from harness.models.settings import Settings

_NEUTRAL: Mapping[str, tuple[object, ...]] = {
    "bad_words_ids": (None, []),
    "begin_suppress_tokens": (None, []),
    "encoder_no_repeat_ngram_size": (None, 0),
    "encoder_repetition_penalty": (None, 1),
    "exponential_decay_length_penalty": (None,),
    "guidance_scale": (None, 1),
    "renormalize_logits": (None, False),
    "sequence_bias": (None, [], {}),
    "suppress_tokens": (None, []),
}
"""What a model's files may ask of transformers that ctranslate2 has not, and what asks nothing."""

_FIXES = {
    "early_stopping": "early_stopping=True",
    "length_penalty": "another length_penalty",
    "min_tokens": "min_tokens=0",
    "no_repeat_ngram": "no_repeat_ngram=0",
    "repetition_penalty": "repetition_penalty=1.0",
}


def check(folder: Folder, family: Family, settings: Settings, *, exact: bool) -> None:
    """Refuse what ctranslate2 cannot run and, where ``exact``, what it would write otherwise."""
    kind = folder.config["model_type"]
    if kind not in LOADERS:
        msg = (
            f"engine='ctranslate2' runs {', '.join(sorted(LOADERS))}, not {kind} models. "
            "Leave it out."
        )
        raise SummariserError(msg)
    if settings.sample:
        msg = "engine='ctranslate2' draws by its own lots. Leave it out, or leave sample=True out."
        raise UsageError(msg)
    for name, neutral in _NEUTRAL.items():
        if (told := folder.generation.get(name)) not in neutral:
            msg = (
                f"engine='ctranslate2' has no {name}, which {folder.generation_file} sets to "
                f"{told!r}. Leave engine out, or drop the entry."
            )
            raise SummariserError(msg)
    if exact and (found := list(_differing(folder, family, settings))):
        raise UsageError(_refusal(found, settings))


def _differing(folder: Folder, family: Family, settings: Settings) -> Iterator[str]:
    if settings.repetition_penalty != 1.0:
        yield "repetition_penalty"
    if settings.no_repeat_ngram == 1:
        yield "no_repeat_ngram"
    if settings.beams == 1:
        return
    if settings.no_repeat_ngram > 1:
        yield "no_repeat_ngram"
    if settings.min_tokens:
        yield "min_tokens"
    if settings.early_stopping is not True:
        yield "early_stopping"
    if settings.length_penalty == 0.0:
        yield "length_penalty"
    if _first_token_forced(folder, family):
        yield "a first token that is forced"
    if isinstance(ends := folder.generation.get("eos_token_id"), list) and len(ends) > 1:
        yield "several tokens that end a summary"


def _first_token_forced(folder: Folder, family: Family) -> bool:
    if folder.generation.get("forced_bos_token_id") is not None:
        return True
    marks = [folder.config.get(f"{mark}_token_id") for mark in ("bos", "eos", "pad")]
    # mBART-25 starts with the language, as any model does with its mark; mBART-50 is made to.
    return family.language is not None and folder.config.get("decoder_start_token_id") in marks


def _refusal(found: Sequence[str], settings: Settings) -> str:
    told = [_told(name, settings) for name in found]
    ways = [_FIXES[name] for name in found if name in _FIXES]
    whole = len(ways) == len(found)
    ways = [", ".join(ways)] if whole else []
    ways += ["beams=1"] * (settings.beams > 1 and set(found) != {"repetition_penalty"})
    return (
        f"engine='ctranslate2' would not write what transformers writes with {', '.join(told)}. "
        f"Say {' or '.join(ways)}, or accept that summaries may differ: exact=False."
    )


def _told(name: str, settings: Settings) -> str:
    value: Any = getattr(settings, name, None)
    return f"{name}={value!r} ({settings.sources[name]})" if name in _FIXES else name
