"""The questions: put together from the files in ``prompts``, with the texts fenced off.

A text from outside never ends its fence: the mark is taken from a digest of the article and is one
that no text of the question holds. The article comes first in a question, so that a server which
keeps what it has read reads it once for all questions about it.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from harness.signature import digest

VERSION = 1
"""To be raised with every change of a prompt; the texts' digest in the signature proves it."""

VERDICTS = ("sentence", "doubt")
DIMENSIONS = ("coherence", "consistency", "fluency", "relevance")

_PARTS: Mapping[str, tuple[str, ...]] = {
    **{kind: ("rules", "article", "summary", kind) for kind in (*VERDICTS, *DIMENSIONS)},
    "fluency": ("rules", "summary", "fluency"),
}
"""The files that make a question. Fluency is judged without the article, as in G-Eval."""

_PLACE = re.compile(r"\{(\w+)\}")
_FENCE = 12


def prompt(kind: str, texts: Mapping[str, str]) -> str:
    """Return a question of one kind; ``texts`` are the article, the summary, and what is asked of.

    What a text holds is never filled in itself: ``{summary}`` in an article stays as it is.
    """
    filled = {**texts, "fence": fence(*texts.values())}
    template = "".join(_read(name) for name in _PARTS[kind])
    return _PLACE.sub(lambda place: filled[place[1]], template).strip()


def fence(*texts: str) -> str:
    """Return the name of a mark that none of the texts holds, the same for the same texts."""
    mark = digest(texts[0])[:_FENCE] if texts else digest()[:_FENCE]
    while any(mark in text for text in texts):
        mark = digest(mark)[:_FENCE]
    return f"text-{mark}"


def signed() -> str:
    """Return what stands for all prompts in a signature: their version and a digest of them."""
    names = sorted({name for parts in _PARTS.values() for name in parts})
    return f"{VERSION}-{digest(*map(_read, names))[:_FENCE]}"


@cache
def _read(name: str) -> str:
    return files(__package__).joinpath("prompts", f"{name}.txt").read_text(encoding="utf-8")
