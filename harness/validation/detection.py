"""A column as a detector of bad summaries: area, balanced accuracy, precision, recall by type.

The threshold is never chosen on the summaries it is judged by: it comes from the validation part;
where there is none, for each part of the set (file, domain) from the other parts; where there is
only one part, for each half of the articles from the other half. It maximises balanced accuracy. A
column for which neither direction is better may be read in either; the same summaries that choose
its threshold choose the direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from harness.stats.cube import BoolArray, FloatArray, IntArray
from harness.stats.ranks import Coefficients
from harness.stats.rates import Confusion, confusion, roc_auc
from harness.validation import pooled
from harness.validation.interval import Agreement, agreement
from harness.validation.points import Labels, Points
from harness.validation.weights import Weights

Fold = tuple[BoolArray, BoolArray]


@dataclass(frozen=True, slots=True)
class Detection:
    """What one column finds. ``errors``: of the bad summaries judged, by type, found and all.

    ``area`` is of the good above the bad, on all summaries. The rest is on ``tested`` summaries,
    none of which helped to choose a threshold; precision and recall are of the bad ones.
    """

    area: Agreement
    balanced: Agreement
    counts: Confusion
    errors: dict[str, tuple[int, int]]

    @property
    def tested(self) -> int:
        """Summaries judged by a threshold that others chose."""
        c = self.counts
        return c.true_positives + c.false_positives + c.false_negatives + c.true_negatives


def folds(points: Points) -> tuple[str, list[Fold]]:
    """Return how thresholds are chosen, and the summaries that choose and that are judged."""
    split = np.array([j.split == "validation" for j in points.judged])
    if split.any() and not split.all():
        return "threshold from the validation part, judged on the rest", [(split, ~split)]
    group = np.array([j.group or "" for j in points.judged])
    names = sorted(set(group.tolist()))
    if len(names) > 1:
        parts = [(group != name, group == name) for name in names]
        return f"threshold for each of {len(names)} parts from the others", parts
    half = _halves(points)
    return "threshold for each half of the articles from the other", [(half, ~half), (~half, half)]


def _halves(points: Points) -> BoolArray:
    """Return one half of the articles, the same whenever the articles are the same."""
    keys = [blake2b(name.encode(), digest_size=8).digest() for name in points.units]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    first = np.zeros(len(keys), bool)
    first[order[::2]] = True
    return np.asarray(first[points.unit])


def detect(
    points: Points, row: int, labels: Labels, parts: Sequence[Fold], weights: Weights
) -> Detection | None:
    """Return what a column finds, None where all its summaries are good, or all bad."""
    use = points.there[row] & labels.there
    good = labels.values > 0
    if not (good & use).any() or good[use].all():
        return None
    scores = points.scores[row]
    said = _said(scores, good, use, parts, free=points.rows[row].better is None)
    judged = use & (said >= 0)
    flagged = said == 0
    counts = confusion(~good[judged], flagged[judged])
    balanced = _balanced(points.unit[judged], good[judged], flagged[judged], weights.articles)
    under = np.ascontiguousarray(weights.articles.T)[points.unit[use]]
    area = pooled.area(pooled.series(scores[use], under), good[use], under)
    return Detection(
        agreement(roc_auc(good[use], scores[use]).one(), area, int(use.sum())),
        agreement(counts.balanced_accuracy, balanced, int(judged.sum())),
        counts,
        _by_type(points, judged & ~good, flagged),
    )


def _said(
    scores: FloatArray, good: BoolArray, use: BoolArray, parts: Sequence[Fold], *, free: bool
) -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
    """Return 1 for called good, 0 for called bad, -1 for not judged."""
    said = np.full(len(scores), -1, np.int8)
    for chooses, judged in parts:
        tuned = chooses & use
        if good[tuned].any() and not good[tuned].all():
            sign, cut = threshold(scores[tuned], good[tuned], free=free)
            here = judged & use
            said[here] = sign * scores[here] >= cut
    return said


def threshold(scores: FloatArray, good: BoolArray, *, free: bool) -> tuple[float, float]:
    """Return the sign and the cut of best balanced accuracy: good is sign * score >= cut.

    Cuts lie midway between neighbouring scores; of equally good ones the lowest is taken. With
    ``free`` the sign may be -1.
    """
    best = (-1.0, 1.0, 0.0)
    for sign in (1.0, -1.0) if free else (1.0,):
        values, place = np.unique(sign * scores, return_inverse=True)
        cuts = np.concatenate([[-np.inf], (values[1:] + values[:-1]) / 2])
        goods = np.bincount(place[good], minlength=len(values))
        bads = np.bincount(place[~good], minlength=len(values))
        above = goods[::-1].cumsum()[::-1] / goods.sum()
        below = (bads.cumsum() - bads) / bads.sum()
        at = int(np.argmax(above + below))
        if above[at] + below[at] > best[0]:
            best = (float(above[at] + below[at]), sign, float(cuts[at]))
    return best[1:]


def _balanced(
    unit: IntArray, good: BoolArray, flagged: BoolArray, articles: FloatArray
) -> Coefficients:
    """Return balanced accuracy in every resample, from counts by article."""
    rates = []
    for side, right in ((good, good & ~flagged), (~good, ~good & flagged)):
        counts = [np.bincount(unit[s], minlength=articles.shape[1]) for s in (right, side)]
        rates.append([articles @ count for count in counts])
    defined = (rates[0][1] > 0) & (rates[1][1] > 0)
    share = sum((over / np.maximum(of, 1) for over, of in rates), np.zeros(len(articles)))
    return Coefficients(np.where(defined, share / 2, 0.0), defined)


def _by_type(points: Points, bad: BoolArray, flagged: BoolArray) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for i in np.flatnonzero(bad).tolist():
        for kind in set(points.judged[i].errors):
            hits, of = found.get(kind, (0, 0))
            found[kind] = hits + bool(flagged[i]), of + 1
    return dict(sorted(found.items()))
