import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness import spec
from harness.errors import SummariserError, UsageError
from harness.metrics.likelihood import Likelihood
from harness.records import Article, Item
from tests.models.test_encoders import spoil
from tests.tiny_models import Tiny, build, builder, hollow

ARTICLE = (
    "The council voted on Tuesday to close the old harbour bridge after engineers found cracks. "
    "Ferries will run every twenty minutes."
)
ITEMS = [
    Item(Article("a", ARTICLE), "The bridge will close.", ("The council closed it.", "Ferries!")),
    Item(Article("b", "Ferries will run."), "Ferries will run every twenty minutes.", ("No.",)),
    Item(Article("c", ARTICLE), "Mayor Ana Ruiz said repairs would cost 4.2 million.", (ARTICLE,)),
]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Return what gives the folder of a family's tiny model."""
    return builder(tmp_path_factory.getbasetemp() / "tiny")


def values(part: Likelihood, items: Sequence[Item]) -> list[float]:
    """Return the score of every item."""
    scores = part.score(items)
    assert not scores.unscored
    found: list[float] = scores.values["likelihood"].tolist()
    return found


def plainly(path: Path, read: str, text: str) -> float:
    """Return minus the loss of transformers for one pair of texts: a mean over the tokens."""
    import torch
    import transformers

    library: Any = transformers
    tokenizer = library.AutoTokenizer.from_pretrained(path)
    model = library.AutoModelForSeq2SeqLM.from_pretrained(path).eval()
    told, labels = tokenizer(read, return_tensors="pt"), tokenizer(text_target=text)["input_ids"]
    more = {}
    if model.config.model_type == "led":
        more["global_attention_mask"] = torch.zeros_like(told["input_ids"])
        more["global_attention_mask"][:, 0] = 1
    with torch.no_grad():
        given = {"input_ids": told["input_ids"], "attention_mask": told["attention_mask"], **more}
        return -float(model(**given, labels=torch.tensor([labels])).loss)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bart", "t5", "pegasus", "led", "mbart"])
def test_the_likelihood_is_minus_the_loss_of_transformers(tiny: Tiny, family: str) -> None:
    """One pair at a time, unpadded, the plain way: within 1e-5 of some 5 to 30 nats."""
    path = tiny(family)
    wanted = [plainly(path, item.article.text, item.summary) for item in ITEMS]
    assert values(Likelihood(str(path)), ITEMS) == pytest.approx(wanted, abs=1e-5)
    assert len({round(one, 3) for one in wanted}) == len(ITEMS)


@pytest.mark.slow
def test_a_direction_says_what_is_read_and_what_is_scored(tiny: Tiny) -> None:
    """Of several references the likeliest counts, either way round."""
    path = tiny("bart")
    one = ITEMS[0]
    recall = max(plainly(path, one.summary, text) for text in one.references)
    precision = max(plainly(path, text, one.summary) for text in one.references)
    part = Likelihood(str(path), "summary->reference")
    assert values(part, [one]) == pytest.approx([recall], abs=1e-5)
    other = dataclasses.replace(part, direction="reference->summary")
    assert values(other, [one]) == pytest.approx([precision], abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bart", "t5", "led"])
def test_a_score_depends_on_its_item_alone(tiny: Tiny, family: str) -> None:
    """Batched or one by one, in any order: padding moves only the last bits."""
    part = Likelihood(str(tiny(family)))
    together = values(part, ITEMS)
    alone = [values(part, [item])[0] for item in ITEMS]
    np.testing.assert_allclose(together, alone, rtol=1e-6)
    np.testing.assert_allclose(values(part, ITEMS[::-1]), together[::-1], rtol=1e-6)
    one = dataclasses.replace(part, batch_tokens=1)
    np.testing.assert_allclose(values(one, ITEMS), together, rtol=1e-6)


SILENT = [
    pytest.param("article->summary", " ", "Text.", (), "the summary is empty", id="summary"),
    pytest.param("article->summary", "Text.", "\n", (), "the article is empty", id="article"),
    pytest.param("summary->reference", "Text.", "T.", ("",), "the reference is empty", id="ref"),
    pytest.param("reference->summary", "Text.", "T.", (), "no reference", id="no-reference"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("direction", "summary", "article", "references", "reason"), SILENT)
def test_a_text_that_is_not_there_has_no_likelihood(
    tiny: Tiny,
    direction: Any,
    summary: str,
    article: str,
    references: tuple[str, ...],
    reason: str,
) -> None:
    """The summary has a reason, and the others their scores."""
    bad = Item(Article("x", article), summary, references)
    scores = Likelihood(str(tiny("bart")), direction).score([ITEMS[0], bad])
    assert scores.unscored == {1: reason}


@pytest.mark.slow
def test_what_is_too_long_is_cut_and_warned_of(tiny: Tiny) -> None:
    """Both what is read and what is scored, each for itself."""
    long = ARTICLE * 9
    items = [
        ITEMS[0],
        Item(Article("x", long), "It closed.", ()),
        Item(Article("y", long), long, ()),
    ]
    scores = Likelihood(str(tiny("bart"))).score(items)
    assert scores.warnings == {
        1: "what is read was longer than the model's limit and cut",
        2: "what is read and what is scored was longer than the model's limit and cut",
    }
    assert not scores.unscored


@pytest.mark.slow
def test_broken_numbers_are_a_reason(tmp_path: Path) -> None:
    """NaN weights leave every summary unscored, each with its reason."""
    spoil(build("bart", tmp_path / "m"))
    scores = Likelihood(str(tmp_path / "m")).score(ITEMS[:2])
    assert set(scores.unscored) == {0, 1}
    assert "overflowed (NaN)" in scores.unscored[0]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        pytest.param({"model_type": "llama"}, "likelihood needs an encoder-decoder", id="chat"),
        pytest.param(
            {"model_type": "bert", "architectures": ["BertModel"]}, "writes no text", id="encoder"
        ),
    ],
)
def test_only_an_encoder_decoder_will_do(tmp_path: Path, config: Any, message: str) -> None:
    """It is refused before anything is loaded."""
    with pytest.raises(SummariserError, match=message):
        Likelihood(str(hollow(tmp_path / "m", config))).signature()


@pytest.mark.parametrize("given", [{"direction": "there"}, {"batch_tokens": 0}], ids=str)
def test_arguments_that_mean_nothing_are_refused(given: Any) -> None:
    """When the part is made, before any file is looked at."""
    with pytest.raises(UsageError, match=r"likelihood\(.*is not possible: give"):
        Likelihood("nowhere", **given)


def test_the_direction_is_in_the_signature(tmp_path: Path) -> None:
    """Numbers of two directions stand in no table together."""
    plain = Likelihood(str(hollow(tmp_path / "m", {"model_type": "bart"})))
    other = dataclasses.replace(plain, direction="summary->reference")
    assert "|direction:article->summary|" in plain.signature()
    assert other.signature() != plain.signature()
    assert dataclasses.replace(plain, batch_tokens=9).signature() == plain.signature()


def test_a_spec_reads_back_as_the_same_part() -> None:
    """What is printed of a metric is what can be typed."""
    part = Likelihood("m", "reference->summary")
    assert spec.parse("metrics", spec.show(part)) == part
