"""Articles as the rows of a table in a text file."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness import files
from harness.corpora._table import Row, read_table
from harness.errors import InputError
from harness.parts import Corpus
from harness.records import Article

_DELIMITERS = ",;\t|"
_LARGEST_FIELD = 2**27
"""Characters of a cell, so that a quote that is never closed cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Csv:
    """Articles as the rows of a table in a text file, with the fields' names in its first line.

    The fields are named, or guessed, as for ``jsonl``. References may stand in several columns
    (``reference``, ``reference_2``, ...) or in one, as a text or a JSON list of texts; an empty
    cell is none. ``delimiter`` is seen from the first line where it is not given: a tab in ``.tsv``
    files, else the only one of comma, semicolon, tab and bar there. Cells in double quotes may hold
    lines. A gzipped file (``.gz``) is read as well.
    """

    path: str
    text: str | None = None
    references: str | tuple[str, ...] | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    cluster: str | None = None
    delimiter: str | None = None
    skip: tuple[str, ...] = ()
    duplicates: bool = False

    def __post_init__(self) -> None:
        """Refuse a delimiter that is not one character."""
        if self.delimiter is not None and len(self.delimiter) != 1:
            msg = f"the delimiter {self.delimiter!r} is not one character"
            raise ValueError(msg)

    def articles(self) -> Iterator[Article]:
        """Yield the articles, a row read at a time."""
        return read_table(self, self._rows(), lambda number: f"{self.path}:{number}", self.path)

    def _rows(self) -> Iterator[Row]:
        """Yield rows with the number of the line on which each begins."""
        records = self._records()
        number, header = next(records, (1, []))
        names = _names(header, f"{self.path}:{number}")
        for number, cells in records:
            if len(cells) != len(names):
                msg = (
                    f"{self.path}:{number}: this row has {len(cells)} cells and the first line "
                    f"{len(names)} names. Put cells that hold the delimiter into double quotes."
                )
                raise InputError(msg)
            yield number, dict(zip(names, map(_cell, cells), strict=True))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        lines = (line + "\n" for _, line in files.lines(self.path))
        first = next(lines, "")
        csv.field_size_limit(_LARGEST_FIELD)
        reader = csv.reader(_chain(first, lines), delimiter=self._delimiter(first), strict=True)
        begin = 1
        try:
            for cells in reader:
                if cells:
                    yield begin, cells
                begin = reader.line_num + 1
        except csv.Error as error:
            msg = f"{self.path}:{begin}: the row that begins here is no CSV ({error})."
            raise InputError(f"{msg} Put a quote inside a quoted cell twice.") from None

    def _delimiter(self, header: str) -> str:
        if self.delimiter is not None:
            return self.delimiter
        if self.path.removesuffix(".gz").endswith((".tsv", ".tab")):
            return "\t"
        bare = "".join(header.split('"')[::2])
        found = [d for d in _DELIMITERS if d in bare]
        if len(found) > 1:
            shown = " and ".join(map(repr, found))
            msg = f"{self.path}:1: both {shown} could part the columns. Say which: delimiter=','."
            raise InputError(msg)
        return found[0] if found else ","


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _names(header: list[str], where: str) -> list[str]:
    names = [name.strip() for name in header]
    again = next((name for name in names if names.count(name) > 1), None)
    if again is not None:
        msg = f"{where}: two columns are named {again!r}. Give every column its own name."
        raise InputError(msg)
    return names


def _cell(cell: str) -> Any:
    """Return what a cell holds: None where empty, a list where it is a JSON list of texts."""
    if not cell.strip():
        return None
    if cell.startswith("["):
        try:
            value = json.loads(cell)
        except (ValueError, RecursionError):
            return cell
        if all(isinstance(v, str) for v in value):
            return value
    return cell


CORPUS: type[Corpus] = Csv
