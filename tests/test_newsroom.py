"""The shipped corpus is what its card says."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from harness.corpora.folder import Folder
from harness.records import Article
from harness.text.words import count_words

FOLDER = Path(__file__).parent.parent / "references" / "newsroom"
LABELS = sorted((FOLDER / "labels").glob("*.json"))
TYPES = {
    "number",
    "entity",
    "negation",
    "antonym",
    "quotation",
    "attribution",
    "out of article",
}


@pytest.fixture(scope="module")
def newsroom() -> dict[str, Article]:
    """Return the articles by id."""
    return {article.id: article for article in Folder(str(FOLDER)).articles()}


def test_there_are_articles_of_ten_desks(newsroom: dict[str, Article]) -> None:
    """At least 24 articles over ten desks, each of 350 to 720 words with two references or more."""
    assert len(newsroom) >= 24
    assert len({article_id.partition("-")[0] for article_id in newsroom}) == 10
    for article in newsroom.values():
        assert 350 <= count_words(article.text) <= 720, article.id
        assert len(article.references) >= 2, article.id
        assert article.title, article.id


def test_references_are_written_in_their_styles(newsroom: dict[str, Article]) -> None:
    """The first reference has three sentences, a line each; the second is one sentence."""
    for article in newsroom.values():
        assert len(article.references[0].splitlines()) == 3, article.id
        assert len(article.references[1].splitlines()) == 1, article.id


def test_twelve_pages_carry_an_ai_summary_and_labels(newsroom: dict[str, Article]) -> None:
    """Each page's AI summary is found, word for word as it was labelled, and is out of the body."""
    pages = {article.id for article in newsroom.values() if article.published}
    assert pages == {path.stem for path in LABELS}
    assert len(pages) >= 10
    for path in LABELS:
        label = json.loads(path.read_text())
        article = newsroom[label["id"]]
        published = article.published or ""
        assert hashlib.sha256(published.encode()).hexdigest() == label["summary_sha256"], path.stem
        assert published not in article.text


def test_labels_point_at_the_words_they_name(newsroom: dict[str, Article]) -> None:
    """An error's span holds its text, and the article's own words are in the article."""
    for path in LABELS:
        label = json.loads(path.read_text())
        article = newsroom[label["id"]]
        for error in label["errors"]:
            assert (article.published or "")[error["start"] : error["end"]] == error["text"]
            assert error["type"] in TYPES
            assert " ".join(error["article"].split()) in " ".join(article.text.split())
            assert bool(error["article"]) == (error["type"] != "out of article")


def test_half_of_the_summaries_are_clean_and_every_type_is_planted() -> None:
    """Six summaries are faithful, six carry errors, and each type occurs at least once."""
    errors = [json.loads(path.read_text())["errors"] for path in LABELS]
    assert sum(not e for e in errors) == len(errors) / 2
    assert set(Counter(error["type"] for found in errors for error in found)) == TYPES


def test_no_furniture_is_left_in_an_article(newsroom: dict[str, Article]) -> None:
    """Comments, adverts, reactions and cookie lines are no part of the article."""
    for article in newsroom.values():
        lowered = article.text.lower()
        for furniture in ("cookie", "add a comment", "download the", "newsletter", "with ai"):
            assert furniture not in lowered, (article.id, furniture)
