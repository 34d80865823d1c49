from collections.abc import Callable
from typing import Any

import pytest

from harness.records import Span
from tests.benchmarks.conftest import Read, Write

SOURCES: list[dict[str, Any]] = [
    {"source_id": "1", "task_type": "Summary", "source_info": "It rained."},
    {"source_id": "2", "task_type": "QA", "source_info": {"question": "When?"}},
]
MARK = {"start": 3, "end": 9, "text": "snowed", "label_type": "Evident Conflict"}
ROW: dict[str, Any] = {
    "source_id": "1",
    "model": "m",
    "labels": [MARK],
    "split": "train",
    "quality": "good",
}
ROW |= {"response": "It snowed."}


def test_summaries_of_good_quality_are_read(write: Write, read: Read) -> None:
    """Other tasks, refusals and broken texts are passed over; train is the validation part."""
    write("source_info.jsonl", SOURCES)
    others = [ROW | {"source_id": "2"}, ROW | {"quality": "truncated"}]
    write("response.jsonl", [ROW, *others, ROW | {"labels": [], "split": "test"}])
    bad, good = read("ragtruth")
    assert bad.spans == (Span(3, 9, "Evident Conflict"),)
    assert (bad.split, bad.labels, bad.errors) == (
        "validation",
        {"consistent": False},
        ("Evident Conflict",),
    )
    assert (good.split, good.labels) == ("test", {"consistent": True})


WRONG = {
    "span-outside": ({"labels": [MARK | {"end": 90}]}, "labels[0]: the field 'end' is 90"),
    "unknown-source": ({"source_id": "9"}, "no article '9'"),
    "unknown-split": ({"split": "dev"}, "the field 'split' is 'dev'"),
}


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_a_bad_field_is_named_with_its_line(
    write: Write, refusal: Callable[..., str], change: dict[str, Any], told: str
) -> None:
    """File, line and field stand in the refusal."""
    write("source_info.jsonl", SOURCES)
    write("response.jsonl", [ROW, ROW | change])
    said = refusal("ragtruth")
    assert "response.jsonl:2" in said
    assert told in said
