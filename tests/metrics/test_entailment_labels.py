from pathlib import Path
from typing import Any

import pytest

from harness.errors import SummariserError, UsageError
from harness.metrics.entailment import Entailment
from harness.models.encoder_pairs import Labels
from tests.tiny_models import hollow

ORDERS = [
    pytest.param(
        {"0": "ENTAILMENT", "1": "NEUTRAL", "2": "CONTRADICTION"}, None, (0, 2), id="snli"
    ),
    pytest.param(
        {"2": "entailment", "0": "contradiction", "1": "neutral"}, None, (2, 0), id="mnli"
    ),
    pytest.param({"0": "not_entailment", "1": "entailment"}, None, (1, None), id="two"),
    pytest.param({"0": "LABEL_0", "1": "LABEL_1"}, "no, entailment", (1, None), id="told"),
]


@pytest.mark.parametrize(("names", "told", "wanted"), ORDERS)
def test_labels_are_read_by_name(tmp_path: Path, names: Any, told: Any, wanted: Any) -> None:
    """Models order their labels as they like: SNLI's begin with entailment, MNLI's end with it."""
    path = hollow(tmp_path / "m", {"model_type": "bert", "id2label": names})
    part = Entailment(str(path), how="pair", labels=told)
    assert part._ready()[1] == Labels(wanted[0], wanted[1], len(names))
    shown = "+".join(str(place) for place in wanted if place is not None)
    assert f"|labels:{shown}|" in part.signature()


UNKNOWN = [
    pytest.param(
        {"0": "LABEL_0", "1": "LABEL_1"}, "names its labels LABEL_0, LABEL_1", id="unnamed"
    ),
    pytest.param({"0": "entailment", "1": "entails"}, "Which output of .* is entailm", id="two"),
    pytest.param({"0": "entailment"}, "Which output", id="one-output"),
    pytest.param(None, "names its labels none", id="none"),
    pytest.param({"0": "entailment", "2": "neutral"}, "its labels none", id="a-hole"),
]


@pytest.mark.parametrize(("names", "message"), UNKNOWN)
def test_labels_that_leave_it_open_are_refused(tmp_path: Path, names: Any, message: str) -> None:
    """A guess would turn every score round."""
    path = hollow(tmp_path / "m", {"model_type": "bert", "id2label": names})
    with pytest.raises(SummariserError, match=message):
        Entailment(str(path)).signature()


def test_summac_needs_a_label_for_contradiction(tmp_path: Path) -> None:
    """A model of two labels serves the other ways."""
    names = {"0": "not_entailment", "1": "entailment"}
    path = hollow(tmp_path / "m", {"model_type": "bert", "id2label": names})
    with pytest.raises(SummariserError, match=r"no label for contradiction.*how='chunk'"):
        Entailment(str(path)).signature()
    assert Entailment(str(path), how="chunk").signature()


def test_told_labels_hold_one_entailment(tmp_path: Path) -> None:
    """A slip in the argument is the caller's, and said so."""
    path = hollow(tmp_path / "m", {"model_type": "bert"})
    with pytest.raises(UsageError, match=r"labels='yes,no'.*one 'entailment' in it"):
        Entailment(str(path), labels="yes,no").signature()


@pytest.mark.parametrize(
    "told", ["contradiction,entailment", "contradiction,neutral,other,entailment"]
)
def test_told_labels_name_every_output(tmp_path: Path, told: str) -> None:
    """With one too few, neutral would be scored as entailment."""
    names = {str(i): f"LABEL_{i}" for i in range(3)}
    path = hollow(tmp_path / "m", {"model_type": "bert", "id2label": names})
    with pytest.raises(UsageError, match=r"labels='contradiction,.*give one name for each of 3"):
        Entailment(str(path), labels=told).signature()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"how": "triple"}, r"how='triple'.*summac-zs or pair or chunk"),
        ({"chunk_tokens": 0}, r"chunk_tokens=0.*at least 1"),
        ({"device": "gpu"}, r"entailment\(device='gpu'\)"),
    ],
)
def test_arguments_that_mean_nothing_are_refused(given: Any, message: str) -> None:
    """When the part is made, before any file is looked at."""
    with pytest.raises(UsageError, match=message):
        Entailment("nowhere", **given)
