"""How a model is run: every choice, with what made it.

What the caller says wins; then the model's ``task_specific_params`` for the task, which the
summarisation pipeline of transformers 4 applied and transformers 5 no longer reads; then its
generation_config.json; then its family's default. A model's ``max_length`` and ``min_length`` count
the token that a decoder starts with, so they stand here less one; those of a chat model count the
prompt and are left aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.errors import SummariserError, UsageError, nearest
from harness.models.families import Family
from harness.models.folder import Folder
from harness.models.limits import ASKED, Value, input_limit, output_limit
from harness.models.prompts import PLACE, RAW_PROMPT

PIPELINE_TASK = "summarization"


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting, its value, and what made it so."""

    name: str
    value: object
    source: str

    def __str__(self) -> str:
        """Return it as it is printed: ``beams 4 (config.json, task summarization)``."""
        return f"{self.name} {self.value!r} ({self.source})"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is told to a model. Lengths are in its tokens; ``sources`` says what made each choice.

    ``max_tokens`` and ``min_tokens`` bound what is written, ``input_tokens`` what is read, the
    prompt included. Without ``sample`` the likeliest tokens are taken and the last four mean
    nothing.
    """

    beams: int
    max_tokens: int
    min_tokens: int
    length_penalty: float
    no_repeat_ngram: int
    repetition_penalty: float
    early_stopping: bool | str
    prompt: str
    chat: bool
    input_tokens: int
    language: str | None
    sample: bool
    temperature: float
    top_p: float
    top_k: int
    sources: Mapping[str, str] = field(repr=False)

    def choices(self) -> list[Choice]:
        """Return every choice that has an effect, in the order of the fields."""
        idle = set() if self.sample else {"temperature", "top_p", "top_k"}
        idle |= set() if self.beams > 1 else {"length_penalty", "early_stopping"}
        idle |= set() if self.language else {"language"}
        return [
            Choice(name, getattr(self, name), source)
            for name, source in self.sources.items()
            if name not in idle
        ]


_THEIRS: Mapping[str, tuple[str, type]] = {
    "beams": ("num_beams", int),
    "max_tokens": ("max_new_tokens", int),
    "min_tokens": ("min_new_tokens", int),
    "length_penalty": ("length_penalty", float),
    "no_repeat_ngram": ("no_repeat_ngram_size", int),
    "repetition_penalty": ("repetition_penalty", float),
    "early_stopping": ("early_stopping", bool),
    "temperature": ("temperature", float),
    "top_p": ("top_p", float),
    "top_k": ("top_k", int),
}
_WHOLE_LENGTHS = {"max_tokens": "max_length", "min_tokens": "min_length"}
_PLAIN: Mapping[str, object] = {
    "repetition_penalty": 1.0,
    "early_stopping": False,
    "sample": False,
    "temperature": 1.0,
    "top_p": 1.0,
    "top_k": 0,
}
"""What does nothing, where nobody says anything."""

_LARGEST = 2**53
"""No setting is larger; infinity and whole numbers that no float holds are refused with it."""
_POSITIVE = {"beams", "max_tokens", "temperature", "top_p"}
"""What would mean nothing at 0, as some files have it."""

Made = dict[str, Value]


def resolve(folder: Folder, family: Family, asked: Mapping[str, Any], task: str) -> Settings:
    """Return the settings of a model; ``asked`` holds what the caller gave, by name.

    Raises UsageError where what is asked does not fit the model, SummariserError where the model's
    own files make no sense.
    """
    made = _defaults(family)
    made |= _translated(folder.generation, folder.generation_file, family)
    made |= _of_task(folder, family, task)
    made |= {name: (value, ASKED) for name, value in asked.items() if name in made}
    made |= _prompt(folder, family, asked, made)
    made |= _language(folder, family, asked)
    made |= output_limit(folder.config, family, made)
    made["input_tokens"] = input_limit(
        folder, family, asked.get("input_tokens"), made["max_tokens"][0]
    )
    if made["sample"][0] and made["beams"][0] > 1:
        made["beams"] = _one_beam(made["beams"])
    names = [name for name in Settings.__slots__ if name != "sources"]
    return Settings(
        **{name: made[name][0] for name in names}, sources={name: made[name][1] for name in names}
    )


def _defaults(family: Family) -> Made:
    source = f"default for {family.name} models"
    names = ("beams", "max_tokens", "min_tokens", "length_penalty", "no_repeat_ngram", "prompt")
    made: Made = {name: (getattr(family, name), source) for name in names}
    return made | {name: (value, "default") for name, value in _PLAIN.items()}


def _translated(raw: Mapping[str, Any], source: str, family: Family) -> Made:
    made: Made = {}
    for ours, (theirs, kind) in _THEIRS.items():
        value = _number(raw.get(theirs), kind, f"{source}: {theirs}")
        if value is None and not family.causal and ours in _WHOLE_LENGTHS:
            whole = _WHOLE_LENGTHS[ours]
            length = _number(raw.get(whole), int, f"{source}: {whole}")
            value = None if length is None else max(length - 1, 0)
        if value is not None and (ours not in _POSITIVE or value > 0):
            made[ours] = (value, source)
    return made


def _number(value: object, kind: type, what: str) -> Any:
    if value is None or (kind is bool and value in (True, False, "never")):
        return value
    if isinstance(value, int | float) and kind is not bool and abs(value) <= _LARGEST:
        return kind(value)
    msg = f"{what} is {value!r}, where a {kind.__name__} belongs. Mend the model's file."
    raise SummariserError(msg)


def _of_task(folder: Folder, family: Family, task: str) -> Made:
    tasks = folder.config.get("task_specific_params")
    tasks = tasks if isinstance(tasks, dict) else {}
    if not isinstance(tasks.get(task), dict):
        if task != PIPELINE_TASK:
            msg = f"{folder.path} has no settings for the task {task!r}. {nearest(task, tasks)}"
            raise UsageError(msg)
        return {}
    source = f"config.json, task {task}"
    made = _translated(tasks[task], source, family)
    prefix = tasks[task].get("prefix")
    if prefix and isinstance(prefix, str):
        made["prompt"] = (prefix + PLACE, source)
    return made


def _prompt(folder: Folder, family: Family, asked: Mapping[str, Any], made: Made) -> Made:
    raw = bool(asked.get("raw"))
    if raw and not family.causal:
        msg = f"raw=True is for chat models; a {family.name} model is never given a chat template."
        raise UsageError(msg)
    chat = family.causal and not raw
    if chat and not folder.templated:
        msg = (
            f"{folder.path} has no chat template, so nobody knows how to ask it anything. Give a "
            "chat model, or have the prompt sent as it stands: raw=True, prompt='{article} ...'."
        )
        raise SummariserError(msg)
    found: Made = {"chat": (chat, ASKED if raw else f"default for {family.name} models")}
    if raw and "prompt" not in asked:
        found["prompt"] = (RAW_PROMPT, "default for raw prompts")
    prefix = folder.config.get("prefix")
    if prefix and made["prompt"][1].startswith("default") and not family.causal:
        found["prompt"] = (str(prefix) + PLACE, "config.json")
    return found


def _language(folder: Folder, family: Family, asked: Mapping[str, Any]) -> Made:
    wish, own = asked.get("language"), folder.tokenizer.get("src_lang")
    if wish and family.language is None:
        msg = f"language={wish!r} is for mBART; a {family.name} model has no language codes."
        raise UsageError(msg)
    if wish or family.language is None:
        return {"language": (wish, ASKED)}
    if isinstance(own, str):
        return {"language": (own, "tokenizer_config.json")}
    return {"language": (family.language, f"default for {family.name} models")}


def _one_beam(beams: Value) -> Value:
    if beams[1] == ASKED:
        msg = (
            f"sample=True with beams={beams[0]} is not possible. Sample with one beam, or leave it."
        )
        raise UsageError(msg)
    return 1, "sampling has one beam"
