"""Summaries that were written elsewhere: another team's, another tool's, last year's.

The file is JSONL with an ``id`` and a ``summary`` a line, or plain text with one summary a line in
the order of the articles; either may be gzipped. A folder of such files gives one candidate per
file, named after it.
"""

import hashlib
import os
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
    limited: bool = field(default=False, init=False, repr=False, compare=False)
    """Whether the corpus is only the beginning of what the file was written for."""

    batch: ClassVar[int] = 1000

    def expand(self, corpus: CorpusView) -> Mapping[str, Summariser]:
        """Return the file's candidate, or one per file of a folder, held against the corpus."""
        path = Path(self.path)
        if not os.path.isdir(path):  # which is False for what cannot be a path
            return {"": self._bound(corpus)}
        files = sorted(p for p in path.iterdir() if _suffix(p))
        if not files:
            msg = f"{path} holds no outputs. Put one .jsonl or .txt file per candidate there."
            raise InputError(msg)
        found: dict[str, Summariser] = {}
        for file in files:
            name = "/" + file.name.removesuffix(".gz").removesuffix(_suffix(file))
            if name in found:
                msg = f"{path} holds two files for the candidate {name[1:]!r}. Keep one."
                raise InputError(msg)
            found[name] = replace(self, path=str(file))._bound(corpus)
        return found

    def _bound(self, corpus: CorpusView) -> "Outputs":
        bound = replace(self)  # the part that was named stays as it was
        object.__setattr__(bound, "order", tuple(corpus.ids))
        object.__setattr__(bound, "limited", corpus.limited)
        _fit(bound, corpus)
        return bound

    def signature(self) -> str:
        """Return what the text depends on: the file's content, wherever it lies."""
        return signature(
            "outputs", sha256=_sha256(self.path), id=self.id, summary=self.summary, v=1
        )

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the summary that the file gives each article, or say that it gives none."""
        given = _given(self)
        return [_summary(given.get(article.id), self.path) for article in articles]


def _suffix(path: Path) -> str:
    """Return the suffix that tells the file's format, below .gz; "" for any other file."""
    suffix = Path(path.name.removesuffix(".gz")).suffix
    return suffix if suffix in _SUFFIXES else ""


def _sha256(path: str) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


def _summary(text: str | None, path: str) -> Summary:
    if text is None:
        return unwritten(f"{Path(path).name} holds no summary of this article")
    return Summary(text) if text.strip() else unwritten("empty summary")


def _fit(part: Outputs, corpus: CorpusView) -> None:
    """Refuse summaries that belong to no article, before any work is done."""
    known = set(corpus.ids)
    unknown = [article for article in _given(part) if article not in known]
    if unknown and not corpus.limited:
        some = ", ".join(map(repr, corpus.ids[:3]))
        msg = (
            f"{part.path} has a summary for {unknown[0]!r} ({len(unknown)} such in all), which is "
            f"no article of the corpus; its ids are {some} and so on. "
            "Take it out, or name the corpus it belongs to."
        )
        raise InputError(msg)


def _given(part: Outputs) -> Mapping[str, str]:
    """Return the summaries of a part's file by article id, as the file stands now."""
    return _read(part, _sha256(part.path), part.order, part.limited)


@lru_cache(maxsize=1)
def _read(part: Outputs, _sha256: str, order: tuple[str, ...], limited: bool) -> dict[str, str]:
    """Read a part's file, once for all batches while its content stays the same."""
    if _suffix(Path(part.path)) == ".txt":
        return _by_line(part.path, order, limited)
    found: dict[str, str] = {}
    for number, record in json_objects(part.path):
        where = f"{part.path}:{number}"
        article = str(_field(record, "id", part.id, (str, int), where))
        if article in found:
            msg = f"{where}: a second summary for {article!r}. Keep one."
            raise InputError(msg)
        found[article] = _field(record, "summary", part.summary, (str,), where)
    return found


def _by_line(path: str, order: tuple[str, ...], limited: bool) -> dict[str, str]:
    """Return the lines by article; of a limited corpus they may go on for the articles left out."""
    texts = [text for _, text in lines(path)]
    if len(texts) < len(order) or (len(texts) > len(order) and not limited):
        msg = (
            f"{path} has {len(texts)} lines for {len(order)} articles. "
            "Write one summary a line in the order of the articles, or JSONL with ids."
        )
        raise InputError(msg)
    return dict(zip(order, texts, strict=False))


def _field(
    record: Mapping[str, Any], argument: str, name: str, types: tuple[type, ...], where: str
) -> Any:
    if name not in record:
        msg = (
            f"{where}: no field {name!r}. {nearest(name, record)} "
            f"Name it: outputs(path=..., {argument}=...)."
        )
        raise InputError(msg)
    value = record[name]
    if isinstance(value, bool) or not isinstance(value, types):
        msg = f"{where}: {name!r} is {value!r}; it must be text."
        raise InputError(msg)
    return value


SUMMARISER: type[Summariser] = Outputs
