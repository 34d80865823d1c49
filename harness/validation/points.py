"""Judged and scored summaries as arrays: what every statistic of a validation reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harness.errors import InputError
from harness.records import Column, Judgement
from harness.stats.cube import BoolArray, FloatArray, IntArray

FEWEST_SYSTEMS = 3
"""Systems below which nothing can be said of their order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One column of one metric; ``rival`` where nobody asked for it and it stands there anyway.

    ``better`` is the column's, or what is taken for better here where the column itself says
    neither: an extractive summary, say, as the more faithful one.
    """

    name: str
    metric: str
    column: Column
    better: str | None = None
    rival: bool = False

    @property
    def sign(self) -> float:
        """Return -1.0 where lower is better, so that agreement is positive, and 1.0 elsewhere."""
        return -1.0 if self.better == "lower" else 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """One dimension of what people said: ``values`` (points), where ``there``."""

    name: str
    values: FloatArray
    there: BoolArray
    binary: bool


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Summaries in the order they were read.

    ``unit`` is the position of each one's article (or cluster of articles) among ``units``, which
    are resampled together, ``article`` that of its article, and ``system`` that of its system, -1
    where it has none. ``scores`` are (rows, points), turned so that more is better, where
    ``there``.
    """

    rows: tuple[Row, ...]
    scores: FloatArray
    there: BoolArray
    units: tuple[str, ...]
    unit: IntArray
    article: IntArray
    systems: tuple[str, ...]
    system: IntArray
    dimensions: tuple[Labels, ...]
    judged: tuple[Judgement, ...]

    @property
    def ranked(self) -> bool:
        """Whether there are systems enough to be put in order."""
        return len(self.systems) >= FEWEST_SYSTEMS and bool((self.system >= 0).all())


def points(
    judged: Sequence[Judgement], rows: Sequence[Row], scores: FloatArray, there: BoolArray
) -> Points:
    """Return them as arrays, by name in order; raise InputError where nothing was judged."""
    if not judged:
        msg = "The benchmark holds no judgement. Look at its path, and at --part."
        raise InputError(msg)
    units, unit = _numbered([j.article.cluster or j.article.id for j in judged])
    systems, system = _numbered([j.system for j in judged])
    signs = np.array([[row.sign] for row in rows])
    return Points(
        tuple(rows),
        np.where(there, scores * signs, 0.0),
        there,
        units,
        unit,
        _numbered([j.article.id for j in judged])[1],
        systems,
        system,
        _dimensions(judged),
        tuple(judged),
    )


def _numbered(names: Sequence[str | None]) -> tuple[tuple[str, ...], IntArray]:
    """Return the different names, sorted, and the position of each name given; -1 for None."""
    known = sorted({name for name in names if name is not None})
    at: dict[str | None, int] = {name: i for i, name in enumerate(known)}
    return tuple(known), np.array([at.get(name, -1) for name in names], np.intp)


def _dimensions(judged: Sequence[Judgement]) -> tuple[Labels, ...]:
    found: dict[str, bool] = {}
    for judgement in judged:
        found.update(dict.fromkeys(judgement.human, False))
        found.update(dict.fromkeys(judgement.labels, True))
    return tuple(_labels(judged, name, binary) for name, binary in found.items())


def _labels(judged: Sequence[Judgement], name: str, binary: bool) -> Labels:
    held = [(j.labels if binary else j.human).get(name) for j in judged]
    there = np.array([value is not None for value in held])
    return Labels(name, np.array([float(v or 0) for v in held]), there, binary)
