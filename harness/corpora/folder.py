"""Articles and references as text files of one folder."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness import files
from harness.corpora._guard import guard
from harness.errors import InputError, nearest
from harness.pages import read_page
from harness.pages.clean import clean, is_blank
from harness.pages.summary import is_header_line
from harness.parts import Corpus
from harness.records import Article

_BESIDE = re.compile(r"\.|(readme|card|licen[cs]e|notice|changelog)(?![^\W_])", re.I)
_REFERENCE = re.compile(r"(.+)\.(\d{1,3})\.ref\.txt")
_NUMBERED = re.compile(r"(.+)\.(\d{1,3})\.txt")
_PAGE = re.compile(r"(.+)\.(?:page\.txt|html?)")
_PARAGRAPH_END = re.compile(r"\n[ ]*\n\s*")
_HEADLINE = 30
"""Words in the longest headline."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Articles and references as text files of one folder, UTF-8, in the order of their ids.

    ``ID.txt`` is an article: a headline on the first line, an empty line, perhaps a line "By NAME"
    and one with the date, then paragraphs. A first line that is longer than 30 words, ends with a
    full stop or is the only paragraph is no headline. ``ID.page.txt`` and ``ID.html`` are saved
    pages, read as ``page`` does. ``ID.1.ref.txt``, ``ID.2.ref.txt``, ... are the article's
    references, in that order; ``ID.1.txt`` is one too if there is an article ``ID``.

    Passed over are subfolders, names that begin with a dot, README, CARD, LICENSE, NOTICE and
    CHANGELOG, and every name that does not end in .txt, .html or .htm. Everything else must fit:
    a reference without an article, two files for one article or two for one reference are errors.
    The same text under two ids is refused unless ``duplicates``.
    """

    path: str
    duplicates: bool = False

    def articles(self) -> Iterator[Article]:
        """Yield the articles, one file read at a time."""
        layout = lay_out(Path(self.path))
        ids = sorted(layout.articles)
        return guard(
            ((number, _read(layout, name)) for number, name in enumerate(ids)),
            lambda number: str(layout.articles[ids[number]]),
            self.path,
            duplicates=self.duplicates,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a folder: the one of each article, and those of its references by number."""

    articles: dict[str, Path] = field(default_factory=dict)
    references: dict[str, dict[int, Path]] = field(default_factory=dict)


def names_of(folder: Path) -> list[str]:
    """Return the sorted names of a folder's files that are not passed over."""
    try:
        entries = [entry.name for entry in folder.iterdir() if entry.is_file()]
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        reason = getattr(error, "strerror", error)
        msg = f"{folder} cannot be read as a folder: {reason}. Name a folder of text files."
        raise InputError(msg) from None
    return sorted(
        name
        for name in entries
        if name.endswith((".txt", ".html", ".htm")) and not _BESIDE.match(name)
    )


def lay_out(folder: Path) -> Layout:
    """Tell articles and references of a folder apart by their names; refuse what fits neither."""
    names = names_of(folder)
    layout = Layout()
    owners = {m[1] for m in map(_REFERENCE.fullmatch, names) if m}
    numbered = []
    for name in names:
        if _REFERENCE.fullmatch(name):
            continue
        if name.endswith(".ref.txt"):
            msg = f"{folder / name}: this reference has no number. Name it ID.1.ref.txt."
            raise InputError(msg)
        match = _NUMBERED.fullmatch(name)
        if match and f"{match[1]}.{match[2]}" not in owners:
            numbered.append((match[1], int(match[2]), name))
        else:
            _add_article(layout, folder / name)
    given = [(m[1], int(m[2]), m[0]) for m in map(_REFERENCE.fullmatch, names) if m]
    for owner, number, name in [*given, *numbered]:
        _add_reference(layout, owner, number, folder / name)
    return layout


def _add_article(layout: Layout, file: Path) -> None:
    match = _PAGE.fullmatch(file.name)
    name = match[1] if match else file.name.removesuffix(".txt")
    other = layout.articles.setdefault(name, file)
    if other is not file:
        msg = f"{file}: the article {name!r} is already in {other.name}. Keep one of the two files."
        raise InputError(msg)


def _add_reference(layout: Layout, owner: str, number: int, file: Path) -> None:
    if owner not in layout.articles:
        msg = (
            f"{file}: there is no article {owner!r} for this reference. An article is ID.txt, "
            f"ID.page.txt or ID.html. {nearest(owner, layout.articles)}"
        )
        raise InputError(msg)
    other = layout.references.setdefault(owner, {}).setdefault(number, file)
    if other is not file:
        msg = f"{file}: reference {number} of article {owner!r} is already in {other.name}."
        raise InputError(f"{msg} Give them different numbers.")


def _read(layout: Layout, name: str) -> Article:
    file = layout.articles[name]
    references = layout.references.get(name, {})
    texts = tuple(_reference(references[number]) for number in sorted(references))
    raw = files.read_bytes(file)
    if _PAGE.fullmatch(file.name):
        page = read_page(raw, str(file))
        return Article(name, page.body, texts, page.title, page.published)
    title, body = plain_article(_text(raw, file))
    return Article(name, body, texts, title)


def _reference(file: Path) -> str:
    text = _text(files.read_bytes(file), file)
    if is_blank(clean(text)):
        msg = f"{file}: this reference is empty. Write a summary in it, or delete the file."
        raise InputError(msg)
    return text


def _text(raw: bytes, file: Path) -> str:
    return "\n".join(
        files.decode(line, f"{file}:{number}") for number, line in enumerate(raw.split(b"\n"), 1)
    )


def plain_article(text: str) -> tuple[str | None, str]:
    r"""Return the headline of an article's text, if it has one, and its paragraphs.

    >>> plain_article("Dam holds\n\nBy Ana Ruiz\n\nIt held.\n\nAll are safe.")
    ('Dam holds', 'It held.\n\nAll are safe.')
    >>> plain_article("It held.\n\nAll are safe.")
    (None, 'It held.\n\nAll are safe.')
    """
    paragraphs = [p.strip() for p in _PARAGRAPH_END.split(clean(text))]
    first, *beside = paragraphs[0].split("\n")
    rest = [*beside, *paragraphs[1:]]
    if len(paragraphs) == 1 or not _is_headline(first, beside):
        return None, "\n\n".join(paragraphs)
    while len(rest) > 1 and is_header_line(rest[0]):
        rest = rest[1:]
    return first, "\n\n".join(rest)


def _is_headline(line: str, beside: Iterable[str]) -> bool:
    short = len(line.split()) <= _HEADLINE and not line.endswith(".")
    return short and all(map(is_header_line, beside))


CORPUS: type[Corpus] = Folder
