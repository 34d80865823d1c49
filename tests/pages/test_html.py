"""Tests of pages saved as HTML."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import InputError, MissingExtraError
from harness.pages import read_page
from harness.pages.html import read_html

NOTE = "This summary was created by AI and may have errors."
ONE = "The sea wall at Kirkhaven fell on Friday, and two boats ended up in a school yard."
TITLE = "Sea wall falls at Kirkhaven"


def page(paragraphs: list[str]) -> str:
    """Return a whole page: navigation, headline, summary, article, furniture."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!doctype html><html><head><title>{TITLE} - Isles Courier</title></head><body>
    <nav><a href="/">News</a></nav>
    <main><article><p class="kicker">Harbour</p><h1>{TITLE}</h1><p>What the sea took, and left</p>
    <p class="by">By Ana Ruiz &middot; 4 May 2021</p>
    <aside><h2>In brief</h2><p>{NOTE}</p><p>{ONE}</p></aside>
    <div>{body}</div></article>
    <section><h3>Related stories</h3><ul><li><a href="/f">Ferry times change on Sunday</a></ul>
    <p>Add a comment</p></section></main>
    <footer>&copy; 2021 Isles Courier</footer></body></html>"""


def test_a_page_is_taken_apart(paragraphs: list[str]) -> None:
    """Headline, byline, date, disclaimer, summary, article and furniture each get their place."""
    found = read_html(page(paragraphs), "wall.html")
    assert (found.title, found.byline, found.date) == (TITLE, "By Ana Ruiz", "4 May 2021")
    assert (found.disclaimer, found.published) == (NOTE, ONE)
    assert found.body == "\n\n".join(paragraphs)
    assert found.left_out == (
        "News",
        "Harbour",
        "What the sea took, and left",
        "In brief",
        "Related stories",
        "Ferry times change on Sunday",
        "Add a comment",
        "\u00a9 2021 Isles Courier",
    )


def test_no_word_of_the_summary_stays_in_the_article(paragraphs: list[str]) -> None:
    """Not even where the summary stands among the article's own paragraphs."""
    html = page([NOTE, ONE, *paragraphs]).replace(f"<p>{NOTE}</p><p>{ONE}</p></aside>", "</aside>")
    found = read_html(html, "wall.html")
    assert found.published == ONE
    assert found.body == "\n\n".join(paragraphs)


def test_an_article_too_short_for_extraction_is_read_as_well() -> None:
    """Where trafilatura finds nothing, the paragraphs outside navigation are the article."""
    html = "<h1>Wall falls</h1><nav><p>You can read all of our news here.</p></nav>"
    found = read_html(f"{html}<p>The sea wall at Kirkhaven fell on Friday night.</p>", "x")
    assert found.body == "The sea wall at Kirkhaven fell on Friday night."


def test_reading_twice_gives_the_same(paragraphs: list[str]) -> None:
    """Nothing is remembered from one page to the next."""
    assert read_html(page(paragraphs), "x") == read_html(page(paragraphs), "x")


PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<aside>", "</aside>", "<ul><li>", "<br>", "<h1>", "<!--"),
    *(NOTE, ONE, "By Ana Ruiz", "KIRKHAVEN \u2013 It fell.", "Share", "In brief", "&#7;&nbsp;"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_html_is_read_or_refused(pieces: list[str]) -> None:
    """However tags are left open: an article or a clear refusal, no summary undisclaimed."""
    try:
        found = read_page("<html>" + " ".join(pieces), "x")
    except InputError:
        return
    assert found.body
    assert not found.published or found.disclaimer


def test_without_the_extra_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the page, the package and the command."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError) as caught:
        read_page("<html><p>x</p></html>", "wall.html")
    assert str(caught.value) == (
        "Reading the HTML page wall.html needs the package trafilatura, which is not installed. "
        "Install it with: pip install 'harness[html]'"
    )
