"""Tests of reading Parquet files."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.corpora.parquet import Parquet
from harness.parts import Corpus
from harness.records import Article

Read = Callable[[Corpus], list[Article]]
Refusal = Callable[[Corpus], str]


def write(file: Path, **columns: object) -> str:
    """Write a table in row groups of two and return its path."""
    pq.write_table(pa.table(columns), file, row_group_size=2)
    return str(file)


def test_columns_are_guessed_and_read(tmp_path: Path, read: Read) -> None:
    """Texts, lists of texts and whole numbers; what nothing asks for is not looked at."""
    path = write(
        tmp_path / "a.parquet",
        id=[1, 2, 3],
        article=["One.", "Two.", "Three."],
        highlights=[["A.", "B."], [], None],
        image=[b"\xff", b"\xfe", None],
    )
    assert read(Parquet(path)) == [
        Article("1", "One.", ("A.", "B.")),
        Article("2", "Two."),
        Article("3", "Three."),
    ]


def test_columns_are_read_under_the_names_given(tmp_path: Path, read: Read) -> None:
    """Without ids, rows count from 0."""
    path = write(tmp_path / "a.parquet", a=["One."], b=["R."], c=["S."])
    found = read(Parquet(path, text="a", references=("b", "c")))
    assert found == [Article("0", "One.", ("R.", "S."))]


def test_a_folder_of_files_is_one_corpus(tmp_path: Path, read: Read) -> None:
    """By name; rows count on from file to file."""
    write(tmp_path / "2.parquet", text=["Three."])
    write(tmp_path / "1.parquet", text=["One.", "Two."])
    found = read(Parquet(str(tmp_path)))
    assert [(a.id, a.text) for a in found] == [("0", "One."), ("1", "Two."), ("2", "Three.")]


def test_many_rows_are_read_some_at_a_time(tmp_path: Path) -> None:
    """The first article is there before a bad row in the next batch is looked at."""
    texts = [f"Article {i}." for i in range(600)] + [""]
    stream = Parquet(write(tmp_path / "a.parquet", text=texts)).articles()
    assert [next(stream).id for _ in range(600)] == [str(i) for i in range(600)]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        pytest.param(
            {"text": ["a", ""]},
            "{path}, row 1: the article's text is empty. Give it a text, or leave it out of the "
            "corpus.",
            id="an empty article",
        ),
        pytest.param(
            {"text": ["a", None]},
            "{path}, row 1: the field 'text' holds null, not a text. Write a text in it.",
            id="null",
        ),
        pytest.param(
            {"text": [1]},
            "{path}, row 0: the field 'text' holds 1 (int), not a text. Write a text in it.",
            id="numbers",
        ),
        pytest.param(
            {"words": ["a"]},
            "{path}: no field is known to hold the article's text. The fields are: words. Say "
            "which: text='...'.",
            id="no text",
        ),
        pytest.param(
            {"text": ["a", "b"], "id": ["x", "x"]},
            "{path}, row 1: the id 'x' was given before, at {path}, row 0. Every article needs an "
            "id of its own.",
            id="an id twice",
        ),
        pytest.param(
            {"text": pa.array([], pa.string())},
            "{path} holds no article. Name a corpus that holds at least one.",
            id="no rows",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_row(
    tmp_path: Path, refusal: Refusal, columns: dict[str, object], message: str
) -> None:
    """Rows count from 0, as they do everywhere in Parquet."""
    path = write(tmp_path / "a.parquet", **columns)
    assert refusal(Parquet(path)) == message.replace("{path}", path)


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path, refusal: Refusal) -> None:
    """And one that is not there, and a folder without any."""
    file = tmp_path / "a.parquet"
    file.write_bytes(b"PAR1 and then nothing")
    assert refusal(Parquet(str(file))).startswith(f"{file} cannot be read as Parquet (")
    assert refusal(Parquet(str(tmp_path / "b.parquet"))) == (
        f"{tmp_path}/b.parquet does not exist. Name a Parquet file or a folder of them."
    )
    file.unlink()
    assert refusal(Parquet(str(tmp_path))).startswith(f"{tmp_path} holds no article.")
