"""Articles as the rows of Parquet files."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.corpora._fields import Chooser
from harness.corpora._table import Row, read_table
from harness.errors import InputError
from harness.parts import Corpus
from harness.records import Article

_ROWS = 256
"""Rows decoded at a time."""


@dataclass(frozen=True, slots=True)
class Parquet:
    """Articles as the rows of a Parquet file, or of a folder's Parquet files by name.

    The columns are named, or guessed, as for ``jsonl``; only those are read, some rows at a time.
    Rows count from 0 through all files. References are a column of texts or of lists of texts.
    """

    path: str
    text: str | None = None
    references: str | tuple[str, ...] | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    cluster: str | None = None
    skip: tuple[str, ...] = ()
    duplicates: bool = False

    def articles(self) -> Iterator[Article]:
        """Yield the articles, some rows read at a time."""
        return read_table(self, self._rows(), lambda row: f"{self.path}, row {row}", self.path)

    def _rows(self) -> Iterator[Row]:
        number = 0
        for file in self._files():
            for row in self._file_rows(file):
                yield number, row
                number += 1

    def _files(self) -> list[Path]:
        path = Path(self.path)
        if not os.path.exists(path):  # which is False for what cannot be a path
            msg = f"{self.path} does not exist. Name a Parquet file or a folder of them."
            raise InputError(msg)
        return sorted(path.glob("*.parquet")) if path.is_dir() else [path]

    def _file_rows(self, file: Path) -> Iterator[dict[str, object]]:
        import pyarrow
        import pyarrow.parquet  # 0.1 s

        try:
            with pyarrow.parquet.ParquetFile(file) as table:
                fields = Chooser(self).fields(table.schema_arrow.names, str(file))
                named = (fields.text, *fields.references, fields.id, fields.title)
                columns = [c for c in (*named, fields.published, fields.cluster) if c]
                for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
                    yield from batch.to_pylist()
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
            reason = str(error).partition("\n")[0]
            msg = f"{file} cannot be read as Parquet ({reason}). Write it again, or name another."
            raise InputError(msg) from None


CORPUS: type[Corpus] = Parquet
