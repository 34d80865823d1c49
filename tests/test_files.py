import gzip
import re
from pathlib import Path

import pytest

from harness.errors import InputError
from harness.files import json_objects, lines, read_bytes, whole


def test_lines_carry_their_numbers_and_no_line_end(tmp_path: Path) -> None:
    """Lines are numbered from 1; Windows line ends and a byte order mark are no part of them."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\n\nfour")
    assert list(lines(path)) == [(1, "one"), (2, "two"), (3, ""), (4, "four")]


def test_gzipped_lines_read_the_same(tmp_path: Path) -> None:
    """A .gz file is unpacked on the way."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1}\n'))
    assert list(json_objects(path)) == [(1, {"id": 1})]


def test_blank_lines_between_objects_are_passed_over(tmp_path: Path) -> None:
    """A blank line is no object, and still counts as a line."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n\n{"id": 2}\n')
    assert [number for number, _ in json_objects(path)] == [1, 3]


WRONG = [
    pytest.param(b'{"id": 1}\n{"id": \n', "a.jsonl:2: no JSON", id="malformed"),
    pytest.param(b"[1, 2]\n", "a.jsonl:1: '[1, 2]' is no JSON object", id="array"),
    pytest.param(b'{"a": "\xff"}\n', "a.jsonl:1: byte 8 is 0xff, which is not UTF-8", id="latin-1"),
    pytest.param(b"[" * 100_000, "a.jsonl:1: nested too deeply", id="nested-too-deeply"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_bad_line_is_named_by_file_and_number(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """What cannot be read is told with the file, the line and what should be there."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=re.escape(message)):
        list(json_objects(path))


def test_a_missing_file_is_told_in_words(tmp_path: Path) -> None:
    """Every way of opening a file says so where there is none."""
    path = tmp_path / "none.jsonl"
    for read in (read_bytes, lambda p: list(lines(p))):
        with pytest.raises(InputError, match=r"none\.jsonl cannot be read: No such file"):
            read(path)


def test_a_broken_gzip_file_is_told_in_words(tmp_path: Path) -> None:
    """Half a gzip file is an input error that says so."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1}\n' * 1000)[:-20])
    with pytest.raises(InputError, match="is no whole gzip file"):
        list(json_objects(path))
    path.write_bytes(b"no gzip at all")
    with pytest.raises(InputError, match="is no whole gzip file"):
        list(json_objects(path))
    path.write_bytes(gzip.compress(b"x" * 99)[:10] + b"\xff" * 40)
    with pytest.raises(InputError, match="is no whole gzip file"):
        list(json_objects(path))


def test_a_name_with_a_nul_is_no_file() -> None:
    """Every way of opening a file says so where the name cannot be one."""
    for read in (read_bytes, lambda p: list(lines(p))):
        with pytest.raises(InputError, match=r"'a\\x00b' is no name of a file"):
            read("a\0b")


TEXTS = [
    pytest.param("caf\u00e9 \U0001f642", "caf\u00e9 \U0001f642", id="whole"),
    pytest.param("a\ud800b\udfff", "a?b?", id="half-a-pair"),
]


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_a_text_is_made_whole(text: str, kept: str) -> None:
    """Half a surrogate pair becomes a question mark; everything else stays."""
    assert whole(text) == kept
