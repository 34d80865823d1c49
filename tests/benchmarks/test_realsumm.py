import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.benchmarks.conftest import Read, Write

ARTICLE = {"id": "7", "text": "The mill burned."}


def published(system: str, recall: Any) -> dict[int, dict[str, Any]]:
    """Return what a published pickle holds of one article and one system."""
    scores = {"litepyramid_recall": recall, "rouge_1_recall": np.float32(0.5)}
    summary = {"system_summary": "<t> it burned . </t>  <t> all of it . </t>", "scores": scores}
    return {
        7: {"doc_id": 7, "ref_summ": "<t> a fire . </t>", "system_summaries": {system: summary}}
    }


def put(folder: Path, name: str, value: object) -> None:
    """Write a pickle where the project publishes it."""
    (folder / "scores_dicts").mkdir(exist_ok=True)
    (folder / "scores_dicts" / name).write_bytes(pickle.dumps(value))


def test_the_folder_layout_is_read(write: Write, read: Read) -> None:
    """Articles, outputs and judgements as JSON lines, also one folder further down."""
    write("realsumm/articles.jsonl", [ARTICLE])
    write("realsumm/outputs/bart.jsonl", [{"id": "7", "summary": "It burned."}])
    row = {"id": "7", "system": "bart", "litepyramid_recall": 0.5}
    write("realsumm/judgements.jsonl", [row])
    (one,) = read("realsumm")
    assert one.human == {"litepyramid_recall": 0.5}


def test_the_pickles_are_read(tmp_path: Path, write: Write, read: Read) -> None:
    """Sentences lose their marks; numpy's numbers are numbers; BART counts once, from ext.pkl."""
    write("articles.jsonl", [ARTICLE])
    put(tmp_path, "abs.pkl", published("bart_out.txt", 0.1) | {})
    put(tmp_path, "ext.pkl", published("bart_out.txt", np.float64(0.25)))
    (one,) = read("realsumm")
    assert one.summary == "it burned .\nall of it ."
    assert (one.system, one.article.references) == ("bart_out", ("a fire .",))
    assert one.human == {"litepyramid_recall": 0.25}


class Trap:
    """A value whose pickle would run something when it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Ask the reader to raise."""
        return (pytest.fail, ("a pickle was run",))


WRONG = {
    "code": (Trap(), "is no plain value"),
    "no-dictionary": ([1], "no dictionary of articles"),
    "no-recall": (published("t5_out.txt", None), "no field 'litepyramid_recall'"),
    "recall-above-one": (published("t5_out.txt", 2.0), "'litepyramid_recall' is 2.0"),
}


@pytest.mark.parametrize(("value", "told"), WRONG.values(), ids=WRONG)
def test_a_pickle_is_never_run(
    tmp_path: Path, write: Write, refusal: Callable[..., str], value: object, told: str
) -> None:
    """Whatever is no plain value is refused before it can act, and so is a wrong field."""
    write("articles.jsonl", [ARTICLE])
    put(tmp_path, "ext.pkl", value)
    assert told in refusal("realsumm")


def test_a_pickle_takes_no_more_room_than_it_has(
    tmp_path: Path, write: Write, refusal: Callable[..., str]
) -> None:
    """A damaged byte may number a value in the milliards, for which nothing is set aside."""
    write("articles.jsonl", [ARTICLE])
    (tmp_path / "ext.pkl").write_bytes(b"\x80\x02}r\xff\xff\xff\xff.")
    assert "it numbers a value 4294967295" in refusal("realsumm")


def test_the_pickles_need_the_articles(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """They hold none: the refusal says where to put them."""
    put(tmp_path, "abs.pkl", published("t5_out.txt", 0.5))
    assert "articles.jsonl" in refusal("realsumm")


@pytest.mark.parametrize("value", [1.5, -0.1])
def test_recall_is_a_share(write: Write, refusal: Callable[..., str], value: float) -> None:
    """A recall outside 0 to 1 is refused with its line."""
    write("articles.jsonl", [ARTICLE])
    row = {"id": "7", "system": "bart", "summary": "x", "litepyramid_recall": value}
    write("judgements.jsonl", [row])
    said = refusal("realsumm")
    assert "judgements.jsonl:1: the field 'litepyramid_recall'" in said
    assert "from 0 to 1" in said
