"""Records of published files, whose every field is checked where it is read."""

import ast
import csv
import json
import math
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from harness.errors import InputError
from harness.files import decode, json_objects, lines, read_bytes, whole

_LARGEST_FIELD = 2**31 - 1
"""What a C long holds everywhere; the csv module's own limit is 131,072 characters."""
# The keys True and False are also 1, 1.0, 0 and 0.0.
_FLAGS: dict[bool | int | float | str, bool] = {
    **dict.fromkeys((True, "1", "1.0", "yes", "true"), True),
    **dict.fromkeys((False, "0", "0.0", "no", "false"), False),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file; ``where`` is the file and the line, and begins every refusal.

    Where several names are given, the first that the record has is read: shipped and published
    files call one thing by different names.
    """

    where: str
    data: Mapping[str, Any]

    def has(self, name: str) -> bool:
        """Return whether the record has the field, and not only as null."""
        return self.data.get(name) is not None

    def text(self, *names: str) -> str:
        """Return a field that is a text; whole numbers count as texts, for ids."""
        name, value = self._find(names)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise self.wrong(name, "a text")
        return whole(value)

    def named(self, *names: str) -> tuple[str, str]:
        """Return a field that is a text, after the name that it has here."""
        return self._find(names)[0], self.text(*names)

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """Return a field that is a number from ``low`` to ``high``."""
        value = self._find((name,))[1]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, "a number")
        if not low <= value <= high or not abs(value) <= sys.float_info.max:
            finite = math.isfinite(low) and math.isfinite(high)
            raise self.wrong(name, f"from {low:g} to {high:g}" if finite else "finite")
        return float(value)

    def flag(self, *names: str) -> bool:
        """Return a field that says yes or no: true, 1, "yes", or false, 0, "no"."""
        name, value = self._find(names)
        key = value.strip().lower() if isinstance(value, str) else value
        if not isinstance(key, bool | int | float | str) or key not in _FLAGS:
            raise self.wrong(name, "true or false, 1 or 0, yes or no")
        return _FLAGS[key]

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return a field that is a list of texts, also one written as a Python literal."""
        name, value = self._find(names)
        if isinstance(value, str) and value.startswith("["):
            value = self._literal(name, value)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(name, "a list of texts")
        return tuple(map(whole, value))

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return a field that is a list of numbers."""
        values = self.items(name)
        return tuple(Record(self.where, {f"{name}[]": v}).number(f"{name}[]") for v in values)

    def items(self, name: str) -> list[Any]:
        """Return a field that is a list."""
        value = self._find((name,))[1]
        if not isinstance(value, list):
            raise self.wrong(name, "a list")
        return value

    def records(self, name: str) -> list["Record"]:
        """Return a field that is a list of objects."""
        values = self.items(name)
        if not all(isinstance(v, dict) for v in values):
            raise self.wrong(name, "a list of objects")
        return [Record(f"{self.where}, {name}[{i}]", v) for i, v in enumerate(values)]

    def parsed(self, name: str) -> "Record":
        """Return the record with a field that is JSON in a text read as what it says."""
        value = self.data.get(name)
        if not isinstance(value, str):
            return self
        try:
            return Record(self.where, {**self.data, name: json.loads(value)})
        except (ValueError, RecursionError):
            raise self.wrong(name, "JSON") from None

    def wrong(self, name: str, wanted: str) -> InputError:
        """Return the refusal of a field's value."""
        shown = repr(self.data.get(name))
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return InputError(f"{self.where}: the field {name!r} is {shown}. It must be {wanted}.")

    def _find(self, names: tuple[str, ...]) -> tuple[str, Any]:
        for name in names:
            if self.has(name):
                return name, self.data[name]
        told = " or ".join(repr(name) for name in names)
        known = ", ".join(map(str, self.data)) or "none"
        msg = f"{self.where}: there is no field {told}. The record has: {known}."
        raise InputError(msg)

    def _literal(self, name: str, value: str) -> object:
        try:
            return ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            raise self.wrong(name, "a list of texts") from None


def records(path: Path) -> Iterator[Record]:
    """Yield the records of a .json list, a .csv table, or a file of JSON lines."""
    names = path.name.removesuffix(".gz")
    if names.endswith(".json"):
        yield from _listed(path)
    elif names.endswith(".csv"):
        yield from _table(path)
    else:
        yield from (Record(f"{path}:{number}", data) for number, data in json_objects(path))


def _listed(path: Path) -> Iterator[Record]:
    try:
        values = json.loads(decode(read_bytes(path), str(path)))
    except (ValueError, RecursionError) as error:
        msg = f"{path} is no JSON ({error}). It must hold one list of objects."
        raise InputError(msg) from None
    if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
        msg = f"{path} holds no list of objects. It must be one JSON list, as published."
        raise InputError(msg)
    yield from (Record(f"{path}, record {i}", value) for i, value in enumerate(values, 1))


def _table(path: Path) -> Iterator[Record]:
    csv.field_size_limit(_LARGEST_FIELD)
    reader = csv.reader((line + "\n" for _, line in lines(path)), strict=True)
    header: list[str] | None = None
    first = 1
    try:
        for row in reader:
            where, first = f"{path}:{first}", reader.line_num + 1
            if header is None:
                header = _headings(row, where)
            elif row and len(row) != len(header):
                msg = f"{where}: {len(row)} cells under {len(header)} headings. Mend that row."
                raise InputError(msg)
            elif row:
                yield Record(where, dict(zip(header, row, strict=True)))
    except csv.Error as error:
        msg = f"{path}:{reader.line_num}: no CSV ({error}). Save the table anew."
        raise InputError(msg) from None


def _headings(row: list[str], where: str) -> list[str]:
    twice = next((name for name in row if row.count(name) > 1), None)
    if twice is not None:
        msg = f"{where}: the field {twice!r} is there twice. Name every column once."
        raise InputError(msg)
    return row


def places(path: str, *names: str) -> list[Path]:
    """Return the file that ``path`` is, or those of ``names`` that its folder holds.

    A name may hold wild cards. Raises InputError, with the names, where there is none.
    """
    given = Path(path)
    if given.is_file():
        return [given]
    found = [match for name in names for match in sorted(given.glob(name))]
    if not found:
        msg = f"{path} holds none of {', '.join(names)}. Name the folder or file of the set."
        raise InputError(msg)
    return list(dict.fromkeys(found))


def digest(text: str) -> str:
    """Return a short name for an article that has none: the same for the same text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


SPLITS = {
    "dev": "validation",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "test": "test",
}


def split(record: Record, name: str) -> str:
    """Return the part of the set that a record belongs to, validation or test."""
    value = record.text(name)
    if value not in SPLITS:
        raise record.wrong(name, "val, valid, validation or test")
    return SPLITS[value]
