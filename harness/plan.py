"""What is to be evaluated, from eval.toml or from a command's words: the same plan either way."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from harness import spec
from harness.errors import InputError, UsageError, nearest
from harness.files import read_bytes

FILE = "eval.toml"
METRICS = ("rouge", "facts", "extractiveness", "length", "repetition")
"""What is measured where nobody says what to measure."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A corpus, candidates by name, metrics, and the candidate that the others are held against."""

    corpus: str
    candidates: Mapping[str, str]
    metrics: Sequence[str] = METRICS
    baseline: str | None = None
    limit: int | None = None
    runs: str = "runs"
    engine: str = "local"

    def __post_init__(self) -> None:
        """Refuse a plan without candidates or metrics, or a limit of nothing."""
        if not self.candidates:
            msg = f"No candidate is named. Name one: -c lead, or [candidates] in {FILE}."
            raise UsageError(msg)
        if not self.metrics:
            msg = f"No metric is named. Name one: -m rouge, or metrics in {FILE}."
            raise UsageError(msg)
        if self.limit is not None and self.limit < 1:
            msg = f"limit {self.limit} is not possible: a run has at least 1 article."
            raise UsageError(msg)


@dataclass(frozen=True, slots=True)
class Words:
    """What a command's words say of a plan; what is None or empty was not said."""

    config: Path | None = None
    corpus: str | None = None
    candidates: Sequence[str] = ()
    metrics: Sequence[str] = ()
    baseline: str | None = None
    limit: int | None = None
    runs: str | None = None
    engine: str | None = None


def plan_from(words: Words) -> Plan:
    """Return the plan that a command's words and, where it applies, eval.toml describe.

    eval.toml is read where it is named, or where it lies in the current folder and no corpus is
    named. Candidates said in words are added to its own; metrics said in words replace its own.
    """
    path = words.config or (Path(FILE) if words.corpus is None else None)
    if words.config is None and path is not None and not path.exists():
        msg = f"No corpus is named and there is no {FILE} here. Name one: --corpus FOLDER."
        raise UsageError(msg)
    told: dict[str, Any] = read(path) if path else {"candidates": {}}
    said = {f.name: getattr(words, f.name) for f in fields(Words) if f.name in _KEYS}
    said["candidates"] = {**told.get("candidates", {}), **named(words.candidates)}
    told |= {key: value for key, value in said.items() if value not in (None, ())}
    if "corpus" not in told:
        msg = f'{path} names no corpus. Write corpus = "FOLDER".'
        raise UsageError(msg)
    return Plan(**told)


_DEEP = re.compile(r"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){100}")
"""A dotted key for which tomllib would take seconds, since its time grows with the square."""
_LARGEST = 2**63 - 1
_KEYS = tuple(f.name for f in fields(Plan))


def named(texts: Sequence[str]) -> dict[str, str]:
    """Return candidates by name from ``NAME=SPEC`` or ``SPEC``, which then is its own name."""
    found: dict[str, str] = {}
    for text in texts:
        match = re.fullmatch(r"([^()=\s]+)\s*=\s*(.+)", text, re.DOTALL)
        name, candidate = (match[1], match[2]) if match else (text.strip(), text)
        if name in found:
            msg = f"Two candidates are named {name!r}. Name one of them otherwise: -c name=SPEC."
            raise UsageError(msg)
        spec.read(candidate)
        found[name] = candidate
    return found


def read(path: Path) -> dict[str, Any]:
    """Return what an eval.toml says, its keys and types checked."""
    raw = read_bytes(path)
    try:
        text = raw.decode("utf-8-sig")
        _refuse_deep(text, path)
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # bytes, syntax, numbers of 5,000 digits
        msg = f"{path} is no TOML: {error}. See docs/eval-toml.md."
        raise InputError(msg) from None
    for key, value in told.items():
        if key not in _TYPES:
            msg = f"{path}: unknown key {key!r}. {nearest(key, _TYPES)}"
            raise UsageError(msg)
        if not _fits(value, _TYPES[key]):
            msg = f"{path}: {key} = {_shown(value)} is not possible; it must be {_TYPES[key]}."
            raise UsageError(msg)
    return told


def _refuse_deep(text: str, path: Path) -> None:
    found = _DEEP.search(text)
    if found:
        msg = f"{path}: {found[0][:40]!r}... is a key of over 100 parts. Write it in one."
        raise UsageError(msg)


def _shown(value: object) -> str:
    try:
        return repr(value)
    except (ValueError, RecursionError):  # a hexadecimal number of thousands of digits
        return "a value too large to show"


_TYPES = {
    "corpus": "text",
    "candidates": "a table of names and specs",
    "metrics": "a list of specs",
    "baseline": "text",
    "limit": "a whole number",
    "runs": "text",
    "engine": "text",
}


def _fits(value: object, kind: str) -> bool:
    if kind == "text":
        return isinstance(value, str) and "\0" not in value
    if kind == "a whole number":
        return isinstance(value, int) and not isinstance(value, bool) and value <= _LARGEST
    if kind == "a list of specs":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
