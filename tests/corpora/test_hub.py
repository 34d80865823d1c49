"""Tests of reading Hugging Face data sets, saved to disk by the tests."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import datasets
import pytest

from harness import spec
from harness.corpora.hub import Hub
from harness.errors import InputError
from harness.parts import Corpus
from harness.records import Article

Read = Callable[[Corpus], list[Article]]
Refusal = Callable[[Corpus], str]


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches for the network, or draws progress bars."""
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    datasets.disable_progress_bars()


def save(folder: Path, **columns: Any) -> str:
    """Save one data set to disk and return its folder."""
    datasets.Dataset.from_dict(columns).save_to_disk(str(folder))
    return str(folder)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(
            {"article": ["One."], "highlights": ["H."], "id": ["f0"]},
            Article("f0", "One.", ("H.",)),
            id="cnn_dailymail",
        ),
        pytest.param(
            {"document": ["One."], "summary": ["S."], "id": ["35"]},
            Article("35", "One.", ("S.",)),
            id="xsum",
        ),
        pytest.param(
            {"id": ["13"], "dialogue": ["A: Hi.\r\nB: Hi."], "summary": ["S."]},
            Article("13", "A: Hi.\nB: Hi.", ("S.",)),
            id="samsum",
        ),
        pytest.param(
            {"document": ["One. ||||| Two. |||||"], "summary": ["S."]},
            Article("0", "One.\n\nTwo.", ("S.",)),
            id="multi_news",
        ),
        pytest.param(
            {"text": ["One."], "summary": ["S."], "title": ["T"]},
            Article("0", "One.", ("S.",), "T"),
            id="billsum",
        ),
        pytest.param(
            {"article": ["One."], "abstract": ["S."]},
            Article("0", "One.", ("S.",)),
            id="arxiv",
        ),
        pytest.param(
            {"text": ["One."], "human_summaries": [["R.", "S."]]},
            Article("0", "One.", ("R.", "S.")),
            id="several references",
        ),
    ],
)
def test_the_usual_data_sets_need_no_names(
    tmp_path: Path, read: Read, columns: dict[str, Any], expected: Article
) -> None:
    """Their columns, as the hub's cards list them."""
    assert read(Hub(save(tmp_path / "set", **columns))) == [expected]


def test_columns_are_read_under_the_names_given(tmp_path: Path, read: Read) -> None:
    """Several columns give several references."""
    path = save(tmp_path / "set", a=["One."], b=["R."], c=["S."], d=["T."])
    found = read(Hub(path, text="a", references=("b", "c")))
    assert found == [Article("0", "One.", ("R.", "S."))]


def test_columns_that_nothing_asks_for_are_not_read(
    monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    """They may be images, which take long to decode or cannot be decoded here."""
    whole = datasets.Dataset.from_dict({"text": ["One."], "id": ["x"], "image": [[0]]})
    chosen: list[list[str]] = []

    class Watched:
        """The data set, which notes what is chosen of it."""

        column_names = whole.column_names

        def select_columns(self, names: list[str]) -> datasets.Dataset:
            """Note the names and choose."""
            chosen.append(names)
            return whole.select_columns(names)

    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: Watched())
    assert read(Hub("a/b")) == [Article("x", "One.")]
    assert chosen == [["text", "id"]]


def test_one_split_of_several_is_read(tmp_path: Path, read: Read, refusal: Refusal) -> None:
    """The test split unless another is named; a split that is not there is told."""
    parts = {name: datasets.Dataset.from_dict({"text": [name]}) for name in ("test", "validation")}
    datasets.DatasetDict(parts).save_to_disk(str(tmp_path / "set"))
    path = str(tmp_path / "set")
    assert [a.text for a in read(Hub(path))] == ["test"]
    assert [a.text for a in read(Hub(path, split="validation"))] == ["validation"]
    assert refusal(Hub(path, split="validate")) == (
        f"{path} has no split 'validate'. Did you mean validation? Say which: split='...'."
    )


def test_a_saved_split_is_not_taken_for_another(
    tmp_path: Path, read: Read, refusal: Refusal
) -> None:
    """Where a saved data set knows which split it is, that must be the one asked for."""
    split = datasets.Dataset.from_dict({"text": ["One."]}, split="validation")
    split.save_to_disk(str(tmp_path / "set"))
    path = str(tmp_path / "set")
    assert refusal(Hub(path)) == (
        f"{path} holds the split 'validation', not 'test'. Say split='validation'."
    )
    assert [a.text for a in read(Hub(path, split="validation"))] == ["One."]


def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, refusal: Refusal) -> None:
    """Rows count from 0, as in datasets."""
    path = save(tmp_path / "set", text=["One.", " "])
    assert refusal(Hub(path)) == (
        f"{path}, split test, row 1: the article's text is empty. Give it a text, or leave it out "
        "of the corpus."
    )


def test_fields_that_cannot_be_guessed_are_told(tmp_path: Path, refusal: Refusal) -> None:
    """With the data set and its columns."""
    path = save(tmp_path / "set", text=["One."], article=["Two."])
    assert refusal(Hub(path)) == (
        f"{path}, split test: the fields text and article may both hold the article's text. Say "
        "which: text='text'."
    )


def test_without_a_network_the_other_way_is_told(refusal: Refusal) -> None:
    """The hub must be reached once, or the data set given as a folder."""
    assert refusal(Hub("nobody/nothing")) == (
        "The data set nobody/nothing cannot be read (Couldn't reach 'nobody/nothing' on the Hub "
        "(OfflineModeIsEnabled)). The hub must be reached once, or the data set given as a folder "
        "that save_to_disk wrote: hub('path/to/folder')."
    )


def test_paths_that_are_no_data_set_are_told(tmp_path: Path, refusal: Refusal) -> None:
    """A path that is not there, a file, a folder of something else, a data set in pieces."""
    advice = (
        "Allowed: a data set's name on the hub, or a folder that save_to_disk wrote; for a file: "
        "jsonl(path), csv(path), parquet(path)."
    )
    file = tmp_path / "news.jsonl"
    assert refusal(Hub(str(file))) == f"{file} does not exist. {advice}"
    file.touch()
    assert refusal(Hub(str(file))) == f"{file} is a file. {advice}"
    assert refusal(Hub(str(tmp_path))).startswith(f"The data set {tmp_path} cannot be read (")
    path = save(tmp_path / "set", text=["One."])
    (tmp_path / "set" / "state.json").write_text("{")
    assert refusal(Hub(path)).endswith(
        "Give a folder that datasets.Dataset.save_to_disk wrote whole."
    )


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        pytest.param(
            RuntimeError("Dataset scripts are no longer supported, but found xsum.py"),
            "(Dataset scripts are no longer supported, but found xsum.py). Check name, config, "
            "split and revision; code of a data set is never run.",
            id="a data set with code of its own",
        ),
        pytest.param(
            ValueError("Config name is missing.\nPlease pick one"),
            "(Config name is missing). Check name, config, split and revision; code of a data set "
            "is never run.",
            id="no configuration",
        ),
    ],
)
def test_what_the_hub_says_is_passed_on(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal, error: Exception, advice: str
) -> None:
    """Its first line, and what to do."""

    def load(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(datasets, "load_dataset", load)
    assert refusal(Hub("xsum")) == f"The data set xsum cannot be read {advice}"


def test_the_hub_is_asked_for_exactly_what_was_named(
    monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    """Name, configuration, split, revision and streaming; never for running code."""
    asked: list[tuple[tuple[object, ...], dict[str, object]]] = []

    def load(*words: object, **named: object) -> datasets.Dataset:
        asked.append((words, named))
        return datasets.Dataset.from_dict({"text": ["One."]})

    monkeypatch.setattr(datasets, "load_dataset", load)
    corpus = Hub("a/b", config="c", split="test[:1]", revision="r", streaming=True)
    assert [a.text for a in read(corpus)] == ["One."]
    named = {"split": "test[:1]", "revision": "r", "streaming": True}
    assert asked == [(("a/b", "c"), named)]
    assert "trust_remote_code" not in json.dumps(named)


class Stream:
    """A streamed data set that does not know its columns before its first row, and breaks off."""

    column_names = None

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Yield one row; then the network is gone."""
        yield {"text": "One.", "summary": "S."}
        msg = "The network is gone"
        raise ConnectionError(msg)


def test_a_stream_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before has been read; columns that nobody listed are guessed from the row."""
    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: Stream())
    articles = Hub("a/b", streaming=True).articles()
    assert next(articles) == Article("0", "One.", ("S.",))
    with pytest.raises(InputError, match=r"a/b cannot be read \(The network is gone\)"):
        next(articles)


def test_its_spec_reads_back_to_the_same_corpus() -> None:
    """As it stands in eval.toml."""
    corpus = Hub("abisee/cnn_dailymail", config="3.0.0", split="test[:100]")
    assert spec.parse("corpora", spec.show(corpus)) == corpus
