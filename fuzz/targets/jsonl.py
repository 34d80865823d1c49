"""A corpus of JSON lines, gzipped or not, and summaries written elsewhere in the same form."""

import gzip

from fuzz.target import Target, attempt, folder
from harness.corpora.jsonl import Jsonl
from harness.files import json_objects

_PLACE = folder()


def once(data: bytes) -> None:
    """Read bytes as JSON lines; what begins like a gzip file is read as one."""
    file = _PLACE / ("news.jsonl.gz" if data[:2] == b"\x1f\x8b" else "news.jsonl")
    file.write_bytes(data)
    attempt(lambda: list(Jsonl(str(file)).articles()))
    attempt(lambda: list(Jsonl(str(file), references=("summary", "gold"), id="").articles()))
    attempt(lambda: list(json_objects(file)))


_ROW = b'{"id": "a", "text": "It rained.", "references": ["Rain."], "title": null, "cluster": 7}\n'
TARGET = Target(
    once,
    [
        _ROW,
        b'{"article": "One.\\u2028Two.", "highlights": "H.", "published": "4 May 2021"}\n\n{}',
        b'{"text": "x", "reference_1": "a", "reference_2": "b"}\n{"text": "\\ud800", "id": 1e5}',
        gzip.compress(_ROW, mtime=0),
    ],
    [b'"text":', b'"id":', b'"summary":', b'"published":', b"null", b"\\ud800", b"[[", b"1e999"],
)
