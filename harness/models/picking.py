"""The last look at a step's scores: rows that broke, and tokens drawn by lot.

Drawing is by the Gumbel-max trick: the greatest of score plus Gumbel noise is a draw from the
softmax of the scores. Each row has noise of its own, from its own seed, so that what is drawn for
an article does not depend on the batch it stands in, as it does with ``do_sample``.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from harness.models.settings import Settings


class Picker:
    """A logits processor, the last of all; called with one row of scores per article and beam."""

    def __init__(self, settings: Settings, seeds: Sequence[int]) -> None:
        self._settings = settings
        self._draws = [np.random.default_rng(seed) for seed in seeds]
        self._articles = len(seeds)
        self._broken: Any = None
        self._warpers = _warpers(settings) if settings.sample else []

    @property
    def overflowed(self) -> Any:
        """Whether each article's scores ever held NaN, as a tensor of booleans."""
        return self._broken

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Return the scores, with noise where tokens are drawn."""
        broken = scores.isnan().any(dim=-1).view(self._articles, -1).any(dim=-1)
        self._broken = broken if self._broken is None else self._broken | broken
        for warp in self._warpers:
            scores = warp(input_ids, scores)
        return scores + self._noise(scores) if self._settings.sample else scores

    def _noise(self, scores: Any) -> Any:
        import torch

        rows = [-np.log(draw.standard_exponential(scores.shape[-1])) for draw in self._draws]
        return torch.from_numpy(np.stack(rows)).to(scores)


def _warpers(settings: Settings) -> list[Any]:
    from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    warpers: list[Any] = []
    if settings.temperature != 1.0:
        warpers.append(TemperatureLogitsWarper(settings.temperature))
    if settings.top_k > 0:
        warpers.append(TopKLogitsWarper(settings.top_k))
    if settings.top_p < 1.0:
        warpers.append(TopPLogitsWarper(settings.top_p))
    return warpers
