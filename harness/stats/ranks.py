"""Average ranks, and coefficients that may be undefined."""

from dataclasses import dataclass

import numpy as np

from harness.stats.cube import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """Numbers of any shape, some of which may not be ``defined``; ``values`` is 0.0 there."""

    values: FloatArray
    defined: BoolArray

    def one(self) -> float | None:
        """Return the only coefficient, or None where it is not defined."""
        return float(self.values.item()) if self.defined.item() else None

    def mean(self) -> float | None:
        """Return the mean of those that are defined, or None where none is."""
        return float(self.values[self.defined].mean()) if self.defined.any() else None

    @property
    def undefined(self) -> int:
        """How many are not defined."""
        return int(self.defined.size - self.defined.sum())


def average_ranks(values: FloatArray) -> FloatArray:
    """Return ranks from 1 along the last axis; equal values share the mean of their ranks."""
    n = values.shape[-1]
    order = np.argsort(values, axis=-1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-1)
    places = np.broadcast_to(np.arange(n), values.shape)
    starts = np.ones(values.shape, bool)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    ends = np.ones(values.shape, bool)
    ends[..., :-1] = starts[..., 1:]
    first = np.maximum.accumulate(np.where(starts, places, 0), axis=-1)
    backwards = np.where(ends, places, n)[..., ::-1]
    last = np.minimum.accumulate(backwards, axis=-1)[..., ::-1]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, axis=-1)
    return ranks
