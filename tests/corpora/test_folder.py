"""Tests of reading a folder of text files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.corpora.folder import Folder, plain_article
from harness.parts import Corpus
from harness.records import Article

Read = Callable[[Corpus], list[Article]]
Refusal = Callable[[Corpus], str]
NEWSROOM = Path(__file__).parents[2] / "references" / "newsroom"


def fill(folder: Path, **files: str) -> Folder:
    """Write files, with ``_`` for the dots in their names, and return the corpus."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return Folder(str(folder))


def test_articles_and_references_belong_together_by_name(tmp_path: Path, read: Read) -> None:
    """In the order of ids; references in the order of their numbers, ten after two."""
    corpus = fill(
        tmp_path,
        wall_txt="Wall falls\n\nThe wall fell.",
        wall_2_ref_txt="Two.\n",
        wall_10_ref_txt="Ten.",
        wall_1_ref_txt="One.",
        boat_txt="Boat lost\n\nBy Ana Ruiz\n\nThe boat was lost.\n\nAll are safe.",
    )
    assert read(corpus) == [
        Article("boat", "The boat was lost.\n\nAll are safe.", (), "Boat lost"),
        Article("wall", "The wall fell.", ("One.", "Two.", "Ten."), "Wall falls"),
    ]


def test_references_may_do_without_ref_in_their_names(tmp_path: Path, read: Read) -> None:
    """``ID.1.txt`` beside ``ID.txt`` can be nothing else."""
    corpus = fill(tmp_path, a_txt="Wall falls.", a_1_txt="One.", a_2_ref_txt="Two.")
    assert [a.references for a in read(corpus)] == [("One.", "Two.")]


def test_an_id_may_end_in_a_number(tmp_path: Path, read: Read) -> None:
    """Where it has references of its own, ``storm.2`` is an article."""
    corpus = fill(tmp_path, storm_2_txt="Wall falls.", storm_2_1_ref_txt="One.")
    assert read(corpus) == [Article("storm.2", "Wall falls.", ("One.",))]


def test_saved_pages_stand_among_articles(tmp_path: Path, read: Read) -> None:
    """``ID.page.txt`` and ``ID.html`` are read as pages, with their AI summaries."""
    text = "The sea wall at Kirkhaven fell on Friday night, the harbour master said."
    note = "This summary was created by AI and may have errors."
    corpus = fill(
        tmp_path,
        a_page_txt=f"Wall falls at last\n\n{note}\n\nIt fell.\n\nKIRKHAVEN \u2013 {text}\n\nShare",
        a_1_ref_txt="One.",
        b_html=f"<h1>Wall falls</h1><p>{text}</p>",
    )
    assert read(corpus) == [
        Article("a", f"KIRKHAVEN \u2013 {text}", ("One.",), "Wall falls at last", "It fell."),
        Article("b", text, (), "Wall falls"),
    ]


def test_other_files_are_passed_over(tmp_path: Path, read: Read) -> None:
    """README, CARD, LICENSE and so on, hidden files, other endings, and subfolders."""
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "x.txt").write_text("no article")
    names = ("README.txt", "CARD.md", "LICENSE.txt", "NOTICE.txt", ".hidden.txt", "notes.docx")
    for name in names:
        (tmp_path / name).write_text("no article")
    fill(tmp_path, a_txt="Wall falls.", cardiff_txt="City floods.", noticeboard_txt="News.")
    assert [a.id for a in read(Folder(str(tmp_path)))] == ["a", "cardiff", "noticeboard"]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        pytest.param("Wall falls\n\nIt fell.", "Wall falls", "It fell.", id="a headline"),
        pytest.param("Wall falls\r\n\r\nIt fell.", "Wall falls", "It fell.", id="other line ends"),
        pytest.param(
            "Wall falls\n\nBy Ana Ruiz\n\n4 May 2021\n\nIt fell.",
            "Wall falls",
            "It fell.",
            id="byline and date",
        ),
        pytest.param(
            "Wall falls\nBy Ana Ruiz\n\nIt fell.", "Wall falls", "It fell.", id="no empty line"
        ),
        pytest.param("Who pays?\n\nIt fell.", "Who pays?", "It fell.", id="a question"),
        pytest.param("It fell.\n\nBy night.", None, "It fell.\n\nBy night.", id="a sentence"),
        pytest.param("It fell", None, "It fell", id="one line only"),
        pytest.param("a\nb\n\nc", None, "a\nb\n\nc", id="two lines above"),
        pytest.param("word " * 31 + "\n\nc", None, "word " * 30 + "word\n\nc", id="too long"),
        pytest.param("W falls\n\n\n \na\n  \nb", "W falls", "a\n\nb", id="empty lines"),
    ],
)
def test_the_headline_is_told_from_the_article(text: str, title: str | None, body: str) -> None:
    """A short first line without a full stop, and an empty line below."""
    assert plain_article(text) == (title, body)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {"wall_txt": "a", "wal_1_ref_txt": "r"},
            "/wal.1.ref.txt: there is no article 'wal' for this reference. An article is ID.txt, "
            "ID.page.txt or ID.html. Did you mean wall?",
            id="a reference without an article",
        ),
        pytest.param(
            {"wall_txt": "a", "boat_1_txt": "r"},
            "/boat.1.txt: there is no article 'boat' for this reference. An article is ID.txt, "
            "ID.page.txt or ID.html. Known: wall.",
            id="a number without an article",
        ),
        pytest.param(
            {"a_txt": "a", "a_ref_txt": "r"},
            "/a.ref.txt: this reference has no number. Name it ID.1.ref.txt.",
            id="a reference without a number",
        ),
        pytest.param(
            {"a_txt": "a", "a_html": "<p>a"},
            "/a.txt: the article 'a' is already in a.html. Keep one of the two files.",
            id="an article twice",
        ),
        pytest.param(
            {"a_txt": "a", "a_1_ref_txt": "r", "a_1_txt": "r"},
            "/a.1.txt: reference 1 of article 'a' is already in a.1.ref.txt. Give them different "
            "numbers.",
            id="a reference twice",
        ),
        pytest.param(
            {"a_txt": "a", "a_1_ref_txt": " \n"},
            "/a.1.ref.txt: this reference is empty. Write a summary in it, or delete the file.",
            id="an empty reference",
        ),
        pytest.param(
            {"a_txt": "\n"},
            "/a.txt: the article's text is empty. Give it a text, or leave it out of the corpus.",
            id="an empty article",
        ),
        pytest.param(
            {"a_txt": "Same.", "b_txt": "Same."},
            "/b.txt: the text of article 'b', 'Same.'..., was given before, at {path}/a.txt. Take "
            "one of them out, or allow it with duplicates=True.",
            id="a text twice",
        ),
        pytest.param(
            {"readme_txt": "x"},
            " holds no article. Name a corpus that holds at least one.",
            id="no article",
        ),
    ],
)
def test_what_fits_nowhere_is_told_with_its_file(
    tmp_path: Path, refusal: Refusal, files: dict[str, str], message: str
) -> None:
    """Nothing in a folder is silently taken for something else."""
    corpus = fill(tmp_path, **files)
    assert refusal(corpus) == f"{tmp_path}{message}".replace("{path}", str(tmp_path))


def test_bytes_that_are_not_utf8_are_told(tmp_path: Path, refusal: Refusal) -> None:
    """In an article and in a reference, with file and line."""
    (tmp_path / "a.txt").write_bytes(b"Wall falls\n\nsch\xf6n")
    assert refusal(Folder(str(tmp_path))).startswith(
        f"{tmp_path}/a.txt:3: byte 4 is 0xf6, which is not UTF-8."
    )


def test_a_path_that_is_no_folder_is_told(tmp_path: Path, refusal: Refusal) -> None:
    """With the system's reason."""
    assert refusal(Folder(str(tmp_path / "none"))) == (
        f"{tmp_path}/none cannot be read as a folder: No such file or directory. Name a folder of "
        "text files."
    )


def test_the_same_text_may_be_allowed(tmp_path: Path, read: Read) -> None:
    """Under several ids."""
    fill(tmp_path, a_txt="Same.", b_txt="Same.")
    assert len(read(Folder(str(tmp_path), duplicates=True))) == 2


def test_the_shipped_corpus_is_read_whole(read: Read) -> None:
    """Every article has a headline, 350 to 700 words, and two references or more."""
    articles = read(Folder(str(NEWSROOM)))
    assert len(articles) >= 24
    assert sum(a.published is not None for a in articles) >= 10
    assert all(a.title and len(a.references) >= 2 for a in articles)
    assert all(350 <= len(a.text.split()) <= 700 for a in articles)
    assert [a.id for a in articles] == sorted(a.id for a in articles)
