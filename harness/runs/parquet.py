"""Tables as Parquet bytes: with a checksum on every page, and held to their types when read.

A page checksum (CRC-32) alone misses a flipped bit in the file's own description of its columns;
the types, asked for to the letter, catch those. Together they let no single flipped bit of a file
pass as another text or number (tests/runs/test_parquet.py flips each).
"""

import io
from collections.abc import Sequence
from typing import Any

Types = tuple[tuple[str, str], ...]
"""Columns that a table must have, as Arrow writes their types; "not null" where all are there."""


class MisfitError(ValueError):
    """What was read is no table of the kind that was wanted."""


def encode(table: Any) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", write_statistics=False, write_page_checksum=True)
    return out.getvalue()


def decode(data: bytes, rows: int, types: Types = (), columns: Sequence[str] | None = None) -> Any:
    """Return the table that bytes hold, or some of its columns; raise MisfitError otherwise."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = [t for t in types if columns is None or t[0] in columns]
    try:
        source = pa.BufferReader(data)
        with pq.ParquetFile(source, page_checksum_verification=True) as file:
            _refuse_rows(file.metadata.num_rows, rows)
            # read_table would import pandas
            table = file.read(columns=columns, use_threads=False)
        table.validate(full=True)  # text that is UTF-8, lists that lie within their values
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError, ValueError) as error:
        raise error if isinstance(error, MisfitError) else MisfitError(_told(error)) from None
    _refuse_rows(table.num_rows, rows)
    if len(set(table.column_names)) < table.num_columns:
        msg = f"has two columns of one name: {', '.join(table.column_names)}"
        raise MisfitError(msg)
    for name, kind in wanted:
        _refuse_type(table, name, kind)
    return table


def _told(error: Exception) -> str:
    return f"cannot be read: {str(error).strip() or type(error).__name__}"


def _refuse_rows(found: int, rows: int) -> None:
    if found != rows:
        msg = f"holds {found} rows where its name promises {rows}"
        raise MisfitError(msg)


def _refuse_type(table: Any, name: str, kind: str) -> None:
    plain = kind.removesuffix(" not null")
    found = table.schema.field(name) if name in table.column_names else None
    if found is None or str(found.type) != plain or not found.nullable:
        msg = f"has no column {name!r} of the type {plain}"
        raise MisfitError(msg)
    if kind != plain and table[name].null_count:
        msg = f"lacks {table[name].null_count} values of its column {name!r}"
        raise MisfitError(msg)
