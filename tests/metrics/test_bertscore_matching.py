from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import InputError
from harness.metrics._baseline import Baseline, read, rescale
from harness.metrics._greedy import States, matches
from harness.metrics._idf import Idf, texts

BASELINES = [
    pytest.param("LAYER,P,R,F\n0,0.1,0.1,0.1\n", "no baseline for layer 2 .it has 0", id="layer"),
    pytest.param("LAYER,P,R,F\n", "no baseline for layer 2 .it has none", id="nothing"),
    pytest.param("LAYER,P,R,F\n2,.1,.1,.1\n2,.1,.1,.1\n", "more than one baseline", id="twice"),
    pytest.param("LAYER,P,R,F\n2,1.0,0.1,0.1\n", "2: '2,1.0,0.1,0.1' is no row", id="one"),
    pytest.param("LAYER,P,R,F\n2,0.1\n", "2: '2,0.1' is no row LAYER,P,R,F", id="short"),
    pytest.param("LAYER,P,R,F\n2,a,b,c\n", "2: '2,a,b,c' is no row", id="letters"),
]


@pytest.mark.parametrize(("content", "message"), BASELINES)
def test_rescaling_that_cannot_be_done_is_refused(
    tmp_path: Path, content: str, message: str
) -> None:
    """bert-score takes the n-th row of whatever file; here nothing is rescaled by guess."""
    (tmp_path / "b.csv").write_text(content)
    with pytest.raises(InputError, match=message):
        read(str(tmp_path / "b.csv"), 2)


def test_a_baseline_file_may_have_commas_or_tabs(tmp_path: Path) -> None:
    """bert-score's own files are called .tsv and hold commas."""
    for sign in (",", "\t"):
        (tmp_path / "b").write_text("LAYER,P,R,F\n1,0.5,0.25,0.125\n".replace(",", sign))
        assert read(str(tmp_path / "b"), 1) == Baseline(0.5, 0.25, 0.125)
    assert (rescale(0.75, 0.5), rescale(0.25, 0.5)) == (0.5, -0.5)


def test_idf_is_that_of_the_paper() -> None:
    """ln((N + 1) / (n + 1)) by hand: of 3 texts, 3 hold token 1, one holds 2, none holds 9."""
    idf = Idf.of([[1, 2, 2], [1], [1, 3]])
    assert [idf.weight(t) for t in (1, 2, 9)] == pytest.approx([0, np.log(4 / 2), np.log(4)])


IDF_FILES = [
    pytest.param("a.txt", "One.\n\n Two.\n", ["One.", " Two."], id="lines"),
    pytest.param(
        "a.jsonl", '{"references": ["A", "B"]}\n{"reference": "C"}', ["A", "B", "C"], id="j"
    ),
    pytest.param("a.txt", "\n", "holds no texts", id="empty"),
    pytest.param("a.jsonl", '{"text": "A"}', "a.jsonl:1: no references", id="no-references"),
]


@pytest.mark.parametrize(("name", "content", "wanted"), IDF_FILES)
def test_texts_to_count_in_are_lines_or_references(
    tmp_path: Path, name: str, content: str, wanted: list[str] | str
) -> None:
    """A file that holds none is refused: weights of nothing would be all alike."""
    (tmp_path / name).write_text(content)
    if isinstance(wanted, str):
        with pytest.raises(InputError, match=wanted):
            texts(str(tmp_path / name))
    else:
        assert texts(str(tmp_path / name)) == wanted


def slowly(ours: Any, theirs: Any, weights: Any) -> float:
    """Return the weighted mean of each row's best cosine, token by token."""
    best = [max(float(np.dot(a, b)) for b in theirs) for a in ours]
    return float(np.average(best, weights=weights))


TEXT = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=6
).filter(lambda text: any(weight for _, weight in text))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_matching_in_batches_is_matching_token_by_token(pairs: list[Any], budget: int) -> None:
    """Against the slow oracle, whatever the sizes of the texts that stand in one product.

    States point every 50 degrees, so that some have a negative best, which padding must not win.
    """
    import torch

    def text(told: list[tuple[int, float]]) -> States:
        angles = np.radians([50.0 * turn for turn, _ in told])
        unit = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        weights = torch.tensor([weight for _, weight in told], dtype=torch.float64)
        return States(torch.tensor(unit, dtype=torch.float32), weights)

    made = [(text(a), text(b)) for a, b in pairs]
    for (a, b), found in zip(made, matches(made, budget, lambda: None), strict=True):
        ours, theirs = a.states.numpy(), b.states.numpy()
        wanted = (
            slowly(ours, theirs, a.weights.tolist()),
            slowly(theirs, ours, b.weights.tolist()),
        )
        assert found == pytest.approx(wanted, abs=1e-6)
