"""Tests of choosing which field holds what."""

from types import SimpleNamespace
from typing import Any

import pytest

from harness.corpora._fields import KNOWN, Chooser, Fields
from harness.errors import InputError


def chooser(**told: Any) -> Chooser:
    """Return a chooser that is told some names and guesses the others."""
    return Chooser(SimpleNamespace(**(dict.fromkeys(KNOWN) | told)))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(
            "article highlights id",
            Fields("article", ("highlights",), "id"),
            id="cnn_dailymail",
        ),
        pytest.param("document summary id", Fields("document", ("summary",), "id"), id="xsum"),
        pytest.param("id dialogue summary", Fields("dialogue", ("summary",), "id"), id="samsum"),
        pytest.param("document summary", Fields("document", ("summary",)), id="multi_news"),
        pytest.param(
            "text summary title", Fields("text", ("summary",), title="title"), id="billsum"
        ),
        pytest.param(
            "article abstract", Fields("article", ("abstract",)), id="arxiv-summarization"
        ),
        pytest.param(
            "article abstract section_names",
            Fields("article", ("abstract",)),
            id="scientific_papers",
        ),
        pytest.param("report summary", Fields("report", ("summary",)), id="govreport"),
        pytest.param(
            "id url title summary text",
            Fields("text", ("summary",), "id", "title"),
            id="xlsum",
        ),
        pytest.param(
            "id text references title published cluster",
            Fields("text", ("references",), "id", "title", "published", "cluster"),
            id="harness's own names",
        ),
        pytest.param("ID Article Highlights", Fields("Article", ("Highlights",), "ID"), id="case"),
        pytest.param(
            "text reference_10 reference reference_2",
            Fields("text", ("reference", "reference_2", "reference_10")),
            id="references in columns",
        ),
        pytest.param("text ref1 ref2", Fields("text", ("ref1", "ref2")), id="only numbered"),
        pytest.param("text url", Fields("text"), id="nothing else known"),
    ],
)
def test_well_known_names_are_guessed(columns: str, expected: Fields) -> None:
    """The columns of published data sets, as their cards list them."""
    assert chooser().fields(columns.split(), "x:1") == expected


def test_names_that_are_told_are_taken() -> None:
    """Whatever they are called, and though well-known names stand beside them."""
    told = chooser(text="main", references=("a", "b"), id="", title="text")
    assert told.fields(["text", "main", "b", "a", "id"], "x:1") == Fields(
        "main", ("a", "b"), None, "text"
    )


@pytest.mark.parametrize(
    ("told", "columns", "message"),
    [
        pytest.param(
            {},
            "text article",
            "x:1: the fields text and article may both hold the article's text. Say which: "
            "text='text'.",
            id="two texts",
        ),
        pytest.param(
            {},
            "text summary highlights",
            "x:1: the fields summary and highlights may both hold references. Say which: "
            "references='summary', or none: references=''.",
            id="two kinds of references",
        ),
        pytest.param(
            {},
            "text references reference_1 reference_2",
            "x:1: the fields references and reference_1 + reference_2 may both hold references. "
            "Say which: references='references', or none: references=''.",
            id="references in one column and in several",
        ),
        pytest.param(
            {},
            "text id guid",
            "x:1: the fields id and guid may both hold ids. Say which: id='id', or none: id=''.",
            id="two ids",
        ),
        pytest.param(
            {},
            "words url",
            "x:1: no field is known to hold the article's text. The fields are: words, url. Say "
            "which: text='...'.",
            id="no text",
        ),
        pytest.param(
            {"text": "artcle"},
            "article highlights",
            "x:1: there is no field 'artcle' (text=). Did you mean article?",
            id="a text that is not there",
        ),
        pytest.param(
            {"id": "number"},
            "article key",
            "x:1: there is no field 'number' (id=). Known: article, key.",
            id="an id that is not there",
        ),
    ],
)
def test_a_guess_is_never_a_choice(told: dict[str, str], columns: str, message: str) -> None:
    """The reader says which fields it cannot tell apart, and how to say it."""
    with pytest.raises(InputError) as caught:
        chooser(**told).fields(columns.split(), "x:1")
    assert str(caught.value) == message


def test_the_same_fields_are_taken_throughout() -> None:
    """References may be missing here and there, but not be found under another name."""
    one = chooser()
    one.fields(["text", "id", "summary"], "x:1")
    assert one.fields(["text", "id"], "x:2").references == ()
    with pytest.raises(InputError) as caught:
        one.fields(["text", "id", "highlights"], "x:3")
    assert str(caught.value) == (
        "x:3: references would be in highlights here but in summary at x:1. Use one name "
        "throughout, or say none: references=''."
    )
    with pytest.raises(InputError, match=r"x:4: no field 'id', which holds ids at x:1"):
        one.fields(["text"], "x:4")


def test_a_name_that_no_record_has_is_refused_at_the_end() -> None:
    """An optional field may be missing in any record, but a typing error is told."""
    one = chooser(references="sumary")
    assert one.fields(["text", "summary"], "x:1").references == ()
    with pytest.raises(InputError) as caught:
        one.finish("x")
    assert str(caught.value) == (
        "x: no record has the field 'sumary' (references=). Did you mean summary?"
    )


def test_a_name_that_one_record_has_is_enough() -> None:
    """Nothing is said where a named field was there at least once."""
    one = chooser(references="notes")
    one.fields(["text"], "x:1")
    one.fields(["text", "notes"], "x:2")
    one.finish("x")
