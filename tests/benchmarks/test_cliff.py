import csv
from collections.abc import Callable
from pathlib import Path

from harness.records import Span
from tests.benchmarks.conftest import Read, Write

ROW = {"id": "xsum-0", "text": "It rained.", "summary": "It snowed in May.", "system": "BART"}
BAD = {"consistent": False, "error_types": ["extrinsic-NP"], "error_spans": ["May", "June"]}
HEADER = ["origin", "doc", "summ", "model_name", "cut", "error_type", "annotated_span"]


def test_json_lines_are_read(write: Write, read: Read) -> None:
    """Marked words become offsets; words that do not stand in the summary are passed over."""
    write("cliff.jsonl", [ROW | BAD])
    (one,) = read("cliff")
    assert one.spans == (Span(13, 16, "extrinsic-NP"),)
    assert (one.system, one.group, one.labels) == ("BART", "xsum", {"consistent": False})


def test_the_published_table_is_read(tmp_path: Path, read: Read) -> None:
    """Lists are written as Python there; a correct summary has no type and no span."""
    rows = [
        ["xsum", "It\nrained.", "It snowed.", "BART", "val", "['extrinsic-NP']", "['snowed']"],
        ["xsum", "It rained.", "It did.", "BART", "test", "correct", ""],
    ]
    with (tmp_path / "CLIFF_error_types.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    bad, good = read("cliff")
    assert bad.article.text == "It\nrained."
    assert (bad.spans, bad.split) == ((Span(3, 9, "extrinsic-NP"),), "validation")
    assert (good.spans, good.errors, good.labels) == ((), (), {"consistent": True})


def test_a_bad_cell_is_named_with_the_line_where_its_row_begins(
    tmp_path: Path, refusal: Callable[..., str]
) -> None:
    """Rows with line ends inside do not shift the count of lines."""
    good = ["xsum", "It\nrained.", "It did.", "BART", "val", "correct", ""]
    bad = ["xsum", "It rained.", "It did.", "BART", "later", "correct", ""]
    with (tmp_path / "CLIFF_error_types.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, good, bad])
    said = refusal("cliff")
    assert "CLIFF_error_types.csv:4: the field 'cut' is 'later'" in said


def test_a_heading_stands_once(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """Of two columns of one name nobody could say which is meant."""
    (tmp_path / "CLIFF_error_types.csv").write_text("doc,summ,doc\nx,y,z\n")
    assert "CLIFF_error_types.csv:1: the field 'doc' is there twice" in refusal("cliff")


def test_a_short_row_is_refused(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """A row must have a cell under every heading."""
    (tmp_path / "CLIFF_error_types.csv").write_text("doc,summ\nonly one\n")
    assert "CLIFF_error_types.csv:2: 1 cells under 2 headings" in refusal("cliff")
