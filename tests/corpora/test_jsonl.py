"""Tests of reading JSON lines."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import spec
from harness.corpora.jsonl import Jsonl
from harness.parts import Corpus
from harness.records import Article

Read = Callable[[Corpus], list[Article]]
Refusal = Callable[[Corpus], str]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes lines, objects as JSON, and gives the file's path."""

    def lines(*rows: object) -> str:
        file = tmp_path / "news.jsonl"
        text = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        file.write_text("\n".join(text), "utf-8")
        return str(file)

    return lines


def test_every_field_is_read(write: Callable[..., str], read: Read) -> None:
    """Title, AI summary and cluster beside text and references; a whole number is an id too."""
    row = {
        "id": 7,
        "text": "One.\n\nTwo.",
        "references": ["A.", "B."],
        "title": "T",
        "published": "P p p p.",
        "cluster": 3,
    }
    expected = Article("7", "One.\n\nTwo.", ("A.", "B."), "T", "P p p p.", "3")
    assert read(Jsonl(write(row))) == [expected]


def test_any_number_of_references_will_do(write: Callable[..., str], read: Read) -> None:
    """None, null, an empty list, one text, or several, each line as it likes."""
    rows = [{"text": "a"}, {"text": "b", "references": None}, {"text": "c", "references": []}]
    rows += [{"text": "d", "references": "R."}, {"text": "e", "references": ["R.", "S."]}]
    found = read(Jsonl(write(*rows)))
    assert [a.references for a in found] == [(), (), (), ("R.",), ("R.", "S.")]


def test_without_ids_lines_are_counted(write: Callable[..., str], read: Read) -> None:
    """The number of the line in the file, blank lines included, is the id."""
    found = read(Jsonl(write({"text": "a"}, "", {"text": "b"})))
    assert [a.id for a in found] == ["1", "3"]


def test_fields_are_read_under_the_names_given(write: Callable[..., str], read: Read) -> None:
    """Several fields give several references; an empty name switches a guess off."""
    path = write({"main": "a", "x": "R.", "y": ["S."], "id": "i", "title": "T"})
    assert read(Jsonl(path, text="main", references=("x", "y"), id="", title="")) == [
        Article("1", "a", ("R.", "S."))
    ]


def test_gzipped_files_and_byte_order_marks_are_read(tmp_path: Path, read: Read) -> None:
    """The ending .gz is enough."""
    file = tmp_path / "news.jsonl.gz"
    file.write_bytes(gzip.compress(b'\xef\xbb\xbf{"text": "a"}\r\n{"text": "b"}\r\n'))
    assert [a.text for a in read(Jsonl(str(file)))] == ["a", "b"]


def test_articles_can_be_left_out(write: Callable[..., str], read: Read, refusal: Refusal) -> None:
    """By id, before anything is asked of them; an id that is not there is told."""
    path = write({"id": "ann", "text": ""}, {"id": "bob", "text": "b"})
    assert [a.id for a in read(Jsonl(path, skip=("ann",)))] == ["bob"]
    assert refusal(Jsonl(path, skip=("ann", "bub"))) == (
        "skip names 'bub', an id that no article has. Did you mean bob?"
    )


def test_it_is_read_in_a_stream(write: Callable[..., str]) -> None:
    """The first article is there before the last line is looked at."""
    stream = Jsonl(write({"text": "a"}, "{broken")).articles()
    assert next(stream).text == "a"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param(
            [{"text": "a"}, {"text": 5}],
            "news.jsonl:2: the field 'text' holds 5 (int), not a text. Write a text in it.",
            id="a number for a text",
        ),
        pytest.param(
            [{"text": None}],
            "news.jsonl:1: the field 'text' holds null, not a text. Write a text in it.",
            id="null for a text",
        ),
        pytest.param(
            [{"text": "a", "references": ["R.", 5]}],
            "news.jsonl:1: the field 'references' holds 5 (int). Allowed: a text or a list of "
            "texts.",
            id="a number among references",
        ),
        pytest.param(
            [{"text": "a", "references": {"a": 1}}],
            "news.jsonl:1: the field 'references' holds {\"a\": 1} (dict). Allowed: a text or a "
            "list of texts.",
            id="an object for references",
        ),
        pytest.param(
            [{"text": "a", "references": ""}],
            "news.jsonl:1: reference 1 of article '1' is empty. Give it a text, or leave it out "
            "of the corpus.",
            id="an empty reference",
        ),
        pytest.param(
            [{"text": "a", "id": 1.5}],
            "news.jsonl:1: the field 'id' holds 1.5 (float). Allowed: a text or a whole number.",
            id="a fraction for an id",
        ),
        pytest.param(
            [{"text": "a", "id": True}],
            "news.jsonl:1: the field 'id' holds true (bool). Allowed: a text or a whole number.",
            id="a truth value for an id",
        ),
        pytest.param(
            [{"text": "a", "id": None}],
            "news.jsonl:1: the field 'id' holds null. An id is a text or a whole number.",
            id="null for an id",
        ),
        pytest.param(
            [{"text": "a", "title": ["T"]}],
            "news.jsonl:1: the field 'title' holds [\"T\"] (list), not a text. Write a text in it.",
            id="a list for a title",
        ),
        pytest.param(
            [{"text": "a", "published": "Thu, 13 Feb 2014 08:00"}],
            "news.jsonl:1: the field 'published' holds 'Thu, 13 Feb 2014 08:00', which looks like "
            "a date; an article's ``published`` is the AI summary on its page. Say which field "
            "holds that: published='published', or none: published=''.",
            id="the day of publication",
        ),
        pytest.param(
            ['{"text": "\\ud83d"}'],
            "news.jsonl:1: character 1 of the article's text is '\\ud83d', half of a surrogate "
            "pair, which no text can hold. Write the whole character.",
            id="half a surrogate pair",
        ),
        pytest.param(
            [{"id": "x", "text": "a"}, {"id": "x", "text": "b"}],
            "news.jsonl:2: the id 'x' was given before, at {path}:1. Every article needs an id of "
            "its own.",
            id="an id twice",
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_and_field(
    write: Callable[..., str], refusal: Refusal, rows: list[object], message: str
) -> None:
    """File, line, field, value, what is allowed."""
    path = write(*rows)
    expected = message.replace("{path}", path)
    assert refusal(Jsonl(path)) == str(Path(path).parent / expected)


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        pytest.param(b'{"text": "a"}\n{"text"', "news.jsonl:2: no JSON (", id="a torn line"),
        pytest.param(b'[{"text": "a"}]', "is no JSON object. Write one object a line.", id="array"),
        pytest.param(
            b'{"text": "a"}\n{"text": "\xff"}', "news.jsonl:2: byte 11 is 0xff", id="bytes"
        ),
        pytest.param(b"", "news.jsonl holds no article. Name a corpus", id="an empty file"),
    ],
)
def test_lines_that_are_no_json_are_told(
    tmp_path: Path, refusal: Refusal, raw: bytes, part: str
) -> None:
    """With file and line, and the byte where it is not UTF-8."""
    file = tmp_path / "news.jsonl"
    file.write_bytes(raw)
    assert part in refusal(Jsonl(str(file)))


def test_a_missing_file_is_told(tmp_path: Path, refusal: Refusal) -> None:
    """By its path."""
    path = str(tmp_path / "none.jsonl")
    assert refusal(Jsonl(path)) == (
        f"{path} cannot be read: No such file or directory. Name a file that can be read."
    )


def test_its_spec_reads_back_to_the_same_corpus() -> None:
    """Lists of names and of ids included."""
    corpus = Jsonl("x.jsonl", references=("a", "b"), skip=("7",), duplicates=True)
    assert spec.parse("corpora", spec.show(corpus)) == corpus
    assert spec.parse("corpora", "jsonl(path='x.jsonl', references=['a', 'b'])") == Jsonl(
        "x.jsonl", references=("a", "b")
    )
