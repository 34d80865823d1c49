"""Benchmarks from the hub's layouts, built by the tests and loaded as the hub's own are."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import datasets
import pytest

from harness import spec
from harness.errors import HarnessError
from harness.records import Judgement, Span
from harness.validation import validate
from harness.validation.told import as_json, notes

DIMENSIONS = ("coherence", "consistency", "fluency", "relevance")
Row = dict[str, Any]
SUMMEVAL: Row = {
    "id": "cnn-1",
    "text": "It rained all day.",
    "machine_summaries": ["Rain.", "Snow."],
    "human_summaries": ["It rained."],
    **{name: [5.0, 1.5] for name in DIMENSIONS},
}
SUMMEDITS: Row = {
    "domain": "billsum",
    "id": "b_1",
    "doc": "It rained on Monday.",
    "summary": "It rained on Friday.",
    "label": 0,
    "seed_summary": "It rained on Monday.",
    "edit_types": ["Entity Modification"],
}
MARK: Row = {"start": 3, "end": 9, "text": "snowed", "label_type": "Evident Conflict"}
RAGTRUTH: Row = {
    "id": "1",
    "query": "Summarize.",
    "context": "It rained.",
    "output": "It snowed.",
    "task_type": "Summary",
    "quality": "good",
    "model": "m-1",
    "hallucination_labels": json.dumps([MARK]),
}
LLM: Row = {"dataset": "CLIFF", "doc": "It rained.", "claim": "It did.", "label": 1}


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reaches for the network, fills anybody's cache, or draws progress bars."""
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a data set is put."""
    return tmp_path / "set"


def as_parquet(folder: Path, **splits: Sequence[Row]) -> None:
    """Write a data set as the hub keeps it."""
    (folder / "data").mkdir(parents=True)
    for name, rows in splits.items():
        file = folder / "data" / f"{name}-00000-of-00001.parquet"
        datasets.Dataset.from_list(list(rows)).to_parquet(str(file))


def as_list(folder: Path, **splits: Sequence[Row]) -> None:
    """Write a data set as one list, which the hub calls train."""
    folder.mkdir(parents=True)
    (folder / "rows.json").write_text(json.dumps(list(splits["train"])))


def saved(folder: Path, **splits: Sequence[Row]) -> None:
    """Write a data set as save_to_disk does, for a machine without a network."""
    held = {name: datasets.Dataset.from_list(list(rows)) for name, rows in splits.items()}
    datasets.DatasetDict(held).save_to_disk(str(folder))


def read(name: str, path: object) -> list[Judgement]:
    """Return a benchmark's judgements."""
    return list(spec.build("benchmarks", spec.Call(name, {"path": str(path)})).judgements())


@pytest.mark.parametrize("write", [as_parquet, saved])
def test_summeval_has_an_article_a_row(folder: Path, write: Callable[..., None]) -> None:
    """As many summaries as systems, which are numbered, with the means of the experts."""
    write(folder, test=[SUMMEVAL])
    first, second = read("summeval", f"hub:{folder}")
    assert (first.summary, second.system) == ("Rain.", "system-1")
    assert second.human == dict.fromkeys(DIMENSIONS, 1.5)
    assert first.article.references == ("It rained.",)


@pytest.mark.parametrize("write", [as_list, saved])
def test_summedits_has_all_domains_in_one_table(folder: Path, write: Callable[..., None]) -> None:
    """The domain is the part; what the edit changed is the marked error."""
    write(folder, train=[SUMMEDITS, SUMMEDITS | {"label": 1, "domain": "news", "edit_types": []}])
    bad, good = read("summedits", f"hub:{folder}")
    assert (bad.group, good.group) == ("billsum", "news")
    assert bad.spans == (Span(13, 19, "Entity Modification"),)
    assert (bad.labels, good.labels) == ({"consistent": False}, {"consistent": True})


def test_ragtruth_has_its_labels_as_json(folder: Path) -> None:
    """Other tasks and broken answers are passed over; train is the validation part."""
    rows = [RAGTRUTH, RAGTRUTH | {"task_type": "QA"}, RAGTRUTH | {"quality": "truncated"}]
    sound = RAGTRUTH | {"hallucination_labels": "[]"}
    as_parquet(folder, train=rows, test=[sound])
    bad, good = read("ragtruth", f"hub:{folder}")
    assert bad.spans == (Span(3, 9, "Evident Conflict"),)
    assert (bad.split, good.split, good.labels) == ("validation", "test", {"consistent": True})
    assert (bad.system, bad.article.id) == ("m-1", good.article.id)


def test_the_successor_of_aggrefact_has_claims(folder: Path) -> None:
    """Sentences without systems; dev is the validation part."""
    as_parquet(folder, dev=[LLM], test=[LLM | {"label": 0}])
    good, bad = read("aggrefact", f"hub:{folder}")
    assert (good.split, good.system, good.group) == ("validation", None, "CLIFF")
    assert (good.labels, bad.labels) == ({"consistent": True}, {"consistent": False})


def test_the_report_says_which_data_set_was_read(folder: Path) -> None:
    """With its revision, or the folder, in words and in JSON; files are named by their path."""
    as_parquet(folder, test=[SUMMEVAL, SUMMEVAL | {"id": "2"}])
    part = spec.build("benchmarks", spec.Call("summeval", {"path": f"hub:{folder}"}))
    found = validate(part, [spec.parse("metrics", "length")], resamples=100)
    assert notes(found)[0].endswith(f"; read from the data set {folder}")
    assert as_json(found)["hub"] == str(folder)


WRONG = {
    "no-field": ("summeval", {"test": [SUMMEVAL, SUMMEVAL | {"text": None}]}, "no field 'text'"),
    "no-number": (
        "summeval",
        {"test": [SUMMEVAL, SUMMEVAL | {"fluency": [1.0, float("nan")]}]},
        "'fluency[]' is nan",
    ),
    "no-json": (
        "ragtruth",
        {"train": [RAGTRUTH, RAGTRUTH | {"hallucination_labels": "[{"}]},
        "'hallucination_labels' is '[{'. It must be JSON",
    ),
}


@pytest.mark.parametrize(("name", "splits", "told"), WRONG.values(), ids=WRONG)
def test_a_bad_field_is_named_with_its_row(
    folder: Path, name: str, splits: dict[str, list[Row]], told: str
) -> None:
    """Data set, split and row, from 0 as the hub's own viewer counts, stand in the refusal."""
    as_parquet(folder, **splits)
    with pytest.raises(HarnessError) as error:
        read(name, f"hub:{folder}")
    assert f"split {next(iter(splits))}, row 1: " in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("write", [as_parquet, saved])
def test_a_split_that_is_not_there_is_named(folder: Path, write: Callable[..., None]) -> None:
    """With what to give instead."""
    write(folder, train=[SUMMEVAL])
    with pytest.raises(HarnessError, match="save_to_disk wrote whole, with the split test"):
        read("summeval", f"hub:{folder}")


def test_without_a_network_another_way_is_told() -> None:
    """Where to load it, how to keep it, and where the files are."""
    with pytest.raises(HarnessError) as error:
        read("summeval", "hub")
    said = str(error.value)
    assert "mteb/summeval@cda12ad7615edc362dbf25a00fdd61d3b1eaf93c cannot be read" in said
    assert ".save_to_disk('summeval'), and here --data hub:summeval" in said
    assert "github.com/Yale-LILY/SummEval" in said


NAMES = {
    "own": ("hub:mteb/summeval", "mteb/summeval@cda12ad7615edc362dbf25a00fdd61d3b1eaf93c"),
    "another": ("hub:me/mine@abc", "The data set me/mine@abc cannot be read"),
    "without-revision": ("hub:me/mine", "Write hub:me/mine@COMMIT"),
    "no-name-of-the-hub": ("hubble", "hubble holds none of"),
}


@pytest.mark.parametrize(("path", "told"), NAMES.values(), ids=NAMES)
def test_a_name_on_the_hub_has_a_revision(path: str, told: str) -> None:
    """The benchmark's own has it by itself; of any other it must be said."""
    with pytest.raises(HarnessError) as error:
        read("summeval", path)
    assert told in str(error.value)
