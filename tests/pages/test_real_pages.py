"""Tests on the pages shipped with the project, and on real ones where HARNESS_DATA names them."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from harness.pages import dom, read_page

NEWSROOM = Path(__file__).parents[2] / "references" / "newsroom"
LABELS = sorted((NEWSROOM / "labels").glob("*.json"))


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_the_summary_of_a_shipped_page_is_found_to_the_letter(label: Path) -> None:
    """Its hash and the labelled spans were written down with the page, by hand.

    And the words of the article that a label quotes stand in the article as it was read.
    """
    told = json.loads(label.read_text("utf-8"))
    file = next(
        path
        for path in (NEWSROOM / f"{label.stem}.html", NEWSROOM / f"{label.stem}.page.txt")
        if path.exists()
    )
    page = read_page(file.read_bytes(), str(file))
    published = page.published or ""
    assert hashlib.sha256(published.encode()).hexdigest() == told["summary_sha256"]
    assert [published[e["start"] : e["end"]] for e in told["errors"]] == [
        e["text"] for e in told["errors"]
    ]
    assert all(quote in page.body for e in told["errors"] if (quote := e.get("article")))


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_a_shipped_page_leaves_its_furniture_out(label: Path) -> None:
    """No button, advert, comment or notice is in the article, and each can be shown."""
    found = [NEWSROOM / f"{label.stem}.html", NEWSROOM / f"{label.stem}.page.txt"]
    file = next(path for path in found if path.exists())
    page = read_page(file.read_bytes(), str(file))
    shown = " ".join(page.left_out)
    for words in ("ith AI", "make you feel", "comment", "ookie", "\u00a9", "Copyright"):
        assert words not in page.body
    assert "with AI" in shown or "feel" in shown
    assert page.title
    assert page.byline
    assert page.disclaimer
    assert page.disclaimer not in shown


@pytest.mark.parametrize("file", sorted(NEWSROOM.glob("*.html")), ids=lambda path: path.stem)
def test_the_article_of_a_shipped_page_is_its_paragraphs(file: Path) -> None:
    """Every paragraph and subheading of it is there, and nothing from outside.

    The oracle takes the element that has the most paragraphs for its children.
    """
    tree = dom.parse(file.read_text("utf-8"))
    around = max(tree.iter(), key=lambda e: len(e.findall("p")))
    beside = [e for e in around if e.tag in ("p", "h2")]
    expected = [dom.squeeze(e.text_content()) for e in beside]
    page = read_page(file.read_bytes(), str(file))
    own = [text for text in expected if text not in (page.disclaimer, page.published)]
    assert page.body.split("\n\n") == own


@pytest.fixture
def real() -> list[Path]:
    """Return two reports of one event, as saved from their pages."""
    data = os.environ.get("HARNESS_DATA")
    if not data:
        pytest.skip("HARNESS_DATA, the folder of real inputs, is not set")
    return sorted((Path(data) / "pages").glob("*.txt"))


def test_a_real_page_gives_its_summary_and_its_article(real: list[Path]) -> None:
    """The first carries a sentence of 21 words under its disclaimer, and seven bits of furniture.

    Its sixteen paragraphs and the other page's, which has no summary, were counted by hand.
    """
    first, second = (read_page(path.read_bytes(), str(path)) for path in real)
    assert first.disclaimer is not None
    assert first.published is not None
    assert len(first.published.split()) == 21
    assert first.published not in first.body
    assert first.byline == "Agence France-Presse"
    assert first.body.startswith("SEOUL")
    assert len(first.body.split("\n\n")) == 16
    assert len(first.left_out) == 7
    assert (second.disclaimer, second.published, second.left_out) == (None, None, ())
    assert len(second.body.split("\n\n")) == 16
