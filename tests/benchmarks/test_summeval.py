from collections.abc import Callable
from typing import Any

import pytest

from tests.benchmarks.conftest import Read, Write

DIMENSIONS = ("coherence", "consistency", "fluency", "relevance")
ROW = {
    "id": "dm-test-1",
    "model_id": "M0",
    "decoded": "It rained.",
    "text": "It rained all day.",
    "references": ["Rain.", "Wet."],
    "expert_annotations": [dict.fromkeys(DIMENSIONS, n) for n in (3, 4, 5)],
}


def test_the_experts_mean_counts_and_their_answers_are_kept(write: Write, read: Read) -> None:
    """Four dimensions, from the paired file of the authors' script."""
    write("model_annotations.aligned.paired.jsonl", [ROW])
    (one,) = read("summeval")
    assert one.human == dict.fromkeys(DIMENSIONS, 4.0)
    assert one.ratings["fluency"] == ((3.0, 4.0, 5.0),)
    assert one.article.references == ("Rain.", "Wet.")


def test_the_original_reference_can_stand_alone(write: Write, read: Read) -> None:
    """It is the first of the list."""
    write("model_annotations.aligned.paired.jsonl", [ROW])
    assert read("summeval", references=1)[0].article.references == ("Rain.",)


def test_the_hub_s_layout_is_read(write: Write, read: Read) -> None:
    """An article a line, with as many means as summaries; systems are numbered."""
    row: dict[str, Any] = {"id": "1", "text": "It rained.", "human_summaries": ["Rain."]}
    row |= {"machine_summaries": ["a", "b"]} | {d: [1, 2.5] for d in DIMENSIONS}
    write("summeval.jsonl", [row])
    first, second = read("summeval")
    assert (first.system, second.system) == ("system-0", "system-1")
    assert second.human == dict.fromkeys(DIMENSIONS, 2.5)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no-article": ({"text": None}, "no field 'text'"),
    "six-of-five": (
        {"expert_annotations": [dict.fromkeys(DIMENSIONS, 6)]},
        "expert_annotations[0]: the field 'coherence' is 6",
    ),
    "nobody": ({"expert_annotations": []}, "'expert_annotations'"),
    "too-few-means": (
        {"machine_summaries": ["a"], "human_summaries": [], "coherence": [1]}
        | {d: [1, 2] for d in DIMENSIONS},
        "'coherence'",
    ),
}


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_a_bad_field_is_named_with_its_line(
    write: Write, refusal: Callable[..., str], change: dict[str, Any], told: str
) -> None:
    """File, line and field stand in the refusal."""
    write("summeval.jsonl", [ROW, ROW | change])
    said = refusal("summeval")
    assert "summeval.jsonl:2" in said
    assert told in said
