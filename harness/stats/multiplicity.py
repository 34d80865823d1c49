"""Correction for having asked many questions at once."""

import numpy as np

from harness.stats.cube import BoolArray, FloatArray


def holm(p: FloatArray, asked: BoolArray | None = None) -> FloatArray:
    """Return step-down adjusted p-values along the first axis (Holm 1979).

    With p sorted, p(1) <= ... <= p(m), the k-th becomes max over j <= k of (m - j + 1) p(j), at
    most 1. Rejecting what is at most alpha keeps the chance of any false rejection in a column
    below alpha, whatever the dependence. Further axes are families of their own; ``asked`` leaves
    out what was no question (its value stays 1), so that it does not count among the m.
    """
    asked = np.ones(p.shape, bool) if asked is None else asked
    order = np.argsort(np.where(asked, p, np.inf), axis=0, kind="stable")
    ranks = np.arange(len(p)).reshape(-1, *[1] * (p.ndim - 1))
    steps = np.maximum(asked.sum(axis=0) - ranks, 0)
    raised = np.maximum.accumulate(np.take_along_axis(p, order, axis=0) * steps, axis=0)
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(raised, 1.0), axis=0)
    return np.where(asked, adjusted, 1.0)
