"""Two files side by side: candidates and their references, a line each or JSON lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import InputError, nearest
from harness.files import json_objects, lines
from harness.records import Article, Item

_CANDIDATE = ("summary", "candidate", "prediction", "text", "output")
_REFERENCE = ("references", "reference", "summary", "target", "highlights", "text")
_ID = ("id", "article", "doc_id")


@dataclass(frozen=True, slots=True)
class _File:
    """The texts of one file, by id where it has ids and by line number where it has none."""

    path: Path
    texts: Mapping[str, tuple[str, ...]]
    has_ids: bool


def pairs(candidates: Path, references: Sequence[Path]) -> list[Item]:
    """Return each candidate with its references, one from every file of references.

    Files of plain text are matched line by line; JSON lines by their ids where both have them, and
    line by line otherwise. Raises InputError where a file has more, fewer or other texts.
    """
    own = _read(candidates, _CANDIDATE)
    others = [_read(path, _REFERENCE) for path in references]
    for other in others:
        _same_keys(own, other)
    return [
        Item(Article(key, ""), texts[0], tuple(t for other in others for t in other.texts[key]))
        for key, texts in own.texts.items()
    ]


def _same_keys(own: _File, other: _File) -> None:
    if own.has_ids != other.has_ids:
        ids, none = (own, other) if own.has_ids else (other, own)
        msg = f"{ids.path} has ids and {none.path} has none. Give both ids, or neither."
        raise InputError(msg)
    if not own.has_ids and len(own.texts) != len(other.texts):
        msg = (
            f"{own.path} has {len(own.texts)} lines and {other.path} {len(other.texts)}. "
            "Line n of one belongs to line n of the other."
        )
        raise InputError(msg)
    for one, two in ((own, other), (other, own)):
        missing = next((key for key in one.texts if key not in two.texts), None)
        if missing is not None:
            msg = f"{two.path} has nothing for {missing!r} of {one.path}. " + nearest(
                missing, list(two.texts)[:1000]
            )
            raise InputError(msg)


def _read(path: Path, fields: Sequence[str]) -> _File:
    if path.suffixes[-1:] != [".jsonl"] and path.suffixes[-2:] != [".jsonl", ".gz"]:
        texts: dict[str, tuple[str, ...]] = {str(i): (text,) for i, text in lines(path)}
        return _File(path, _some(path, texts), has_ids=False)
    found: dict[str, tuple[str, ...]] = {}
    has_ids = False
    for number, record in json_objects(path):
        where = f"{path}:{number}"
        id_field = next((f for f in _ID if f in record), None)
        if found and has_ids != (id_field is not None):
            msg = f"{where}: some lines have an id and some have none. Give all of them one."
            raise InputError(msg)
        has_ids = id_field is not None
        key = str(record[id_field]) if id_field else str(len(found) + 1)
        if key in found:
            msg = f"{where}: a second line for {key!r}. Keep one."
            raise InputError(msg)
        found[key] = _texts(record, fields, where)
    return _File(path, _some(path, found), has_ids)


def _some(path: Path, texts: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    if not texts:
        msg = f"{path} is empty. Write one text a line."
        raise InputError(msg)
    return texts


def _texts(record: Mapping[str, Any], fields: Sequence[str], where: str) -> tuple[str, ...]:
    name = next((f for f in fields if f in record), None)
    if name is None:
        msg = f"{where}: none of the fields {', '.join(fields)}. It has {', '.join(record)}."
        raise InputError(msg)
    value = record[name]
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(text, str) for text in texts):
        msg = f"{where}: {name!r} is {value!r}; it must be text, or a list of texts."
        raise InputError(msg)
    return tuple(texts)
