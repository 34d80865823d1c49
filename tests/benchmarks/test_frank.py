from collections.abc import Callable
from typing import Any

import pytest

from tests.benchmarks.conftest import Read, Write

PEOPLE = ("annotator_0", "annotator_1", "annotator_2")


def row(*sentences: tuple[list[str], list[str], list[str]]) -> dict[str, Any]:
    """Return a record whose sentences three people found these errors in."""
    return {
        "hash": "123",
        "model_name": "BERTS2S",
        "article": "It rained.",
        "summary": "It snowed.",
        "reference": "Rain.",
        "split": "valid",
        "summary_sentences_annotations": [dict(zip(PEOPLE, s, strict=True)) for s in sentences],
    }


def test_two_of_three_decide(write: Write, read: Read) -> None:
    """A sentence is sound where two found no error; a type counts where two named it."""
    sound = (["NoE"], ["NoE"], ["EntE"])
    bad = (["EntE", "OutE"], ["EntE"], ["CircE"])
    write("human_annotations_sentence.json", [row(sound, bad)])
    (one,) = read("frank")
    assert (one.human, one.labels) == ({"factuality": 0.5}, {"consistent": False})
    assert (one.errors, one.split, one.group) == (("EntE",), "validation", "xsum")
    assert one.ratings == {"consistent": ((1.0, 1.0, 0.0), (0.0, 0.0, 0.0))}
    assert one.article.references == ("Rain.",)


def test_a_long_hash_is_of_cnndm(write: Write, read: Read) -> None:
    """Its ids are SHA-1 sums, those of XSum numbers."""
    write("human_annotations_sentence.json", [row((["NoE"],) * 3) | {"hash": "0" * 40}])
    assert read("frank")[0].group == "cnndm"


WRONG = {
    "no-answers": ({"summary_sentences_annotations": []}, "'summary_sentences_annotations'"),
    "unknown-split": ({"split": "train"}, "the field 'split' is 'train'"),
    "no-system": ({"model_name": None}, "no field 'model_name'"),
}


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_a_bad_field_is_named_with_its_record(
    write: Write, refusal: Callable[..., str], change: dict[str, Any], told: str
) -> None:
    """File, record and field stand in the refusal."""
    write("human_annotations_sentence.json", [row((["NoE"],) * 3) | change])
    said = refusal("frank")
    assert "record 1" in said
    assert told in said
