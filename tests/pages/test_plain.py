"""Tests of pages saved as plain text."""

import textwrap

import pytest

from harness.pages.plain import read_plain, to_lines

TITLE = "Sea wall gives way at Kirkhaven after a night of storm"
NOTE = "This is AI generated summarization, which may have errors."
ONE = "The sea wall at Kirkhaven fell on Friday."
TWO = "Two boats ended up in a school yard."


def page(*lines: str) -> str:
    """Return a page's text with an empty line between its lines."""
    return "\n\n".join(lines)


def test_a_page_is_taken_apart(paragraphs: list[str]) -> None:
    """Headline, byline, date, disclaimer, summary, article and furniture each get their place."""
    furniture = ["Add a comment", "Sort by", "Summarize this article with AI", "Get our app!"]
    text = page(TITLE, "By Ana Ruiz", "4 May 2021", NOTE, ONE, *paragraphs, *furniture)
    found = read_plain(text)
    assert found.title == TITLE
    assert (found.byline, found.date) == ("By Ana Ruiz", "4 May 2021")
    assert (found.disclaimer, found.published) == (NOTE, ONE)
    assert found.body == page(*paragraphs)
    assert found.left_out == tuple(furniture)


def test_a_page_without_a_summary_is_read_as_well(paragraphs: list[str]) -> None:
    """Without a disclaimer nothing is taken from the article, whatever else is missing."""
    found = read_plain(page(TITLE, *paragraphs))
    assert (found.disclaimer, found.published, found.byline, found.date) == (None,) * 4
    assert found.body == page(*paragraphs)
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("between", "published"),
    [
        pytest.param([NOTE, ONE, TWO], f"{ONE} {TWO}", id="paragraphs up to the dateline"),
        pytest.param([NOTE, f"\u2022 {ONE}", f"\u2022 {TWO}"], f"{ONE} {TWO}", id="a list"),
        pytest.param([f"{NOTE} {ONE}"], ONE, id="in the disclaimer's own line"),
        pytest.param(["In brief", NOTE, ONE], ONE, id="under a heading"),
        pytest.param(["Key points", ONE, TWO, NOTE], f"{ONE} {TWO}", id="above the disclaimer"),
        pytest.param([NOTE, ONE, "Read full article"], ONE, id="before a button"),
        pytest.param([NOTE, ONE, "By Ana Ruiz", "4 May 2021"], ONE, id="before the byline"),
        pytest.param([NOTE], None, id="a disclaimer of nothing"),
    ],
)
def test_summaries_of_all_shapes_are_found(
    paragraphs: list[str], between: list[str], published: str | None
) -> None:
    """The summary is taken whole, and no word of it stays in the article."""
    found = read_plain(page(TITLE, *between, *paragraphs))
    assert found.disclaimer == NOTE
    assert found.published == published
    assert found.body == page(*paragraphs)


def test_without_a_dateline_the_summary_is_one_paragraph(paragraphs: list[str]) -> None:
    """Nothing marks the end, so one paragraph is taken and the rest is the article."""
    found = read_plain(page(TITLE, NOTE, ONE, *paragraphs[1:]))
    assert found.published == ONE
    assert found.body == page(*paragraphs[1:])


def test_news_about_ai_summaries_is_no_disclaimer(paragraphs: list[str]) -> None:
    """A sentence deep in the article is the article's, though it says the same as a disclaimer."""
    late = "AI-generated summaries may have errors."
    found = read_plain(page(TITLE, *paragraphs[:4], late, paragraphs[4]))
    assert found.disclaimer is None
    assert late in found.body


def test_navigation_above_the_headline_is_left_out(paragraphs: list[str]) -> None:
    """Buttons, a trail, short menu entries and the masthead are not the headline."""
    above = ["Skip to content", "Home > News > Harbour", "News", "Sport", "The Isles Courier"]
    end = "\u00a9 2021 The Isles Courier"
    found = read_plain(page(*above, TITLE, *paragraphs, end))
    assert found.title == TITLE
    assert found.left_out == (*above, end)


def test_a_headline_may_be_two_words(paragraphs: list[str]) -> None:
    """A short line right above a paragraph is no menu entry."""
    assert read_plain(page("Wall falls", *paragraphs)).title == "Wall falls"


def test_a_page_may_begin_with_its_article(paragraphs: list[str]) -> None:
    """A first line that is a paragraph is no headline."""
    found = read_plain(page(*paragraphs))
    assert found.title is None
    assert found.body == page(*paragraphs)


def test_broken_lines_are_paragraphs_again(paragraphs: list[str]) -> None:
    """Where no line is longer than 100 characters, lines between empty ones belong together."""
    wrapped = [textwrap.fill(p, 72) for p in (TITLE, NOTE, ONE, *paragraphs)]
    found = read_plain(page(*wrapped))
    assert (found.title, found.published) == (TITLE, ONE)
    assert found.body == page(*paragraphs)


def test_short_lines_stay_apart() -> None:
    """Lines that do not fill the width are lines of their own, and so are items of a list."""
    assert to_lines("News\nSport\n\nWeather") == ["News", "Sport", "Weather"]
    assert to_lines(f"- {ONE}\n- {TWO}") == [f"- {ONE}", f"- {TWO}"]


def test_one_line_each_without_empty_lines_is_read_as_well(paragraphs: list[str]) -> None:
    """Some browsers save a paragraph a line."""
    found = read_plain("\n".join([TITLE, NOTE, ONE, *paragraphs, "Add a comment"]))
    assert (found.title, found.published) == (TITLE, ONE)
    assert found.body == page(*paragraphs)


def test_nothing_gives_a_page_without_an_article() -> None:
    """Whether that is an error is for the caller to say."""
    found = read_plain("")
    assert (found.title, found.body, found.left_out) == (None, "", ())
