"""Measures over labelled summaries for `bench/facts.py`, with intervals over articles."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.facts_data import Case, words_of
from harness.facts import Claim

RESAMPLES = 1000


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the area under the ROC curve: a consistent summary scores higher, ties one half."""
    values, label = np.asarray(scores, float), np.asarray(labels, bool)
    _, where, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[where]
    high, low = int(label.sum()), int((~label).sum())
    if not high or not low:
        return 0.5
    return float((ranks[label].sum() - high * (high + 1) / 2) / (high * low))


def balanced(cases: Sequence[Case]) -> float:
    """Return the balanced accuracy of "anything in tier A or B means inconsistent"."""
    flagged = np.array([bool(case.findings.flagged) for case in cases])
    label = np.array([case.consistent for case in cases])
    if label.all() or not label.any():
        return 0.5
    return float((flagged[~label].mean() + 1 - flagged[label].mean()) / 2)


def interval(cases: Sequence[Case], measure: Callable[[Sequence[Case]], float]) -> str:
    """Return a measure with its 95 % interval, resampling articles."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.group, []).append(case)
    names, rng = sorted(groups), np.random.default_rng(0)
    drawn = [
        measure(
            [case for at in rng.integers(len(names), size=len(names)) for case in groups[names[at]]]
        )
        for _ in range(RESAMPLES if len(names) < 300 else 300)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{measure(cases):.3f} [{low:.3f}, {high:.3f}]"


def inside(case: Case, claim: Claim) -> list[bool]:
    """Return for each token of a claim whether it lies in the true edit."""
    tokens = [(claim.start + t.start, claim.start + t.end) for t in words_of(claim.text)]
    return [any(a < end and start < b for a, b in case.edits) for start, end in tokens]


def tokens_right(cases: Iterable[Case], tiers: str = "AB") -> list[bool]:
    """Return for each flagged token of the inconsistent summaries whether it lies in the edit."""
    return [
        hit
        for case in cases
        if not case.consistent
        for claim in case.findings.flagged
        if claim.tier is not None and claim.tier in tiers
        for hit in inside(case, claim)
    ]


def claims_right(cases: Iterable[Case], tiers: str = "AB") -> list[bool]:
    """Return for each flagged claim of the inconsistent summaries whether it touches the edit."""
    return [
        any(inside(case, claim))
        for case in cases
        if not case.consistent
        for claim in case.findings.flagged
        if claim.tier is not None and claim.tier in tiers
    ]


def support(case: Case) -> float:
    """Return what the harness ranks a case by."""
    return case.findings.support


def rival_score(case: Case, name: str) -> float:
    """Return what a rival ranks a case by."""
    return case.rivals[name]


def ranking(cases: Sequence[Case], of: Callable[[Case], float]) -> float:
    """Return the AUC of a score."""
    return auc([of(case) for case in cases], [case.consistent for case in cases])


def correlation(cases: Sequence[Case], of: Callable[[Case], float]) -> float:
    """Return Pearson's r of a score with the human one; 0 where either does not vary."""
    mine: NDArray[np.float64] = np.array([of(case) for case in cases])
    human = np.array([case.human for case in cases])
    return float(np.corrcoef(mine, human)[0, 1]) if mine.std() and human.std() else 0.0


def best_cut(train: Sequence[Case], test: Sequence[Case], of: Callable[[Case], float]) -> float:
    """Return the balanced accuracy on ``test`` of the cut of a score that is best on ``train``."""

    def at(cases: Sequence[Case], cut: float) -> float:
        low = np.array([of(case) < cut for case in cases])
        label = np.array([case.consistent for case in cases])
        return float((low[~label].mean() + 1 - low[label].mean()) / 2)

    cuts = sorted({of(case) for case in train})
    return at(test, max(cuts[:: max(1, len(cuts) // 200)], key=lambda cut: at(train, cut)))


def mean_over(files: Sequence[Sequence[Case]], measure: Callable[[Sequence[Case]], float]) -> str:
    """Return the unweighted mean of a measure over files, with its interval over articles."""
    rng = np.random.default_rng(0)
    drawn: list[list[float]] = [[] for _ in files]
    for part, cases in zip(drawn, files, strict=True):
        groups: dict[str, list[Case]] = {}
        for case in cases:
            groups.setdefault(case.group, []).append(case)
        names = sorted(groups)
        for _ in range(RESAMPLES):
            picks = rng.integers(len(names), size=len(names))
            part.append(measure([case for at in picks for case in groups[names[at]]]))
    low, high = np.percentile(np.mean(drawn, axis=0), [2.5, 97.5])
    return f"{np.mean([measure(cases) for cases in files]):.3f} [{low:.3f}, {high:.3f}]"


def share(hits: Sequence[bool]) -> float:
    """Return a share, 1 where nothing was asked."""
    return float(np.mean(hits)) if hits else 1.0
