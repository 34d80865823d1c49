"""Tiny models whose summaries end at different lengths, for searches that must agree on the end."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from harness.models import folder, translating
from harness.models.converting import converted
from harness.models.families import family_of
from harness.models.generation import Writer, Written
from harness.models.loading import Loaded, load, quiet
from harness.models.settings import resolve
from tests.tiny_models import build, tell

_TEXT = (
    "The council voted on Tuesday to close the old harbour bridge after engineers found cracks "
    "Mayor Ana Ruiz said repairs would cost 4.2 million and take nine months to finish"
)
ROWS = 24

Row = list[int]
Pair = tuple[Loaded, Loaded]
"""One model, as transformers and as ctranslate2 hold it."""


def texts() -> list[str]:
    """Return articles of 3 to 40 words."""
    rng = random.Random(1)  # noqa: S311 - no secret
    return [" ".join(rng.choices(_TEXT.split(), k=rng.randint(3, 40))) + "." for _ in range(ROWS)]


def pair(path: Path, family: str) -> Pair:
    """Build a family's model, with one end that its summaries come to, and load it twice."""
    build(family, path)
    tell(path, "generation_config.json", eos_token_id=2, forced_eos_token_id=None)
    ours = _load(path)
    ours.generation.eos_token_id = end = _end(path, ours)
    told = folder.read(path)
    content = translating.load(
        converted(told, path.name, pickle=False), told, dtype="float32", device="cpu", threads=1
    )
    content.generation.eos_token_id = end
    return ours, content


def both(models: Pair, path: Path, **asked: Any) -> tuple[list[Written], list[Written]]:
    """Return what both libraries write about the same articles."""
    return write(models[0], path, Writer.of, **asked), write(
        models[1], path, translating.Translator.of, **asked
    )


def write(loaded: Loaded, path: Path, of: Callable[..., Any], **asked: Any) -> list[Written]:
    """Return what one of them writes."""
    told = folder.read(path)
    family = family_of(told.config)
    writer = of(loaded, family, resolve(told, family, asked, "summarization"))
    with quiet():
        found: list[Written] = writer.write(_rows(loaded), [0] * ROWS)
    return found


def _rows(loaded: Loaded) -> list[Row]:
    return [list(loaded.tokenizer(text)["input_ids"]) for text in texts()]


def _load(path: Path) -> Loaded:
    return load(folder.read(path), causal=False, dtype="float32", device="cpu", pickle=False)


def _end(path: Path, loaded: Loaded) -> int:
    """Return the token that comes first at the most different places: a good end of summaries."""
    plain = {"beams": 4, "max_tokens": 20, "min_tokens": 0, "no_repeat_ngram": 0}
    found = write(loaded, path, Writer.of, **plain)
    firsts = _firsts([one.tokens for one in found])
    return max(firsts, key=lambda token: (len(firsts[token]), -token))


def _firsts(rows: Sequence[Sequence[int]]) -> dict[int, set[int]]:
    firsts: dict[int, set[int]] = {}
    for row in rows:
        for token in set(row):
            firsts.setdefault(token, set()).add(row.index(token))
    return firsts
