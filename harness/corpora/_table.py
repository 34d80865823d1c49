"""Records of named fields, a row or a line each, as articles: what four readers share."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from harness.corpora._fields import Chooser, Fields, Wanted
from harness.corpora._guard import Place, guard
from harness.errors import InputError, nearest
from harness.records import Article

Row = tuple[int, Mapping[str, Any]]


class Table(Wanted, Protocol):
    """What a reader of records is told: its fields' names, and what it may let through."""

    @property
    def skip(self) -> tuple[str, ...]:
        """Return the ids of articles to leave out."""
        ...

    @property
    def duplicates(self) -> bool:
        """Return whether one text may stand under several ids."""
        ...


def read_table(table: Table, rows: Iterable[Row], place: Place, what: str) -> Iterator[Article]:
    """Yield the articles of numbered rows, checked and cleaned; ``what`` names the corpus.

    A row without an id field is named by its number. Rows whose id is in ``table.skip`` are left
    out before anything is asked of them; an id there that no row has is an InputError.
    """
    return guard(_articles(table, rows, place, what), place, what, duplicates=table.duplicates)


def _articles(
    table: Table, rows: Iterable[Row], place: Place, what: str
) -> Iterator[tuple[int, Article]]:
    chooser = Chooser(table)
    skip = set(table.skip)
    names: list[str] = []
    for number, row in rows:
        where = place(number)
        fields = chooser.fields(row, where)
        name = _id(row, fields, number, where)
        if name in skip:
            skip.remove(name)
        else:
            yield number, _article(row, fields, name, where, published_told=table.published)
        if skip and len(names) < 1000:
            names.append(name)
    chooser.finish(what)
    if skip:
        unknown = min(skip)
        msg = f"skip names {unknown!r}, an id that no article has. {nearest(unknown, names)}"
        raise InputError(msg)


def _article(
    row: Mapping[str, Any], fields: Fields, name: str, where: str, *, published_told: str | None
) -> Article:
    published = _optional(row, fields.published, where)
    if published is not None and published_told is None:
        _refuse_date(published, str(fields.published), where)
    return Article(
        id=name,
        text=_text(row[fields.text], fields.text, where),
        references=tuple(
            reference
            for field in fields.references
            for reference in _list(row[field], field, where)
        ),
        title=_optional(row, fields.title, where),
        published=published,
        cluster=_name(row, fields.cluster, where),
    )


def _id(row: Mapping[str, Any], fields: Fields, number: int, where: str) -> str:
    if fields.id is None:
        return str(number)
    name = _name(row, fields.id, where)
    if name is None:
        msg = f"{where}: the field {fields.id!r} holds null. An id is a text or a whole number."
        raise InputError(msg)
    return name


def _name(row: Mapping[str, Any], field: str | None, where: str) -> str | None:
    """Return the value of a field that may be a text or a whole number."""
    value = None if field is None else row[field]
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    msg = f"{where}: the field {field!r} holds {_show(value)}. Allowed: a text or a whole number."
    raise InputError(msg)


def _text(value: object, field: str, where: str) -> str:
    if isinstance(value, str):
        return value
    msg = f"{where}: the field {field!r} holds {_show(value)}, not a text. Write a text in it."
    raise InputError(msg)


def _optional(row: Mapping[str, Any], field: str | None, where: str) -> str | None:
    if field is None or row[field] is None:
        return None
    return _text(row[field], field, where)


def _list(value: object, field: str, where: str) -> list[str]:
    """Return references as a list: of none, of one text, or of several."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return list(value)
    wrong = value
    if isinstance(value, list | tuple):
        wrong = next(v for v in value if not isinstance(v, str))
    msg = f"{where}: the field {field!r} holds {_show(wrong)}. Allowed: a text or a list of texts."
    raise InputError(msg)


def _refuse_date(value: str, field: str, where: str) -> None:
    """Refuse a date in a field that was guessed to hold a summary: both are "published"."""
    if (
        re.search(r"\b\d{4}\b", value)
        and len(value.split()) <= 7
        and value.strip()[-1] not in ".!?"
    ):
        msg = (
            f"{where}: the field {field!r} holds {value!r}, which looks like a date; an article's "
            "``published`` is the AI summary on its page. Say which field holds that: "
            f"published={field!r}, or none: published=''."
        )
        raise InputError(msg)


def _show(value: object) -> str:
    if value is None:
        return "null"
    return f"{json.dumps(value, default=str, ensure_ascii=False)[:60]} ({type(value).__name__})"
