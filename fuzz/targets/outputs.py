"""Summaries written elsewhere, a program's answers, and two files side by side."""

from functools import partial

from fuzz.target import Target, attempt, folder
from harness.pairing import pairs
from harness.parts import CorpusView
from harness.records import Article
from harness.summarisers.command import Command, _answers
from harness.summarisers.outputs import Outputs

_PLACE = folder()
_VIEW = CorpusView(("a", "b"), 1)
_ARTICLES = [Article("a", "It rained."), Article("b", "It snowed.")]


def once(data: bytes) -> None:
    """Read bytes as JSON lines and as plain lines of summaries, and as a program's answers."""
    for name in ("given.jsonl", "given.txt"):
        file = _PLACE / name
        file.write_bytes(data)
        attempt(partial(_read, str(file)))
        attempt(partial(pairs, file, [file]))
    attempt(lambda: _answers(Command("cat"), data.decode("utf-8", "replace")))


def _read(path: str) -> None:
    Outputs(path).expand(_VIEW)[""].summarise(_ARTICLES)


TARGET = Target(
    once,
    [
        b'{"id": "a", "summary": "Rain."}\n{"id": "b", "error": "none"}\n',
        b'{"id": "a", "summary": "R", "references": ["S", "T"]}',
        b"Rain.\nSnow.\n",
    ],
    [b'"id":', b'"summary":', b'"error":', b"\\ud800", b"[]", b"null"],
    longest=512,
)
