"""Tests of what a page's marks say."""

import pytest

from harness.pages import dom, meta

LONG = "Sea wall falls at Kirkhaven"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(f"<title>{LONG} | Courier</title><h1>{LONG}</h1>", LONG, id="the heading"),
        pytest.param(
            f"<title>{LONG} | Courier</title><h1>The Isles Courier</h1><h2>{LONG}</h2>",
            LONG,
            id="the masthead is the first heading",
        ),
        pytest.param(
            "<title>The town's wall falls</title><h1>News</h1><h2>The town\u2019s wall falls</h2>",
            "The town\u2019s wall falls",
            id="other quotation marks",
        ),
        pytest.param("<title>x</title><h1>Wall falls</h1>", "Wall falls", id="another title"),
        pytest.param(
            f"<title>x</title><meta property='og:title' content='{LONG}'>", LONG, id="for networks"
        ),
        pytest.param(f"<title>{LONG} - Isles Courier</title>", LONG, id="without the site's name"),
        pytest.param("<p>text</p>", None, id="none"),
    ],
)
def test_the_headline_is_the_heading_that_the_title_repeats(
    html: str, expected: str | None
) -> None:
    """Else the first heading, the title for social networks, the title without the site's name."""
    assert meta.title(dom.parse(html)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a rel='author'>Ana Ruiz</a>", "Ana Ruiz"),
        ("<p class='article-byline'>By Ana Ruiz</p>", "By Ana Ruiz"),
        ("<meta name='author' content='Ana Ruiz'>", "Ana Ruiz"),
        ("<p class='about-author'>" + "word " * 20 + "</p>", None),
        ("<p>Ana Ruiz</p>", None),
    ],
)
def test_the_author_is_marked_in_several_ways(html: str, expected: str | None) -> None:
    """By relation, property, class or in the head; a paragraph about the author is none."""
    assert meta.byline(dom.parse(html)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<time datetime='2021-05-04'>4 May 2021</time>", "4 May 2021"),
        ("<span class='date'>4 May 2021</span>", "4 May 2021"),
        ("<time datetime='2021-05-04'>two days ago</time>", "2021-05-04"),
        ("<meta property='article:published_time' content='2021-05-04'>", "2021-05-04"),
        ("<span class='date'>Dates for your diary</span>", None),
    ],
)
def test_the_date_is_marked_in_several_ways(html: str, expected: str | None) -> None:
    """As the page shows it where it shows one, else as it is written for machines."""
    assert meta.date(dom.parse(html)) == expected
