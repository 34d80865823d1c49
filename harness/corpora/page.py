"""Saved pages of news sites, with the AI summaries they carry."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness import files
from harness.corpora._guard import guard
from harness.errors import InputError
from harness.pages import read_page
from harness.parts import Corpus
from harness.records import Article

_ENDINGS = (".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class SavedPages:
    """Saved pages of news sites: one file, several, or a folder of them in the order of names.

    A page is HTML (``.html``, ``.htm``; needs ``harness[html]``) or plain text. Its article becomes
    the text; its AI summary, found by the disclaimer above it, becomes what the candidate
    ``published`` says; page furniture is left out. Pages have no references. The id is the file's
    name without its ending. In a folder, other files, subfolders, and names that begin with a dot
    or README are passed over. The same text under two ids is refused unless ``duplicates``.
    """

    path: str | tuple[str, ...]
    duplicates: bool = False

    def articles(self) -> Iterator[Article]:
        """Yield the pages' articles, one page read at a time."""
        paths = (self.path,) if isinstance(self.path, str) else self.path
        pages = [page for path in paths for page in pages_of(Path(path))]
        return guard(
            ((number, _read(page)) for number, page in enumerate(pages)),
            lambda number: str(pages[number]),
            ", ".join(paths) or "page(path=[])",
            duplicates=self.duplicates,
        )


def pages_of(path: Path) -> list[Path]:
    """Return the saved pages of a folder, or the one that ``path`` is."""
    if not os.path.isdir(path):  # which is False for what cannot be a path
        return [path]
    found = [p for p in sorted(path.iterdir()) if p.is_file() and p.name.endswith(_ENDINGS)]
    pages = [p for p in found if not p.name.startswith((".", "README"))]
    reference = next((p for p in pages if p.name.endswith(".ref.txt")), None)
    if reference:
        msg = (
            f"{reference} is a reference, not a page. Read this folder with folder({str(path)!r})."
        )
        raise InputError(msg)
    return pages


def _read(file: Path) -> Article:
    html = None if file.suffix == ".txt" else True
    page = read_page(files.read_bytes(file), str(file), html=html)
    name = file.name
    for ending in (".page.txt", *_ENDINGS):
        name = name.removesuffix(ending)
    return Article(name, page.body, (), page.title, page.published)


CORPUS: type[Corpus] = SavedPages
