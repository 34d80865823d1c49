"""What ``--corpus X`` means: a path whose kind is seen from it, or a corpus by its spec."""

import os
import re
from pathlib import Path
from typing import Any

from harness import plugins, spec
from harness.corpora.folder import names_of
from harness.errors import InputError, nearest
from harness.files import read_bytes
from harness.pages.disclaimer import split_disclaimer
from harness.parts import Corpus

_BY_ENDING = {
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "csv": (".csv", ".tsv", ".tab"),
    "parquet": (".parquet",),
    "page": (".html", ".htm", ".txt"),
}
_SAVED_BY_DATASETS = ("dataset_dict.json", "dataset_info.json", "state.json")
_REFERENCE = re.compile(r"(.+)\.\d{1,3}(\.ref)?\.txt")
_LOOKED_INTO = 200
"""Files of a folder that are looked into for a disclaimer."""


def corpus_from(text: str) -> Corpus:
    """Return the corpus that a person names: a path that exists, else a spec.

    A path's kind is seen from it: a file's from its ending; a folder's from a data set's own files
    (hub), Parquet files, and else text files: pages where there are no references and a page is
    HTML or has a disclaimer above a summary (looked for in the first 200 files), a folder of
    articles otherwise. Paths are relative to the current folder.

    Raises InputError for a path that does not exist or whose kind cannot be seen; UsageError for a
    spec that has no meaning.
    """
    path = Path(text)
    exists = os.path.exists(text)  # which is False for what cannot be a path
    kind = (_of_folder(path) if path.is_dir() else _of_file(path)) if exists else None
    if kind is not None:
        return _part(kind, text)
    if exists:
        raise _unknown_kind(path)
    name = text.partition("(")[0].strip()
    if name in plugins.names("corpora") or re.fullmatch(r"\w+\(.*\)", text.strip(), re.S):
        part: Corpus = spec.parse("corpora", text)
        return part
    raise _missing(path)


def _part(kind: str, path: str) -> Corpus:
    corpus: type[Any] = plugins.find("corpora", kind)
    part: Corpus = corpus(path)
    return part


def _of_file(path: Path) -> str | None:
    name = path.name.lower().removesuffix(".gz")
    return next((kind for kind, ends in _BY_ENDING.items() if name.endswith(ends)), None)


def _of_folder(path: Path) -> str | None:
    if any((path / name).is_file() for name in _SAVED_BY_DATASETS):
        return "hub"
    if any(path.glob("*.parquet")):
        return "parquet"
    names = names_of(path)
    if any(name.endswith(".ref.txt") for name in names) or _has_numbered(names):
        return "folder"
    if any(_is_page(path / name) for name in names[:_LOOKED_INTO]):
        return "page"
    return "folder" if names else None


def _has_numbered(names: list[str]) -> bool:
    """Tell whether ``ID.1.txt`` stands beside ``ID.txt``: a reference."""
    known = {name.partition(".")[0] for name in names if not _REFERENCE.fullmatch(name)}
    found = (_REFERENCE.fullmatch(name) for name in names)
    return any(match[1] in known for match in found if match)


def _is_page(file: Path) -> bool:
    if file.name.endswith((".html", ".htm", ".page.txt")):
        return True
    text = read_bytes(file).decode("utf-8", "replace")
    return any(split_disclaimer(line) for line in text.split("\n")[:60])


def _unknown_kind(path: Path) -> InputError:
    if path.is_dir():
        msg = (
            f"{path} holds nothing that a corpus is made of. Allowed: articles and references as "
            ".txt files, saved pages, Parquet files, or a data set written by save_to_disk."
        )
    else:
        endings = ", ".join(end for ends in _BY_ENDING.values() for end in ends)
        msg = (
            f"What kind of file {path} is cannot be seen from its name. Known endings: {endings}. "
            f"Or say it: jsonl(path={str(path)!r})."
        )
    return InputError(msg)


def _missing(path: Path) -> InputError:
    beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    parts = plugins.names("corpora")
    close = [nearest(path.name, names) for names in (beside, parts)]
    hint = next((f"{one} " for one in close if one.startswith("Did you mean")), "")
    return InputError(
        f"There is no file or folder {str(path)!r}. {hint}A corpus is a path, or a spec of one of: "
        f"{', '.join(parts)}, such as hub(name='abisee/cnn_dailymail', config='3.0.0')."
    )
