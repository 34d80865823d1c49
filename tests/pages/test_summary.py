"""Tests of where a summary ends."""

import pytest

from harness.pages.summary import is_header_line, is_item, join, leads_over, length, unbullet

A = "The wall gave way on Friday."
B = "Two boats were lost."
C = "Nobody was hurt when the wall fell, the harbour master of Kirkhaven said."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([], 0, id="nothing follows"),
        pytest.param([A], 1, id="one paragraph, nothing else"),
        pytest.param([A, C], 1, id="no sign: one paragraph"),
        pytest.param([A, B, "KIRKHAVEN \u2013 The wall gave way."], 2, id="a dateline"),
        pytest.param([A, B, "By Ana Ruiz", C], 2, id="a byline"),
        pytest.param([A, B, "4 May 2021", C], 2, id="a date"),
        pytest.param([A, B, "---", C], 2, id="a rule"),
        pytest.param([A, B, "Read full article", C], 2, id="a line that leads over"),
        pytest.param(["\u2022 " + A, "\u2022 " + B, C], 2, id="the end of a list"),
        pytest.param(["- " + A, "- " + B, "- " + C], 3, id="nothing but a list"),
        pytest.param(["In short:", "1. " + A, "2. " + B, C], 3, id="a list with an opening line"),
        pytest.param(["KIRKHAVEN \u2013 " + A, C], 0, id="the article's dateline at once"),
        pytest.param(["By Ana Ruiz", C], 0, id="the article begins at once"),
        pytest.param([A, " ".join([C] * 30), "By Ana Ruiz"], 1, id="a sign too far down is none"),
    ],
)
def test_a_summary_ends_where_something_says_so(lines: list[str], expected: int) -> None:
    """A list's end, a line that leads over, a byline, date or dateline; else one paragraph."""
    assert length(lines) == expected


def test_pieces_are_joined_without_running_together() -> None:
    """One space after a full stop, a line end after an item that has none."""
    assert join([A, B]) == f"{A} {B}"
    assert join(["\u2022 Wall fell", "\u2022 Two boats lost"]) == "Wall fell\nTwo boats lost"
    assert join(["\u201cIt fell.\u201d", B]) == f"\u201cIt fell.\u201d {B}"
    assert join([f"Storm \u2013 and fire \u2013 {A}"]) == f"Storm \u2013 and fire \u2013 {A}"
    assert join([]) == ""


def test_bullets_and_numbers_begin_items() -> None:
    """A year or a decimal at the beginning of a line is no bullet."""
    assert [unbullet(x) for x in ("\u2022 a", "- b", "3) c", "12. d")] == ["a", "b", "c", "d"]
    assert not is_item("2014. A year")
    assert not is_item("-5 degrees")


def test_lines_between_summary_and_article_are_known() -> None:
    """Rules and buttons lead over; a paragraph does not. A header line names writer or day."""
    assert leads_over("* * *")
    assert leads_over("Continue reading")
    assert not leads_over(A)
    assert is_header_line("Ana Ruiz \u00b7 4 May 2021")
    assert not is_header_line(A)
    assert not is_header_line("")
