from collections.abc import Callable
from typing import Any

import pytest

from harness.records import Span
from tests.benchmarks.conftest import Read, Write

ARTICLES = [{"id": "a", "text": "The mill burned.", "references": ["A fire."]}]
JUDGED = {"id": "a", "system": "s", "quality": 3}


@pytest.fixture
def folder(write: Write) -> Write:
    """Return a writer into a folder with an article and an output already there."""
    write("articles.jsonl", ARTICLES)
    write("outputs/s.jsonl", [{"id": "a", "summary": "It burned."}])
    return write


def test_numbers_labels_and_lists_are_dimensions(folder: Write, read: Read) -> None:
    """A list is one answer from each person: the dimension is their mean, and they are kept."""
    folder("judgements.jsonl", [JUDGED | {"true": True, "fluent": [1, 2, 2], "group": "news"}])
    (one,) = read("own")
    assert (one.summary, one.system, one.article.references) == ("It burned.", "s", ("A fire.",))
    assert one.human == {"quality": 3.0, "fluent": 5 / 3}
    assert one.labels == {"true": True}
    assert one.ratings == {"fluent": ((1.0, 2.0, 2.0),)}
    assert (one.group, one.spans, one.split) == ("news", None, None)


def test_a_judgement_may_hold_its_summary_and_marks(folder: Write, read: Read) -> None:
    """Then no output is looked up; spans, errors, split and pair are read beside it."""
    marks = {"spans": [{"start": 0, "end": 2, "type": "number"}], "errors": ["number"]}
    rest = {"id": "a", "summary": "It fell.", "good": False, "split": "val", "pair": "p"}
    folder("judgements.jsonl", [rest | marks])
    (one,) = read("own")
    assert one.spans == (Span(0, 2, "number"),)
    assert (one.errors, one.split, one.pair, one.system) == (("number",), "validation", "p", None)


REFUSED = {
    "no-id": ({"id": None}, "there is no field 'id'"),
    "unknown-article": ({"id": "b"}, "no article 'b'"),
    "unknown-output": ({"system": "t"}, "outputs/t.jsonl holds no summary of the 'id' 'a'"),
    "text-for-a-number": ({"quality": "high"}, "the field 'quality' is 'high'"),
    "nothing-judged": ({"quality": None}, "no judgement"),
    "empty-list": ({"quality": []}, "the field 'quality' is []"),
    "unknown-split": ({"split": "train"}, "the field 'split' is 'train'"),
    "span-outside": ({"spans": [{"start": 0, "end": 99}]}, "spans[0]: the field 'end' is 99"),
    "span-without-end": ({"spans": [{"start": 0}]}, "spans[0]: there is no field 'end'"),
    "spans-no-list": ({"spans": "It"}, "the field 'spans' is 'It'"),
    "errors-no-list": ({"errors": "number"}, "the field 'errors' is 'number'"),
}


@pytest.mark.parametrize(("change", "told"), REFUSED.values(), ids=REFUSED)
def test_a_bad_field_is_named_with_its_line(
    folder: Write, refusal: Callable[..., str], change: dict[str, Any], told: str
) -> None:
    """The refusal names the file, the line and the field, after a good line was read."""
    folder("judgements.jsonl", [JUDGED, JUDGED | change])
    said = refusal("own")
    assert "judgements.jsonl:2" in said
    assert told in said


def test_an_article_is_given_once(folder: Write, refusal: Callable[..., str]) -> None:
    """Two articles of one id are refused: a judgement would not know which it is about."""
    folder("articles.jsonl", ARTICLES * 2)
    folder("judgements.jsonl", [JUDGED])
    assert "articles.jsonl:2: the field 'id' is 'a'. It must be an id of its own" in refusal("own")


def test_a_summary_is_given_once(folder: Write, refusal: Callable[..., str]) -> None:
    """Two outputs of one system for one article would leave open which was judged."""
    folder("outputs/s.jsonl", [{"id": "a", "summary": "x"}, {"id": "a", "summary": "y"}])
    assert "s.jsonl:2: the field 'id' is 'a'. It must be an id of its own" in refusal("own")


def test_a_dimension_has_one_kind(folder: Write, refusal: Callable[..., str]) -> None:
    """A number in one line and true in another would be two dimensions of one name."""
    rows = [{"id": "a", "summary": "x", "good": value} for value in (3, True)]
    folder("judgements.jsonl", rows)
    assert "judgements.jsonl:2: the field 'good' is True. It must be a number" in refusal("own")
