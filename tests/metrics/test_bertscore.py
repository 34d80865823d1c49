import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness import spec
from harness.errors import InputError, MissingExtraError, SummariserError, UsageError
from harness.metrics import bertscore as module
from harness.metrics.bertscore import LAYERS, BertScore
from harness.records import Article, Item
from tests.fixtures import original_metrics as originals
from tests.models.test_encoders import spoil
from tests.tiny_models import build, encoder, hollow

CLOSE = "The council will close the bridge on Monday."
SAID = "The bridge will be closed, the mayor said."
FREE = "Ferries cost nothing!"
LONG = "The bridge will close on Monday, and ferries will run. " * 9
ITEMS = [
    Item(Article("a", "Text."), CLOSE, (SAID, FREE)),
    Item(Article("b", "Text."), SAID, (SAID,)),
    Item(Article("c", "Text."), "Ok", (LONG, CLOSE)),
    Item(Article("d", "Text."), LONG, (CLOSE, "Ok", FREE)),
    Item(Article("e", "Text."), f"  {FREE}\n", (SAID,)),
]
COLUMNS = ("bertscore-p", "bertscore-r", "bertscore")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of a tiny BERT and a tiny RoBERTa, and of two encoder-decoders."""
    root = tmp_path_factory.mktemp("bertscore")
    whole = {kind: build(kind, root / kind) for kind in ("bart", "t5")}
    return whole | {kind: encoder(kind, root / kind) for kind in ("bert", "roberta")}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a folder that can be signed for, but not loaded."""
    return hollow(tmp_path / "hollow", {"model_type": "bert", "num_hidden_layers": 4})


def rows(part: BertScore, items: Sequence[Item]) -> Any:
    """Return precision, recall and F, a row per item."""
    scores = part.score(items)
    assert not scores.unscored
    return np.stack([scores.values[name] for name in COLUMNS], axis=1)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("idf", [False, True], ids=["plain", "idf"])
@pytest.mark.parametrize("kind", ["bert", "roberta", "bart", "t5"])
def test_the_scores_are_those_of_bert_score(
    models: dict[str, Path], tmp_path: Path, kind: str, idf: bool
) -> None:
    """Several references, cut texts and idf, within 1e-6 of the package beside it.

    Under transformers 5 the package begins no text with a space, so neither does this here. In
    padded batches it takes a token's best cosine for 0 where it is below; alone it does not.
    """
    package = pytest.importorskip("bert_score")
    corpus = tmp_path / "corpus.jsonl"
    lines = [json.dumps({"id": i.article.id, "references": i.references}) for i in ITEMS]
    corpus.write_text("\n".join(lines), encoding="utf-8")
    for layer in (1, 2):
        found = package.score(
            [i.summary for i in ITEMS],
            [list(i.references) for i in ITEMS],
            model_type=str(models[kind]),
            num_layers=layer,
            idf=idf,
            nthreads=0,
            batch_size=1,
        )
        told = str(corpus) if idf else None
        part = BertScore(str(models[kind]), layer, idf=told, prefix_space=False)
        wanted = np.stack([side.numpy() for side in found], axis=1)
        np.testing.assert_allclose(rows(part, ITEMS), wanted, atol=1e-6)
        assert len(np.unique(wanted.round(4))) > 9


@pytest.mark.slow
@pytest.mark.parametrize("how", ["plain", "idf"])
def test_the_scores_are_those_that_were_published_with(tmp_path: Path, how: str) -> None:
    """With transformers 4, RoBERTa's slow tokenizer begins a text with a space.

    Figures of bert-score 0.3.13; tests/fixtures/original_metrics.py tells how they were made.
    """
    path = encoder("roberta", tmp_path / "m", reads=originals.READS)
    references = [*originals.SUMMARIES[1:], originals.SUMMARIES[0]]
    (tmp_path / "idf.txt").write_text("\n".join(references), encoding="utf-8")
    items = [
        Item(Article("a", "Text."), summary, (reference,))
        for summary, reference in zip(originals.SUMMARIES, references, strict=True)
    ]
    told = str(tmp_path / "idf.txt") if how == "idf" else None
    wanted = json.loads(originals.FIGURES.read_text(encoding="utf-8"))["bertscore"][how]
    part = BertScore(str(path), originals.LAYER, idf=told)
    np.testing.assert_allclose(rows(part, items).T, wanted, atol=1e-6)
    bare = dataclasses.replace(part, prefix_space=False)
    assert abs(rows(bare, items).T - wanted).max() > 1e-3


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_a_score_depends_on_its_item_alone(models: dict[str, Path], kind: str) -> None:
    """Batched or one by one, in any order, within 1e-6: padding moves only the last bits."""
    part = BertScore(str(models[kind]), 2)
    together = rows(part, ITEMS)
    alone = np.concatenate([rows(part, [item]) for item in ITEMS])
    np.testing.assert_allclose(together, alone, atol=1e-6)
    np.testing.assert_allclose(rows(part, ITEMS[::-1]), together[::-1], atol=1e-6)
    small = dataclasses.replace(part, batch_tokens=1)
    np.testing.assert_allclose(rows(small, ITEMS), together, atol=1e-6)


@pytest.mark.slow
def test_equal_texts_score_one_and_no_more(models: dict[str, Path]) -> None:
    """The rounding that takes a cosine to 1.0000001 is taken off."""
    found = rows(BertScore(str(models["bert"]), 1), [ITEMS[1]])
    np.testing.assert_allclose(found, 1.0, atol=1e-6)
    assert found.max() <= 1.0


EMPTY = [
    pytest.param("", (CLOSE,), "the summary is empty", id="summary"),
    pytest.param(" \n", (CLOSE,), "the summary is empty", id="white-space"),
    pytest.param(CLOSE, ("", " "), "the reference is empty", id="references"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("summary", "references", "reason"), EMPTY)
def test_an_empty_text_has_no_score_and_harms_no_other(
    models: dict[str, Path], summary: str, references: tuple[str, ...], reason: str
) -> None:
    """bert-score fails on one under transformers 5; an empty reference beside another is no bar."""
    part = BertScore(str(models["bert"]), 2)
    empty = Item(Article("x", "Text."), summary, references)
    scores = part.score([ITEMS[0], empty, ITEMS[1]])
    assert scores.unscored == {1: reason}
    kept = [scores.values["bertscore"][i] for i in (0, 2)]
    np.testing.assert_allclose(kept, rows(part, ITEMS[:2])[:, 2], atol=1e-6)
    beside = Item(Article("x", "Text."), CLOSE, ("", SAID, FREE))
    np.testing.assert_allclose(rows(part, [beside]), rows(part, ITEMS[:1]), atol=1e-6)


@pytest.mark.slow
def test_words_that_stand_in_every_text_weigh_nothing(
    models: dict[str, Path], tmp_path: Path
) -> None:
    """A summary all of whose tokens are everywhere has no mean; one with a rare token has."""
    (tmp_path / "idf.txt").write_text("the bridge\n\nthe bridge, the mayor\n", encoding="utf-8")
    part = BertScore(str(models["bert"]), 2, idf=str(tmp_path / "idf.txt"))
    items = [Item(Article("a", "T."), text, (SAID,)) for text in ("The bridge", "The mayor")]
    scores = part.score(items)
    assert scores.unscored == {0: "the summary has no token of weight"}


@pytest.mark.slow
def test_what_was_cut_is_warned_of(models: dict[str, Path]) -> None:
    """A text longer than the model is scored as far as it was read."""
    warnings = BertScore(str(models["bert"]), 2).score(ITEMS).warnings
    assert warnings == {
        2: "only the first 64 tokens of a reference were read",
        3: "only the first 64 tokens of the summary were read",
    }


@pytest.mark.slow
def test_broken_numbers_are_a_reason(tmp_path: Path) -> None:
    """NaN weights leave every summary unscored, each with its reason."""
    spoil(encoder("bert", tmp_path / "m"))
    scores = BertScore(str(tmp_path / "m"), 2).score(ITEMS[:2])
    assert set(scores.unscored) == {0, 1}
    assert "the model's numbers overflowed (NaN); try dtype='float32'" in scores.unscored[0]


@pytest.mark.slow
def test_a_baseline_moves_each_column_by_its_own(models: dict[str, Path], tmp_path: Path) -> None:
    """(x - b) / (1 - b), with the layer's row of the file."""
    (tmp_path / "b.tsv").write_text("LAYER,P,R,F\n0,0.1,0.1,0.1\n2,0.5,0.4,0.45\n")
    plain = BertScore(str(models["bert"]), 2)
    part = dataclasses.replace(plain, baseline=str(tmp_path / "b.tsv"))
    b = np.array([0.5, 0.4, 0.45])
    np.testing.assert_allclose(rows(part, ITEMS), (rows(plain, ITEMS) - b) / (1 - b), atol=1e-6)
    assert [c.low for c in part.columns()] == [None, None, None]
    assert [c.low for c in plain.columns()] == [-1, -1, -1]


@pytest.mark.slow
def test_precision_and_recall_below_zero_have_no_mean(
    models: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A harmonic mean of numbers of two signs may be anything, so there is no score."""
    monkeypatch.setattr(module, "matches", lambda pairs, *_: [(-0.1, 0.2) for _ in pairs])
    found = BertScore(str(models["bert"]), 1).score(ITEMS[1:2]).unscored[0]
    assert found.startswith("precision -0.100 and recall 0.200 have no harmonic mean")


def test_a_baseline_without_the_layer_is_refused(model: Path, tmp_path: Path) -> None:
    """Before any work is done: bert-score takes the n-th row of whatever file."""
    (tmp_path / "b.tsv").write_text("LAYER,P,R,F\n0,0.1,0.1,0.1\n")
    with pytest.raises(InputError, match="no baseline for layer 2"):
        BertScore(str(model), 2, baseline=str(tmp_path / "b.tsv")).signature()


def test_a_layer_is_known_or_asked_for(model: Path) -> None:
    """The best-known models have the layer of the paper's table; no other is guessed."""
    assert BertScore("roberta-large")._layer == LAYERS["roberta-large"] == 17
    with pytest.raises(UsageError, match=r"needs layer=\.\.\.: scores of different layers do not"):
        BertScore(str(model))
    with pytest.raises(UsageError, match=r"layer=5\) is not possible: give at most 4, its layers"):
        BertScore(str(model), 5).signature()
    with pytest.raises(UsageError, match=r"layer=-1.*at least 0"):
        BertScore(str(model), -1)


def test_a_causal_model_is_refused(tmp_path: Path) -> None:
    """Before it is loaded, and with what to give instead."""
    path = hollow(tmp_path / "m", {"model_type": "llama", "architectures": ["LlamaForCausalLM"]})
    with pytest.raises(SummariserError, match=r"bertscore needs an encoder.*RoBERTa or DeBERTa"):
        BertScore(str(path), 2).signature()


def test_what_moves_a_score_is_in_the_signature(model: Path, tmp_path: Path) -> None:
    """Layer, idf, baseline, dtype and device are; speed and trust are not."""
    (tmp_path / "idf.txt").write_text("One.\n")
    (tmp_path / "b.csv").write_text("LAYER,P,R,F\n2,0.5,0.4,0.45\n")
    plain = BertScore(str(model), 2, device="cpu")
    moving: list[dict[str, Any]] = [
        {"layer": 3},
        {"idf": str(tmp_path / "idf.txt")},
        {"baseline": str(tmp_path / "b.csv")},
        {"dtype": "bfloat16"},
        {"device": "cuda"},
    ]
    signatures = {dataclasses.replace(plain, **given).signature() for given in moving}
    assert len(signatures | {plain.signature()}) == len(moving) + 1
    idle: list[dict[str, Any]] = [{"threads": 1}, {"batch_tokens": 9}, {"pickle": True}]
    assert {dataclasses.replace(plain, **given).signature() for given in idle} == {
        plain.signature()
    }
    before = dataclasses.replace(plain, idf=str(tmp_path / "idf.txt")).signature()
    (tmp_path / "idf.txt").write_text("Two.\n")
    assert dataclasses.replace(plain, idf=str(tmp_path / "idf.txt")).signature() != before


def test_the_space_of_a_text_s_first_word_is_roberta_s_alone(tmp_path: Path) -> None:
    """For BERT it changes nothing, and is not in the signature."""
    kinds = [("roberta", "RobertaTokenizer", "yes"), ("bert", "BertTokenizer", "no")]
    for kind, name, wanted in [*kinds, ("bart", "BartTokenizer", "no"), ("roberta", None, "yes")]:
        path = tmp_path / f"{kind}-{name}"
        hollow(
            path, {"model_type": kind}, tokenizer_config={"tokenizer_class": name} if name else {}
        )
        assert f"|space:{wanted}|" in BertScore(str(path), 2).signature()


def test_a_spec_reads_back_as_the_same_part() -> None:
    """What is printed of a metric is what can be typed."""
    part = BertScore("m", 9, idf="refs.jsonl", dtype="bfloat16")
    text = spec.show(part)
    assert text == "bertscore(model='m', layer=9, idf='refs.jsonl', dtype='bfloat16')"
    assert spec.parse("metrics", text) == part


def test_a_core_install_is_told_what_to_install(model: Path, monkeypatch: Any) -> None:
    """Without torch the error names the metric and the extra."""
    import harness.models.encoders as source

    def absent(purpose: str) -> dict[str, str]:
        raise MissingExtraError("torch", "models", purpose)

    monkeypatch.setattr(source, "versions", absent)
    with pytest.raises(MissingExtraError, match=r"bertscore needs.*pip install 'harness\[models"):
        BertScore(str(model), 2).signature()
