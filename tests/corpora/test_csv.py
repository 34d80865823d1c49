"""Tests of reading tables in text files."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import spec
from harness.corpora.csv import Csv
from harness.errors import UsageError
from harness.parts import Corpus
from harness.records import Article

Read = Callable[[Corpus], list[Article]]
Refusal = Callable[[Corpus], str]
Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file and gives its path."""

    def file(text: str, name: str = "news.csv") -> str:
        (tmp_path / name).write_bytes(text.encode("utf-8"))
        return str(tmp_path / name)

    return file


def test_cells_in_quotes_hold_anything(write: Write, read: Read) -> None:
    """Delimiters, quotation marks and whole paragraphs; the rows after them too."""
    path = write('id,article,highlights\r\nx,"One, ""two"".\r\n\r\nThree.",H.\r\ny,Four.,\r\n')
    assert read(Csv(path)) == [
        Article("x", 'One, "two".\n\nThree.', ("H.",)),
        Article("y", "Four."),
    ]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        pytest.param("summary", "S.", ("S.",), id="one column"),
        pytest.param("reference,reference_2", "R.,S.", ("R.", "S."), id="several columns"),
        pytest.param("reference,reference_2", ",S.", ("S.",), id="an empty cell is none"),
        pytest.param("references", '"[""R."", ""S.""]"', ("R.", "S."), id="a JSON list"),
        pytest.param("references", "[Music] plays.", ("[Music] plays.",), id="only like a list"),
        pytest.param("references", "[1]", ("[1]",), id="a list of something else"),
    ],
)
def test_references_stand_in_cells(
    write: Write, read: Read, columns: str, cells: str, expected: tuple[str, ...]
) -> None:
    """In one column or several, as a text or as a JSON list of texts."""
    found = read(Csv(write(f"text,{columns}\nArticle.,{cells}\n")))
    assert found[0].references == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("id\ttext\n1\tOne, two; three|four.\n", "news.tsv", id="tab, by the ending"),
        pytest.param("id\ttext\n1\tOne, two; three|four.\n", "news.csv", id="tab, by the header"),
        pytest.param("id;text\n1;One, two\t three|four.\n", "news.csv", id="semicolon"),
        pytest.param("id|text\n1|One, two; three\tfour.\n", "news.csv", id="bar"),
        pytest.param("\ufeffid,text\n1,One.\n", "news.csv", id="a byte order mark"),
        pytest.param('"id;x",text\n1,One.\n', "news.csv", id="a delimiter inside quotes"),
        pytest.param("text\nOne.\n", "news.csv", id="one column"),
    ],
)
def test_the_delimiter_is_seen_from_the_first_line(
    write: Write, read: Read, text: str, name: str
) -> None:
    """The only one that parts its names."""
    assert read(Csv(write(text, name)))[0].text.startswith("One")


def test_the_delimiter_can_be_said(write: Write, read: Read, refusal: Refusal) -> None:
    """Where two could part the names, it must be."""
    path = write("id;x,text\n1,One.\n")
    assert refusal(Csv(path)) == (
        f"{path}:1: both ',' and ';' could part the columns. Say which: delimiter=','."
    )
    assert read(Csv(path, delimiter=","))[0].text == "One."


def test_long_cells_and_gzipped_files_are_read(tmp_path: Path, read: Read) -> None:
    """A cell may be longer than the csv module's own limit."""
    file = tmp_path / "news.csv.gz"
    text = "word " * 40_000
    assert len(text) > csv.field_size_limit() or csv.field_size_limit() == 2**27
    file.write_bytes(gzip.compress(f"id,text\n1,{text}\n".encode()))
    assert len(read(Csv(str(file)))[0].text) == len(text) - 1


def test_without_ids_lines_are_counted(write: Write, read: Read) -> None:
    """A row has the number of the line on which it begins."""
    path = write('text\n"One\ntwo."\n\nThree.\n')
    assert [a.id for a in read(Csv(path))] == ["2", "5"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "id,text\n1,One.\n2,Two, three.\n",
            ":3: this row has 3 cells and the first line 2 names. Put cells that hold the "
            "delimiter into double quotes.",
            id="too many cells",
        ),
        pytest.param(
            "id,text,id\n1,One.,2\n",
            ":1: two columns are named 'id'. Give every column its own name.",
            id="a name twice",
        ),
        pytest.param(
            'id,text\n1,"One.\n2,Two.\n',
            ":2: the row that begins here is no CSV (unexpected end of data). Put a quote inside "
            "a quoted cell twice.",
            id="a quote without an end",
        ),
        pytest.param(
            'id,text\n1,"One" two.\n',
            ":2: the row that begins here is no CSV (',' expected after '\"'). Put a quote inside "
            "a quoted cell twice.",
            id="words after a quote",
        ),
        pytest.param(
            "id,text\n1,\n",
            ":2: the field 'text' holds null, not a text. Write a text in it.",
            id="an empty article",
        ),
        pytest.param(
            "id,text\n", " holds no article. Name a corpus that holds at least one.", id="0"
        ),
        pytest.param("", " holds no article. Name a corpus that holds at least one.", id="nothing"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    write: Write, refusal: Refusal, text: str, message: str
) -> None:
    """The line is the one on which the row begins."""
    path = write(text)
    assert refusal(Csv(path)) == path + message


def test_bytes_that_are_not_utf8_are_told(tmp_path: Path, refusal: Refusal) -> None:
    """With file and line."""
    file = tmp_path / "news.csv"
    file.write_bytes(b"id,text\n1,sh\xf6n\n")
    assert refusal(Csv(str(file))).startswith(f"{file}:2: byte 5 is 0xf6, which is not UTF-8.")


def test_a_delimiter_is_one_character() -> None:
    """Told before anything is read."""
    with pytest.raises(UsageError, match=r"the delimiter '::' is not one character"):
        spec.parse("corpora", "csv(path='x', delimiter='::')")
