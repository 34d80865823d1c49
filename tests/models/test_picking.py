from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.models.families import BART
from harness.models.folder import read
from harness.models.picking import Picker
from harness.models.settings import Settings, resolve
from tests.tiny_models import hollow

pytestmark = pytest.mark.slow

PROBABILITIES = (0.5, 0.3, 0.15, 0.05)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings that draw from the plain distribution."""
    folder = read(hollow(tmp_path, {"model_type": "bart"}))
    return resolve(folder, BART, {"sample": True}, "summarization")


def _scores(rows: int) -> Any:
    import torch

    return torch.tensor([PROBABILITIES] * rows).log()


def _draws(settings: Settings, seeds: list[int], steps: int = 1) -> list[list[int]]:
    picker = Picker(settings, seeds)
    return [picker(None, _scores(len(seeds))).argmax(-1).tolist() for _ in range(steps)]


def test_tokens_are_drawn_as_often_as_they_are_likely(settings: Settings) -> None:
    """Of 4,000 draws, each share is within 0.02 of its probability: over 2.5 standard errors."""
    drawn = Counter(_draws(settings, list(range(4000)))[0])
    for token, probability in enumerate(PROBABILITIES):
        assert drawn[token] / 4000 == pytest.approx(probability, abs=0.02)


def test_what_is_drawn_does_not_depend_on_the_neighbours(settings: Settings) -> None:
    """A seed draws the same tokens alone, among others, and in any place."""
    alone = [_draws(settings, [seed], 20) for seed in (1, 2, 3)]
    together = _draws(settings, [3, 1, 2], 20)
    assert [[row[0] for row in rows] for rows in alone] == [
        [row[place] for row in together] for place in (1, 2, 0)
    ]


def test_only_the_likeliest_are_drawn_where_a_cut_is_set(settings: Settings) -> None:
    """top_k and top_p leave the tail out: 2 of 4, and those that make up 0.7."""
    for cut in (replace(settings, top_k=2), replace(settings, top_p=0.7)):
        assert set(_draws(cut, list(range(200)))[0]) == {0, 1}


def test_a_low_temperature_draws_the_likeliest(settings: Settings) -> None:
    """At 0.05 the second is 10 to the 4 times less likely than the first."""
    assert set(_draws(replace(settings, temperature=0.05), list(range(200)))[0]) == {0}


def test_without_drawing_scores_are_left_alone(settings: Settings) -> None:
    """Greedy and beam search see the model's own scores."""
    import torch

    scores = _scores(2)
    assert torch.equal(Picker(replace(settings, sample=False), [1, 2])(None, scores), scores)


def test_a_row_that_was_ever_nan_is_remembered(settings: Settings) -> None:
    """One NaN in one beam at one step marks the article, and no other; infinities are usual."""
    picker = Picker(replace(settings, sample=False), [1, 2, 3])
    scores = _scores(6)
    scores[0, 0] = float("-inf")
    picker(None, scores)
    scores[3, 1] = float("nan")
    picker(None, scores)
    picker(None, _scores(6))
    assert picker.overflowed.tolist() == [False, True, False]
