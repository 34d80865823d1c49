"""A folder of articles, references and pages, under names that somebody else chose."""

import shutil

from fuzz.target import Target, attempt, folder
from harness.corpora._guess import corpus_from
from harness.corpora.folder import Folder, plain_article
from harness.corpora.page import SavedPages

_PLACE = folder() / "corpus"


def once(data: bytes) -> None:
    """Write files as bytes say, a name and a content between bars, and read the folder."""
    shutil.rmtree(_PLACE, ignore_errors=True)
    _PLACE.mkdir()
    pieces = data.split(b"|")
    for name, content in zip(pieces[::2], pieces[1::2], strict=False):
        _write(name, content)
    attempt(lambda: list(Folder(str(_PLACE)).articles()))
    attempt(lambda: list(SavedPages(str(_PLACE)).articles()))
    attempt(lambda: corpus_from(str(_PLACE)))
    plain_article(data.decode("utf-8", "replace"))


def _write(name: bytes, content: bytes) -> None:
    said = name.decode("utf-8", "surrogateescape").replace("/", "_").replace("\0", "_")[:60]
    if said not in {"", ".", ".."}:
        (_PLACE / said).write_bytes(content)


TARGET = Target(
    once,
    [
        b"a.txt|Dam holds\n\nBy Ana Ruiz\n\nIt held.\n\nAll are safe.|a.1.ref.txt|It held.",
        b"a.page.txt|Dam holds fast\nIt held.|a.1.txt|x|a.txt|y|README.txt|no",
        b"b.html|<html><body><h1>Dam</h1><p>It held, they said on Friday.</p>|b.2.txt|two",
    ],
    [b".ref.txt|", b".1.txt|", b".page.txt|", b".html|", b"\n\nBy ", b".0.ref.txt|"],
)
