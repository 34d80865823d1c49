"""Summaries that were written elsewhere: another team's, another tool's, last year's.

The file is JSONL with an ``id`` and a ``summary`` a line, or plain text with one summary a line in
the order of the articles. A folder of such files gives one candidate per file, named after it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from harness.errors import InputError, nearest
from harness.files import json_objects, lines, read_bytes
from harness.parts import CorpusView, Summariser
from harness.records import Article, Summary, unwritten
from harness.signature import signature

_SUFFIXES = (".jsonl", ".txt")


@dataclass(frozen=True, slots=True)
class Outputs:
    """The summaries in the file at ``path``; ``id`` and ``summary`` name its JSON fields."""

    path: str
    id: str = "id"
    summary: str = "summary"
    order: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)
    """The corpus's ids, which the lines of a text file stand for."""

    batch: ClassVar[int] = 1000

    def expand(self, corpus: CorpusView) -> Mapping[str, Summariser]:
        """Return the file's candidate, or one per file of a folder, held against the corpus."""
        path = Path(self.path)
        if not path.is_dir():
            return {"": self._bound(corpus)}
        files = sorted(p for p in path.iterdir() if p.suffix in _SUFFIXES)
        if not files:
            msg = f"{path} holds no outputs. Put one .jsonl or .txt file per candidate there."
            raise InputError(msg)
        return {f"/{p.stem}": replace(self, path=str(p))._bound(corpus) for p in files}

    def _bound(self, corpus: CorpusView) -> "Outputs":
        if self.path.endswith(".txt"):
            object.__setattr__(self, "order", tuple(corpus.ids))
        _fit(self, corpus)
        return self

    def signature(self) -> str:
        """Return what the text depends on: the file's content, wherever it lies."""
        sha = hashlib.sha256(read_bytes(self.path)).hexdigest()
        return signature("outputs", sha256=sha, id=self.id, summary=self.summary, v=1)

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the summary that the file gives each article, or say that it gives none."""
        given = _given(self.path, self.id, self.summary, self.order)
        return [_summary(given.get(article.id), self.path) for article in articles]


def _summary(text: str | None, path: str) -> Summary:
    if text is None:
        return unwritten(f"{Path(path).name} holds no summary of this article")
    return Summary(text) if text.strip() else unwritten("empty summary")


def _fit(part: Outputs, corpus: CorpusView) -> None:
    """Refuse summaries that belong to no article, before any work is done."""
    given = _given(part.path, part.id, part.summary, part.order)
    unknown = given.keys() - set(corpus.ids)
    if unknown and not corpus.limited:
        first = next(i for i in given if i in unknown)
        msg = (
            f"{part.path} has a summary for {first!r} ({len(unknown)} such in all), which is no "
            f"article of the corpus. {nearest(first, list(corpus.ids)[:1000])} "
            "Take it out, or name the corpus it belongs to."
        )
        raise InputError(msg)


@lru_cache(maxsize=1)
def _given(path: str, id_field: str, summary_field: str, order: tuple[str, ...]) -> dict[str, str]:
    """Return the summaries of a file by article id."""
    if path.endswith(".txt"):
        return _by_line(path, order)
    found: dict[str, str] = {}
    for number, record in json_objects(path):
        article = _field(record, id_field, f"{path}:{number}")
        if article in found:
            msg = f"{path}:{number}: a second summary for {article!r}. Keep one."
            raise InputError(msg)
        found[article] = _field(record, summary_field, f"{path}:{number}")
    return found


def _by_line(path: str, order: tuple[str, ...]) -> dict[str, str]:
    texts = [text for _, text in lines(path)]
    if len(texts) != len(order):
        msg = (
            f"{path} has {len(texts)} lines for {len(order)} articles. "
            "Write one summary a line in the order of the articles, or JSONL with ids."
        )
        raise InputError(msg)
    return dict(zip(order, texts, strict=True))


def _field(record: Mapping[str, Any], name: str, where: str) -> str:
    if name not in record:
        msg = f"{where}: no field {name!r}. {nearest(name, record)} Name it: outputs({name}=...)."
        raise InputError(msg)
    value = record[name]
    if isinstance(value, bool) or not isinstance(value, str | int):
        msg = f"{where}: {name!r} is {value!r}; it must be text."
        raise InputError(msg)
    return str(value)


SUMMARISER: type[Summariser] = Outputs
