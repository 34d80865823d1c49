from collections.abc import Callable

import pytest

from harness.records import Span
from tests.benchmarks.conftest import Read, Write

SEED = "Ann sold 3 cows on Monday."
EDITS = {
    "replaced": ("Ann sold 4 cows on Monday.", ["4"]),
    "inserted": ("Ann sold 3 old cows on Monday.", ["old"]),
    "removed": ("Ann sold cows on Monday.", ["sold", "cows"]),
    "only-case": ("ann sold 3 cows on monday.", []),
}


@pytest.mark.parametrize(("edited", "marked"), EDITS.values(), ids=EDITS)
def test_the_edit_is_the_marked_error(
    write: Write, read: Read, edited: str, marked: list[str]
) -> None:
    """New words are marked, or the two beside words that went."""
    row = {"text": "x", "summary": edited, "consistent": False, "seed_summary": SEED}
    write("summedits/news.jsonl", [row | {"edit_types": ["antonym_swap"]}])
    (one,) = read("summedits")
    assert [edited[s.start : s.end] for s in one.spans or ()] == marked
    assert all(s.type == "antonym_swap" for s in one.spans or ())
    assert (one.errors, one.group) == (("antonym_swap",), "news")


def test_a_consistent_summary_has_no_error(write: Write, read: Read) -> None:
    """Whatever was edited, nothing is marked."""
    row = {"text": "x", "summary": "y", "consistent": True, "seed_summary": SEED}
    write("summedits/news.jsonl", [row])
    (one,) = read("summedits")
    assert (one.labels, one.spans, one.errors) == ({"consistent": True}, (), ())


def test_the_published_list_is_read(write: Write, read: Read) -> None:
    """It calls the article doc, the label a number, and the unedited summary original_summary."""
    row = {"id": "1", "doc": "x", "summary": "No cows.", "label": 0, "edit_types": ["a", "b"]}
    write("summedits_sales_call.json", [row | {"original_summary": "Two cows."}])
    (one,) = read("summedits")
    assert one.labels == {"consistent": False}
    assert one.spans == (Span(0, 2, None),)
    assert one.group == "sales_call"


def test_a_missing_field_is_named_with_its_record(
    write: Write, refusal: Callable[..., str]
) -> None:
    """A list has no lines, so the record's number stands in the refusal."""
    write("summedits_news.json", [{"doc": "x", "summary": "y", "label": 0}])
    said = refusal("summedits")
    assert "summedits_news.json, record 1" in said
    assert "'seed_summary' or 'original_summary'" in said
