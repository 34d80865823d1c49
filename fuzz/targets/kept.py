"""A folder of runs from outside: any file of it bent, then everything read as commands do."""

import json

from fuzz.target import Target, attempt, bent, folder
from harness import api
from harness.comparison import compare
from harness.records import Article
from harness.reports.html import Html
from harness.runs import Store
from harness.runs.check import check
from harness.summarisers.lead import Lead

_RUNS = folder() / "runs"
_ARTICLES = [
    Article("bridge", "The bridge closed on Monday. It is old.", ("It closed.",)),
    Article("harvest", "Rain fell for 3 weeks. Prices rose.", ("Rain.", "Prices.")),
]


def _made() -> dict[str, bytes]:
    api.evaluate(_ARTICLES, {"lead": Lead(1)}, ["length"], runs=_RUNS)
    files = sorted(p for p in _RUNS.rglob("*") if p.is_file() and p.suffix != ".lock")
    return {str(p.relative_to(_RUNS)): p.read_bytes() for p in files}


_FILES = _made()
_NAMES = list(_FILES)


def once(data: bytes) -> None:
    """Put bytes in the place of a file of the run, which the first byte names, and read all."""
    name = _NAMES[data[0] % len(_NAMES)] if data else _NAMES[0]
    path = _RUNS / name
    path.write_bytes(_content(name, data[1:]))
    try:
        attempt(_read)
        attempt(lambda: check(Store(_RUNS)))
    finally:
        path.write_bytes(_FILES[name])


def _content(name: str, data: bytes) -> bytes:
    """Return the bytes themselves, or of a record a document that is bent as they say."""
    if name.endswith(".json") and not data.startswith(b"{"):
        return json.dumps(bent(json.loads(_FILES[name]), data)).encode()
    return data


def _read() -> None:
    runs, _ = Store(_RUNS).survey()
    for run in runs:
        run.summaries()
        run.written()
        run.seconds()
        for metric in run.record.metrics:
            run.score_slice(metric, 0, 1)
    if runs:
        Html().write(compare(runs))


def _seed(name: str) -> bytes:
    return bytes([_NAMES.index(name)]) + _FILES[name]


TARGET = Target(
    once,
    [_seed(name) for name in _NAMES],
    [b'"columns"', b'"status": "', b"null", b"-1", b"1e999", b"../", b"[]", b"{}", b"<script>"],
    longest=8192,
)
