import json
from pathlib import Path

import pytest

from tests.conftest import Call


def write(folder: Path, name: str, *lines: str) -> Path:
    """Write lines to a file."""
    path = folder / name
    path.write_text("".join(line + "\n" for line in lines))
    return path


def test_two_files_are_scored_line_by_line(tmp_path: Path, call: Call) -> None:
    """Line n of one belongs to line n of the other; the signature says how they were scored."""
    candidates = write(tmp_path, "c.txt", "the cat sat", "a dog")
    references = write(tmp_path, "r.txt", "the cat sat down", "no match here")
    said = call("rouge", candidates, references)
    # line 1: P 3/3, R 3/4, F 6/7; line 2: 0
    assert "rouge1         42.86 [0.0, 85.7]" in said.out
    assert "n 2, equal to rouge-score 0.1.2 on 2 summaries" in said.out
    assert "rouge|stem:yes|" in said.out


def test_json_holds_means_intervals_and_the_signature(tmp_path: Path, call: Call) -> None:
    """Programs get unrounded numbers between 0 and 1."""
    candidates = write(tmp_path, "c.txt", "the cat sat", "a dog")
    references = write(tmp_path, "r.txt", "the cat sat down", "no match here")
    told = json.loads(call("rouge", candidates, references, "--json").out)
    assert told["n"] == 2
    assert told["scores"]["rouge1"]["mean"] == pytest.approx(3 / 7)
    assert told["scores"]["rouge1"]["low"] <= 3 / 7 <= told["scores"]["rouge1"]["high"]


def test_json_lines_are_matched_by_id(tmp_path: Path, call: Call) -> None:
    """The order of lines does not matter where both files have ids."""
    candidates = write(
        tmp_path, "c.jsonl", '{"id": 1, "summary": "one two"}', '{"id": 2, "summary": "three"}'
    )
    references = write(
        tmp_path,
        "r.jsonl",
        '{"id": 2, "references": ["three", "other"]}',
        '{"id": 1, "references": ["one two"]}',
    )
    told = json.loads(call("rouge", candidates, references, "--json").out)
    assert told["scores"]["rouge1"]["mean"] == 1


def test_several_files_are_several_references(tmp_path: Path, call: Call) -> None:
    """Each further file gives every candidate one more reference; the best counts."""
    candidates = write(tmp_path, "c.txt", "a b")
    files = [write(tmp_path, "r1.txt", "c d"), write(tmp_path, "r2.txt", "a b")]
    told = json.loads(call("rouge", candidates, *files, "--json").out)
    assert told["scores"]["rouge2"] == {"mean": 1.0}


def test_a_text_that_loses_letters_is_warned_of(tmp_path: Path, call: Call) -> None:
    """Equal Greek texts score 0 with the ASCII tokeniser, which is said, and 1 with the other."""
    text = write(tmp_path, "c.txt", "\u0397 γέφυρα έκλεισε")
    said = call("rouge", text, text)
    assert "rouge(tokens='unicode') keeps them" in said.err
    assert "rouge1                      0.00" in said.out
    assert "100.00" in call("rouge", text, text, "-m", "rouge(tokens='unicode')").out


WRONG = [
    pytest.param(("a", "b"), ("a",), "2 lines and", id="lengths"),
    pytest.param((), ("a",), "is empty", id="empty"),
]


@pytest.mark.parametrize(("one", "other", "message"), WRONG)
def test_files_that_do_not_fit_are_refused(
    tmp_path: Path, call: Call, one: tuple[str, ...], other: tuple[str, ...], message: str
) -> None:
    """Files of different lengths, or without a line, are input errors."""
    said = call("rouge", write(tmp_path, "c.txt", *one), write(tmp_path, "r.txt", *other))
    assert (said.code, message in said.err) == (3, True), said.err


WRONG_JSON = [
    pytest.param('{"id": 1, "summary": "x"}', '{"id": 2, "reference": "x"}', "nothing for '1'"),
    pytest.param('{"id": 1, "summary": "x"}', '{"reference": "x"}', "has ids and", id="no-ids"),
    pytest.param('{"id": 1, "x": "x"}', '{"id": 1, "reference": "x"}', "none of the fields"),
    pytest.param('{"id": 1, "summary": 3}', '{"id": 1, "reference": "x"}', "must be text"),
    pytest.param(
        '{"id": 1, "summary": "x"}\n{"id": 1, "summary": "x"}', '{"id": 1}', "a second line"
    ),
]


@pytest.mark.parametrize(("one", "other", "message"), WRONG_JSON)
def test_json_lines_that_do_not_fit_are_refused(
    tmp_path: Path, call: Call, one: str, other: str, message: str
) -> None:
    """Unknown ids, missing fields, wrong types and duplicates name the file and the line."""
    said = call("rouge", write(tmp_path, "c.jsonl", one), write(tmp_path, "r.jsonl", other))
    assert (said.code, message in said.err) == (3, True), said.err


def test_another_metric_is_refused(tmp_path: Path, call: Call) -> None:
    """The command is for ROUGE; anything else is a mistake."""
    path = write(tmp_path, "c.txt", "a")
    assert call("rouge", path, path, "-m", "length").code == 2
