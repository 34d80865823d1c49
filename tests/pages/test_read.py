"""Tests of reading a page from what its file holds."""

import pytest

from harness.errors import InputError
from harness.pages import read_page
from harness.pages.read import is_html

LINE = "The sea wall at Kirkhaven fell on Friday night, the harbour master said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("\ufeff\n <!-- saved --> <html>", True),
        ("<?xml version='1.0'?><html>", True),
        ("<p>x</p>", True),
        ("Sea wall falls\n\n<p> is a tag", False),
        ("<3 is a heart", False),
        ("", False),
    ],
)
def test_html_is_seen_from_the_first_tag(text: str, expected: bool) -> None:
    """What only mentions a tag is plain text."""
    assert is_html(text) is expected


def test_bytes_and_text_give_the_same_page() -> None:
    """Bytes are UTF-8, with or without a byte order mark."""
    text = f"Caf\u00e9 closed by the sea\n\n{LINE}"
    pages = [read_page(raw) for raw in (text, text.encode(), text.encode("utf-8-sig"))]
    assert pages[0].title == "Caf\u00e9 closed by the sea"
    assert pages[0] == pages[1] == pages[2]


def test_an_html_page_may_name_its_encoding() -> None:
    """As browsers do, latin-1 is read as Windows' encoding, which has curly quotation marks."""
    text = f"<meta charset='iso-8859-1'><h1>Caf\u00e9</h1><p>\u201cGone,\u201d he said. {LINE}</p>"
    found = read_page(text.encode("cp1252"))
    assert found.title == "Caf\u00e9"
    assert found.body == f"\u201cGone,\u201d he said. {LINE}"


def test_what_a_text_is_can_be_said() -> None:
    """A plain text that begins with a tag is read as text when told so."""
    assert (
        read_page(f"<p>Headline of a page\n\n{LINE}", html=False).title == "<p>Headline of a page"
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(
            b"Caf\xc3\xa9\n\nsh\xf6n",
            "wall.txt:3: byte 9 is 0xf6, which is not UTF-8. Save the page again as UTF-8.",
            id="not UTF-8",
        ),
        pytest.param(
            b"<meta charset=klingon>",
            "wall.txt: the page says its encoding is 'klingon', which does not exist here. "
            "Save it again as UTF-8.",
            id="an unknown encoding",
        ),
        pytest.param(
            "Wall\ud83d",
            "wall.txt: character 4 is half of a surrogate pair ('\\ud83d'), which no text can "
            "hold. Save the page again as UTF-8.",
            id="half a surrogate pair",
        ),
        pytest.param(
            "Sea wall falls\n\nAdd a comment",
            "wall.txt: no article was found on this page; 1 texts were left out. A page holds a "
            "headline and paragraphs, as HTML or plain text. Save it again, or write its article "
            "into a text file and read that with folder(path).",
            id="no article",
        ),
        pytest.param(
            "<html><body><nav>News</nav></body></html>",
            "wall.txt: no article was found on this page; 1 texts were left out. A page holds a "
            "headline and paragraphs, as HTML or plain text. Save it again, or write its article "
            "into a text file and read that with folder(path).",
            id="no article in HTML",
        ),
    ],
)
def test_a_page_that_cannot_be_read_is_refused(raw: str | bytes, message: str) -> None:
    """The message names the file, the place and what to do."""
    with pytest.raises(InputError) as caught:
        read_page(raw, "wall.txt")
    assert str(caught.value) == message
