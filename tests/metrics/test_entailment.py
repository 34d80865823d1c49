import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness import spec
from harness.errors import UsageError
from harness.metrics import entailment as module
from harness.metrics._premises import packed
from harness.metrics.entailment import Entailment
from harness.models.encoder_pairs import Verdict
from harness.parts import Verifier
from harness.records import Article, Doubt, Item
from harness.text.sentences import sentences
from tests.fixtures import original_metrics as originals
from tests.models.test_encoders import spoil
from tests.tiny_models import READS, encoder, hollow, tell

LABELS = originals.LABELS["mnli"]
ITEMS = [Item(Article("a", originals.ARTICLE), text, ()) for text in originals.SUMMARIES]
OTHER = Item(
    Article("b", "The bridge will close.\nFerries cost more."), "The mayor will close it.", ()
)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of tiny models for inference: BERT, RoBERTa, and one that reads little."""
    root = tmp_path_factory.mktemp("entailment")
    kinds = ("bert", "roberta")
    made = {kind: encoder(kind, root / kind, LABELS, reads=originals.READS) for kind in kinds}
    return {**made, "short": encoder("bert", root / "short", LABELS)}


def plainly(path: Path, premise: str, claim: str) -> tuple[float, float]:
    """Return the probabilities of entailment and contradiction, one pair, the plain way."""
    import torch
    import transformers

    library: Any = transformers
    tokenizer = library.AutoTokenizer.from_pretrained(path)
    model = library.AutoModelForSequenceClassification.from_pretrained(path).eval()
    with torch.no_grad():
        told = model(**tokenizer(premise, claim, return_tensors="pt")).logits[0].softmax(dim=-1)
    return float(told[2]), float(told[0])


def values(part: Entailment, items: Sequence[Item]) -> Any:
    """Return mean and minimum, a row per item."""
    scores = part.score(items)
    assert not scores.unscored
    return np.stack([scores.values[c.name] for c in part.columns()], axis=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(originals.LABELS))
def test_the_scores_are_those_of_summac(tmp_path: Path, name: str) -> None:
    """Figures of summac 0.0.4 itself, with labels in either order, within 1e-6.

    tests/fixtures/original_metrics.py tells how they were made.
    """
    path = encoder("bert", tmp_path / "m", originals.LABELS[name], reads=originals.READS)
    figures = json.loads(originals.FIGURES.read_text(encoding="utf-8"))["summac-zs"][name]
    np.testing.assert_allclose(values(Entailment(str(path)), ITEMS)[:, 0], figures, atol=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_a_sentence_is_told_with_its_best_evidence(models: dict[str, Path], kind: str) -> None:
    """A plain loop over all pairs finds the same probabilities and the same article sentence."""
    scores = Entailment(str(models[kind])).score(ITEMS[:1])
    told: Any = (scores.details or [])[0]
    long = [s for s in sentences(originals.ARTICLE) if len(s) > 10]
    by_hand = []
    for one in told["sentences"]:
        claim = originals.SUMMARIES[0][one["start"] : one["end"]]
        found = [plainly(models[kind], premise, claim) for premise in long]
        best = max(range(len(long)), key=lambda i: found[i][0])
        assert one["evidence"] == long[best]
        assert one["entailment"] == pytest.approx(found[best][0], abs=1e-6)
        assert one["contradiction"] == pytest.approx(max(c for _, c in found), abs=1e-6)
        by_hand.append(one["entailment"] - one["contradiction"])
    assert len(by_hand) == 2
    assert scores.values["entailment"][0] == pytest.approx(np.mean(by_hand), abs=1e-12)
    assert scores.values["entailment-min"][0] == pytest.approx(min(by_hand), abs=1e-12)


@pytest.mark.slow
def test_a_pair_is_the_whole_article_and_a_sentence(models: dict[str, Path]) -> None:
    """Its score is the probability of entailment alone, also of short sentences."""
    scores = Entailment(str(models["bert"]), how="pair").score([ITEMS[2], OTHER])
    claims = sentences(originals.SUMMARIES[2])
    wanted = [plainly(models["bert"], originals.ARTICLE, claim)[0] for claim in claims]
    assert claims[0] == "Yes!"
    assert scores.values["entailment"][0] == pytest.approx(np.mean(wanted), abs=1e-6)
    assert scores.values["entailment-min"][0] == pytest.approx(min(wanted), abs=1e-6)
    details: Any = scores.details
    assert {one["evidence"] for one in details[0]["sentences"]} == {None}


@pytest.mark.slow
def test_a_chunk_is_as_many_whole_sentences_as_fit(models: dict[str, Path]) -> None:
    """The evidence is a stretch of the article; the best stretch counts."""
    part = Entailment(str(models["bert"]), how="chunk", chunk_tokens=80)
    scores = part.score(ITEMS[:1])
    assert not scores.warnings
    found = sentences(originals.ARTICLE)
    stretches = [" ".join(found[a:b]) for a in range(len(found)) for b in range(a + 1, 9)]
    told: Any = (scores.details or [])[0]
    for one in told["sentences"]:
        claim = originals.SUMMARIES[0][one["start"] : one["end"]]
        assert one["evidence"] in stretches
        wanted = plainly(models["bert"], one["evidence"], claim)[0]
        assert one["entailment"] == pytest.approx(wanted, abs=1e-6)
    whole = dataclasses.replace(part, chunk_tokens=4000)
    assert values(whole, ITEMS[:1]) == pytest.approx(
        values(dataclasses.replace(part, how="pair"), ITEMS[:1]), abs=1e-12
    )


PACKED = [
    pytest.param([], 5, [], id="nothing"),
    pytest.param([3, 2, 4], 5, [0, 2, 3], id="just-fits"),
    pytest.param([9, 1, 1], 5, [0, 1, 3], id="one-too-long-stands-alone"),
    pytest.param([1, 9, 1], 5, [0, 1, 2, 3], id="also-in-the-middle"),
    pytest.param([1, 1, 1], 1, [0, 1, 2, 3], id="one-each"),
]


@pytest.mark.parametrize(("sizes", "most", "wanted"), PACKED)
def test_stretches_hold_whole_sentences(sizes: list[int], most: int, wanted: list[int]) -> None:
    """No sentence is left out, and none but a too long one goes beyond what is allowed."""
    assert packed(sizes, most) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("how", ["summac-zs", "pair", "chunk"])
@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_a_score_depends_on_its_item_alone(models: dict[str, Path], kind: str, how: Any) -> None:
    """Batched or one by one, in any order, within 1e-6: padding moves only the last bits."""
    part = Entailment(str(models[kind]), how=how)
    items = [*ITEMS, OTHER]
    together = values(part, items)
    np.testing.assert_allclose(
        together, np.concatenate([values(part, [i]) for i in items]), atol=1e-6
    )
    np.testing.assert_allclose(values(part, items[::-1]), together[::-1], atol=1e-6)
    one = dataclasses.replace(part, batch_tokens=1)
    np.testing.assert_allclose(values(one, items), together, atol=1e-6)


@pytest.mark.slow
def test_the_article_is_cut_and_never_the_claim(models: dict[str, Path]) -> None:
    """Cut premises are warned of; a claim that leaves no room at all has no score."""
    part = Entailment(str(models["short"]), how="pair")
    long = dataclasses.replace(ITEMS[0], summary="The bridge " * 80)
    scores = part.score([ITEMS[0], long])
    assert scores.warnings == {0: "premises were cut to what the model reads"}
    words = f"leaves no room for the article in the {READS} tokens that the model reads"
    assert scores.unscored == {1: f"a sentence of the summary {words}"}


@pytest.mark.slow
def test_chunks_leave_room_for_the_claim(models: dict[str, Path]) -> None:
    """A stretch holds fewer sentences beside a longer claim, so that nothing need be cut."""
    texts = ("The bridge will close. " * 12, "The bridge will close on the day that the council s.")
    item = Item(Article("a", texts[0]), texts[1], ())
    scores = Entailment(str(models["short"]), how="chunk").score([item])
    assert (scores.warnings, scores.unscored) == ({}, {})


SILENT = [
    pytest.param(originals.ARTICLE, " ", "the summary is empty", id="summary"),
    pytest.param("\n", "The bridge will close.", "the article is empty", id="article"),
    pytest.param(originals.ARTICLE, "Yes. No.", "no sentence of the summary is longer", id="short"),
    pytest.param(
        "Yes. No.", "The bridge will close.", "no sentence of the article", id="short-art"
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("article", "summary", "reason"), SILENT)
def test_what_cannot_be_asked_is_unscored(
    models: dict[str, Path], article: str, summary: str, reason: str
) -> None:
    """The original gives 0, as to a summary that is neither entailed nor contradicted."""
    bad = Item(Article("x", article), summary, ())
    scores = Entailment(str(models["bert"])).score([ITEMS[0], bad, OTHER])
    assert list(scores.unscored) == [1]
    assert scores.unscored[1].startswith(reason)


@pytest.mark.slow
def test_broken_numbers_are_a_reason(tmp_path: Path) -> None:
    """NaN weights leave every summary unscored, and every doubt without an answer."""
    path = encoder("bert", tmp_path / "m", LABELS, reads=originals.READS)
    spoil(path)
    part = Entailment(str(path))
    assert "overflowed (NaN)" in part.score(ITEMS[:1]).unscored[0]
    (opinion,) = part.verify([Doubt(ITEMS[0].article, ITEMS[0].summary, 0, 5)])
    assert opinion.supported is None
    assert "overflowed (NaN)" in opinion.words


def test_what_moves_a_score_is_in_the_signature(tmp_path: Path) -> None:
    """The way, the labels, and for chunks their length."""
    names = dict(zip("012", LABELS, strict=True))
    plain = Entailment(str(hollow(tmp_path / "m", {"model_type": "bert", "id2label": names})))
    chunk = dataclasses.replace(plain, how="chunk")
    parts = [
        plain,
        chunk,
        dataclasses.replace(plain, how="pair"),
        dataclasses.replace(chunk, chunk_tokens=99),
        dataclasses.replace(plain, labels="entailment,neutral,contradiction"),
    ]
    assert len({part.signature() for part in parts}) == len(parts)
    assert dataclasses.replace(plain, chunk_tokens=99).signature() == plain.signature()


DOUBT = Doubt(ITEMS[0].article, originals.SUMMARIES[0], 40, 45)


@pytest.mark.slow
def test_a_doubt_is_answered_by_its_sentence(models: dict[str, Path]) -> None:
    """The second sentence holds the span; its own best evidence answers it."""
    part = Entailment(str(models["bert"]))
    assert isinstance(part, Verifier)
    details: Any = part.score(ITEMS[:1]).details
    wanted = details[0]["sentences"][1]
    (opinion,) = part.verify([DOUBT])
    assert opinion.probability == pytest.approx(wanted["entailment"], abs=1e-6)
    assert opinion.supported is (wanted["entailment"] > 0.5)
    assert wanted["evidence"] in opinion.words


def _says(probability: float) -> Any:
    def verdicts(_: Any, __: Any, pairs: Any) -> Any:
        return {pair: Verdict(probability, 0.1, cut=False) for pair in pairs}

    return verdicts


ANSWERS = [
    pytest.param(0.51, True, "entailed by: The crack grew.", id="above"),
    pytest.param(0.5, False, "not entailed; nearest: The crack grew.", id="at-a-half"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("probability", "supported", "words"), ANSWERS)
def test_a_doubt_s_own_evidence_comes_first(
    models: dict[str, Path], monkeypatch: Any, probability: float, supported: bool, words: str
) -> None:
    """Where all premises are as likely, the one that came with the doubt is named."""
    monkeypatch.setattr(module, "verdicts", _says(probability))
    doubt = dataclasses.replace(DOUBT, evidence="The crack grew.")
    (opinion,) = Entailment(str(models["bert"])).verify([doubt])
    assert (opinion.supported, opinion.words) == (supported, words)
    (whole,) = Entailment(str(models["bert"]), how="pair").verify([DOUBT])
    assert whole.words.endswith("the whole article")


UNANSWERED = [
    pytest.param(dataclasses.replace(DOUBT, start=900, end=905), "no sentence there", id="span"),
    pytest.param(dataclasses.replace(DOUBT, article=Article("x", "")), "no sentence", id="article"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("doubt", "words"), UNANSWERED)
def test_a_doubt_about_nothing_has_no_answer(
    models: dict[str, Path], doubt: Doubt, words: str
) -> None:
    """It is neither borne out nor not, and says why; the doubt beside it is answered."""
    found = Entailment(str(models["bert"])).verify([doubt, DOUBT])
    assert (found[0].supported, found[1].supported is None) == (None, False)
    assert words in found[0].words


def test_a_spec_reads_back_as_the_same_part() -> None:
    """What is printed of a metric is what can be typed."""
    part = Entailment("m", how="chunk", chunk_tokens=99)
    assert spec.show(part) == "entailment(model='m', how='chunk', chunk_tokens=99)"
    assert spec.parse("metrics", spec.show(part)) == part


@pytest.mark.slow
@pytest.mark.parametrize("how", ["summac-zs", "pair", "chunk"])
def test_a_text_that_the_tokenizer_fails_on_harms_no_other(
    models: dict[str, Path], how: Any
) -> None:
    """Half of a surrogate pair is no text to a tokenizer; the other summaries have their scores."""
    part = Entailment(str(models["bert"]), how=how)
    odd = Item(ITEMS[0].article, "The bridge \ud83d will close.", ())
    scores = part.score([odd, ITEMS[0]])
    assert list(scores.unscored) == [0]
    assert "makes the model fail: TypeError" in scores.unscored[0]
    alone = part.score([ITEMS[0]]).values["entailment"][0]
    assert scores.values["entailment"][1] == pytest.approx(alone, abs=1e-6)
    [opinion] = part.verify([Doubt(odd.article, odd.summary, 4, 10)])
    assert opinion.supported is None
    assert "makes the model fail: TypeError" in opinion.words


@pytest.mark.slow
def test_told_labels_are_held_against_the_model_itself(tmp_path: Path) -> None:
    """A config without names leaves the number of its outputs to transformers: two."""
    path = encoder("bert", tmp_path / "m", ("LABEL_0", "LABEL_1"))
    tell(path, "config.json", id2label=None, label2id=None)
    told = Entailment(str(path), how="pair", labels="contradiction,neutral,entailment")
    with pytest.raises(UsageError, match="names 3 outputs; the model has 2"):
        told.score(ITEMS[:1])
    assert not dataclasses.replace(told, labels="no,entailment").score(ITEMS[:1]).unscored
