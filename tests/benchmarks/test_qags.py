from collections.abc import Callable
from typing import Any

import pytest

from tests.benchmarks.conftest import Read, Write

PLAIN = {"text": "It rained.", "sentences": ["It rained.", "It snowed."]}
SENTENCE = {
    "sentence": "It rained.",
    "responses": [{"worker_id": i, "response": r} for i, r in enumerate(("yes", "yes", "no"))],
}


def test_plain_verdicts_are_read(write: Write, read: Read) -> None:
    """A summary is consistent where all its sentences are; the share is its consistency."""
    write("qags_cnndm.jsonl", [PLAIN | {"sentence_consistent": [True, False]}])
    (one,) = read("qags")
    assert one.summary == "It rained.\nIt snowed."
    assert (one.human, one.labels) == ({"consistency": 0.5}, {"consistent": False})
    assert (one.group, one.ratings) == ("cnndm", {})


def test_published_answers_are_read(write: Write, read: Read) -> None:
    """The majority of each sentence counts, and single answers are kept for people's agreement."""
    write("mturk_xsum.jsonl", [{"article": "It rained.", "summary_sentences": [SENTENCE]}])
    (one,) = read("qags")
    assert one.labels == {"consistent": True}
    assert one.ratings == {"consistent": ((1.0, 1.0, 0.0),)}
    assert one.group == "xsum"


WRONG = {
    "one-verdict-missing": (PLAIN | {"sentence_consistent": [True]}, "'sentence_consistent'"),
    "no-verdict": (PLAIN | {"sentence_consistent": [True, "maybe"]}, "'maybe'"),
    "no-article": ({"summary_sentences": [SENTENCE]}, "no field 'article'"),
    "no-answers": (
        {"article": "x", "summary_sentences": [{"sentence": "x", "responses": []}]},
        "'summary_sentences'",
    ),
    "no-response": (
        {"article": "x", "summary_sentences": [{"sentence": "x", "responses": [{}]}]},
        "summary_sentences[0], responses[0]: there is no field 'response'",
    ),
}


@pytest.mark.parametrize(("row", "told"), WRONG.values(), ids=WRONG)
def test_a_bad_field_is_named_with_its_line(
    write: Write, refusal: Callable[..., str], row: dict[str, Any], told: str
) -> None:
    """File, line and field stand in the refusal."""
    write("qags_cnndm.jsonl", [row])
    said = refusal("qags")
    assert "qags_cnndm.jsonl:1" in said
    assert told in said


def test_an_empty_folder_says_which_files_it_looked_for(refusal: Callable[..., str]) -> None:
    """The names of shipped and published files stand in the refusal."""
    assert "mturk_*.jsonl" in refusal("qags")
