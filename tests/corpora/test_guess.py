"""Tests of what ``--corpus X`` means."""

import os
from pathlib import Path

import datasets
import pytest

from harness import spec
from harness.corpora._guess import corpus_from
from harness.corpora.folder import Folder
from harness.corpora.jsonl import Jsonl
from harness.corpora.page import SavedPages
from harness.errors import InputError, UsageError

NOTE = "This is AI generated summarization, which may have errors."


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.jsonl.gz", "jsonl"),
        ("a.JSON.gz", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv.gz", "csv"),
        ("a.parquet", "parquet"),
        ("a.html", "page"),
        ("a.htm", "page"),
        ("a.txt", "page"),
    ],
)
def test_the_kind_of_a_file_is_seen_from_its_ending(tmp_path: Path, name: str, kind: str) -> None:
    """Letters' case and a final .gz aside."""
    (tmp_path / name).touch()
    assert spec.name_of(corpus_from(str(tmp_path / name))) == kind


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        pytest.param({"a.txt": "Wall", "a.1.ref.txt": "R"}, "folder", id="references"),
        pytest.param({"a.txt": NOTE, "a.1.txt": "R"}, "folder", id="numbered references"),
        pytest.param({"a.html": "<p>", "a.1.ref.txt": "R"}, "folder", id="pages with references"),
        pytest.param({"a.txt": "Wall", "b.txt": "Boat"}, "folder", id="articles only"),
        pytest.param({"a.txt": "Wall", "2.10.txt": "Boat"}, "folder", id="ids with numbers"),
        pytest.param({"a.html": "<p>", "README.txt": "x"}, "page", id="HTML"),
        pytest.param({"a.page.txt": "Wall"}, "page", id="pages as text, by name"),
        pytest.param({"a.txt": f"Wall\n\n{NOTE}\n\nIt fell.", "b.txt": "x"}, "page", id="a note"),
        pytest.param({"0.parquet": "", "README.txt": "x"}, "parquet", id="Parquet files"),
        pytest.param({"state.json": "{}"}, "hub", id="a saved data set"),
        pytest.param({"dataset_dict.json": "{}"}, "hub", id="saved splits"),
    ],
)
def test_the_kind_of_a_folder_is_seen_from_its_files(
    tmp_path: Path, files: dict[str, str], kind: str
) -> None:
    """Pages are told from articles by HTML, their names, or a disclaimer in one of them."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert spec.name_of(corpus_from(str(tmp_path))) == kind


def test_a_spec_names_a_corpus_too() -> None:
    """With arguments, or bare where the part needs none."""
    assert corpus_from("jsonl(path='x.jsonl', text='main')") == Jsonl("x.jsonl", text="main")
    assert corpus_from(" folder(path='x') ") == Folder("x")
    with pytest.raises(UsageError, match=r"folder needs the argument 'path'"):
        corpus_from("folder")


def test_a_path_that_exists_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may have the name of a part, and a file parentheses; paths may be relative."""
    monkeypatch.chdir(tmp_path)
    os.mkdir("page")
    Path("page/a.txt").write_text("Wall")
    Path("news (1).jsonl").touch()
    assert corpus_from("page") == Folder("page")
    assert corpus_from("news (1).jsonl") == Jsonl("news (1).jsonl")


def test_a_real_saved_data_set_is_recognised(tmp_path: Path) -> None:
    """Read through ``hub``, with nothing named."""
    datasets.disable_progress_bars()
    datasets.Dataset.from_dict({"text": ["One."]}).save_to_disk(str(tmp_path / "set"))
    assert [a.text for a in corpus_from(str(tmp_path / "set")).articles()] == ["One."]


def test_real_pages_are_recognised() -> None:
    """The two of HARNESS_DATA: no ending tells that they are pages; one's disclaimer does."""
    data = os.environ.get("HARNESS_DATA")
    if not data:
        pytest.skip("HARNESS_DATA, the folder of real inputs, is not set")
    corpus = corpus_from(f"{data}/pages")
    assert corpus == SavedPages(f"{data}/pages")
    assert [a.published is not None for a in corpus.articles()] == [True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "newz.jsonl",
            "There is no file or folder 'newz.jsonl'. Did you mean news.jsonl? A corpus is a path, "
            "or a spec of one of: csv, folder, hub, jsonl, page, parquet, such as "
            "hub(name='abisee/cnn_dailymail', config='3.0.0').",
            id="a typing error",
        ),
        pytest.param(
            "nowhere/at/all",
            "There is no file or folder 'nowhere/at/all'. A corpus is a path, or a spec of one of: "
            "csv, folder, hub, jsonl, page, parquet, such as hub(name='abisee/cnn_dailymail', "
            "config='3.0.0').",
            id="nothing like it",
        ),
        pytest.param(
            "news.docx",
            "What kind of file news.docx is cannot be seen from its name. Known endings: .jsonl, "
            ".ndjson, .json, .csv, .tsv, .tab, .parquet, .html, .htm, .txt. Or say it: "
            "jsonl(path='news.docx').",
            id="an unknown ending",
        ),
        pytest.param(
            "empty",
            "empty holds nothing that a corpus is made of. Allowed: articles and references as "
            ".txt files, saved pages, Parquet files, or a data set written by save_to_disk.",
            id="an empty folder",
        ),
    ],
)
def test_what_cannot_be_told_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    """With the nearest names, and what a corpus may be."""
    monkeypatch.chdir(tmp_path)
    for name in ("news.jsonl", "news.docx"):
        Path(name).touch()
    os.mkdir("empty")
    with pytest.raises(InputError) as caught:
        corpus_from(text)
    assert str(caught.value) == message


def test_an_unknown_part_is_answered_with_the_nearest() -> None:
    """A spec whose name no part has."""
    with pytest.raises(UsageError, match=r"There is no part 'jsonk' among corpora. Did you mean"):
        corpus_from("jsonk(path='x')")
