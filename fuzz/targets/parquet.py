"""A corpus of Parquet files."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from fuzz.target import Target, attempt, folder
from harness.corpora.parquet import Parquet

_PLACE = folder()


def once(data: bytes) -> None:
    """Read bytes as a Parquet file."""
    file = _PLACE / "news.parquet"
    file.write_bytes(data)
    attempt(lambda: list(Parquet(str(file)).articles()))


def _seed(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, compression="none", write_statistics=False)
    return out.getvalue()


TARGET = Target(
    once,
    [
        _seed(pa.table({"text": ["It rained."], "summary": [["Rain."]], "id": [1]})),
        _seed(pa.table({"text": pa.array(["a", "b", "a"]).dictionary_encode()})),
    ],
    longest=4096,
)
