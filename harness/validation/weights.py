"""How often each article and each system is in every resample."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from harness.stats.cube import FloatArray, IntArray
from harness.stats.resampling import at_least

Resampled = Literal["articles", "systems", "both"]
RESAMPLED: tuple[Resampled, ...] = ("articles", "systems", "both")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Draws with replacement (Efron 1979), of articles, of systems, or of both by themselves.

    ``articles`` is (resamples, articles) and ``systems`` (resamples, systems), or (1, ...) of ones
    where they are kept as they are; ``drawn`` names the systems of every resample.
    """

    articles: FloatArray
    systems: FloatArray
    drawn: IntArray

    @property
    def count(self) -> int:
        """The number of resamples."""
        return max(len(self.articles), len(self.systems))


def draw(articles: int, systems: int, what: Resampled, count: int, seed: int) -> Weights:
    """Return ``count`` resamples; as with both, the two are drawn independently of each other."""
    at_least(count, "resamples")
    streams = np.random.default_rng(seed).spawn(2)
    of_articles = count if what != "systems" else 1
    of_systems = count if what != "articles" else 1
    drawn = np.broadcast_to(np.arange(systems), (1, systems))
    if of_systems > 1:
        drawn = streams[1].integers(0, max(systems, 1), size=(count, systems))
    kept = np.ones((1, articles))
    if of_articles > 1:
        kept = _times(streams[0].integers(0, articles, size=(count, articles)), articles)
    return Weights(kept, _times(drawn, systems), drawn)


def _times(drawn: IntArray, of: int) -> FloatArray:
    shifted = drawn + of * np.arange(len(drawn))[:, None]
    found = np.bincount(shifted.ravel(), minlength=len(drawn) * of)
    return found.reshape(len(drawn), of).astype(np.float64)
