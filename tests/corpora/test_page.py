"""Tests of reading saved pages as a corpus."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import spec
from harness.corpora.page import SavedPages
from harness.parts import Corpus
from harness.records import Article

Read = Callable[[Corpus], list[Article]]
Refusal = Callable[[Corpus], str]
NOTE = "This summary was created by AI and may have errors."
TEXT = "The sea wall at Kirkhaven fell on Friday night, the harbour master said."


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder of two pages, one of them with an AI summary, and other files."""
    (tmp_path / "b.html").write_text(f"<h1>Boats in the yard</h1><p>{TEXT[:-1]} late.</p>")
    text = f"Wall falls at last\n\n{NOTE}\n\nIt fell.\n\nKIRKHAVEN \u2013 {TEXT}\n\nShare"
    (tmp_path / "a.page.txt").write_text(text, "utf-8")
    (tmp_path / "README.txt").write_text("Saved on Friday.")
    (tmp_path / "wall.jpg").write_bytes(b"")
    return tmp_path


def test_a_folder_of_pages_is_read_by_name(pages: Path, read: Read) -> None:
    """The id is the file's name without its ending; the page's AI summary is ``published``."""
    assert read(SavedPages(str(pages))) == [
        Article("a", f"KIRKHAVEN \u2013 {TEXT}", (), "Wall falls at last", "It fell."),
        Article("b", f"{TEXT[:-1]} late.", (), "Boats in the yard"),
    ]


def test_one_page_or_several_can_be_named(pages: Path, read: Read) -> None:
    """In the order given."""
    a, b = str(pages / "a.page.txt"), str(pages / "b.html")
    assert [x.id for x in read(SavedPages(a))] == ["a"]
    assert [x.id for x in read(SavedPages((b, a)))] == ["b", "a"]
    assert spec.parse("corpora", f"page(path=[{b!r}, {a!r}])") == SavedPages((b, a))


def test_references_are_no_pages(pages: Path, refusal: Refusal) -> None:
    """A folder that holds them is read otherwise."""
    (pages / "a.1.ref.txt").write_text("One.")
    assert refusal(SavedPages(str(pages))) == (
        f"{pages}/a.1.ref.txt is a reference, not a page. Read this folder with folder('{pages}')."
    )


def test_what_is_wrong_is_told_with_its_file(pages: Path, refusal: Refusal) -> None:
    """A page without an article, one that is not there, one name twice, one text twice."""
    (pages / "c.txt").write_text("Wall falls\n\nShare")
    assert refusal(SavedPages(str(pages))).startswith(f"{pages}/c.txt: no article was found")
    assert refusal(SavedPages(str(pages / "d.html"))) == (
        f"{pages}/d.html cannot be read: No such file or directory. Name a file that can be read."
    )
    (pages / "c.txt").rename(pages / "b.txt")
    (pages / "b.txt").write_text(f"Wall falls at last\n\n{TEXT}")
    assert refusal(SavedPages(str(pages))) == (
        f"{pages}/b.txt: the id 'b' was given before, at {pages}/b.html. Every article needs an id "
        "of its own."
    )
    (pages / "b.html").unlink()
    (pages / "c.txt").write_text(f"Another headline\n\n{TEXT}")
    assert f"was given before, at {pages}/b.txt" in refusal(SavedPages(str(pages)))
    assert refusal(SavedPages(())).startswith("page(path=[]) holds no article.")
