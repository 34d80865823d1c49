"""The score cube: several rows (runs) on the same articles, in several columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from harness.errors import InputError

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCube:
    """Scores, articles x rows x columns, in the order of the article ids; build it with ``of``.

    ``present`` says which scores there are; where there is none, ``values`` holds 0.0, which
    nothing reads as a score. ``clusters`` numbers the articles' clusters from 0 and is what is
    resampled: articles of one cluster are drawn, and flipped, together.
    """

    articles: tuple[str, ...]
    values: FloatArray
    present: BoolArray
    clusters: IntArray

    @classmethod
    def of(
        cls,
        articles: Sequence[str],
        values: FloatArray,
        present: BoolArray | None = None,
        clusters: Sequence[str | None] | None = None,
    ) -> "ScoreCube":
        """Sort the articles by id, so that no result depends on the order they came in.

        ``values`` and ``present`` have the shape (articles, rows, columns); every score is taken
        as present where ``present`` is left out, and an article whose cluster is None is a cluster
        of its own. Raises InputError for no article, row or column, an id given twice, shapes that
        do not fit together, and a present score that is not a finite number.
        """
        present = np.ones(np.shape(values), bool) if present is None else present
        _check(articles, values, present, clusters)
        order = sorted(range(len(articles)), key=articles.__getitem__)
        there = np.asarray(present, bool)[order]
        kept = np.asarray(values, np.float64)[order]
        kept[~there] = 0.0
        return cls(tuple(articles[i] for i in order), kept, there, _number(clusters, order))

    @property
    def units(self) -> int:
        """The number of independent units: clusters, or articles where none share a cluster."""
        return int(self.clusters.max()) + 1

    @property
    def clustered(self) -> bool:
        """Whether any two articles share a cluster."""
        return self.units < len(self.articles)

    def in_groups(self, most: int, seed: int) -> "ScoreCube":
        """Return the cube with its clusters joined at random into ``most``, if there are more.

        What is drawn and flipped is then a group. Sums of groups stay as independent as those of
        the clusters, so that tests stay valid; an interval's width gets an error of its own of one
        part in sqrt(2 most), 0.7 % for 10,000. It is what makes millions of articles affordable.
        """
        if self.units <= most:
            return self
        groups = np.random.default_rng(seed).permutation(self.units) % most
        return replace(self, clusters=groups[self.clusters])

    @property
    def rows(self) -> int:
        """The number of rows."""
        return int(self.values.shape[1])

    @property
    def columns(self) -> int:
        """The number of columns."""
        return int(self.values.shape[2])

    def column(self, column: int) -> "ScoreCube":
        """Return the cube of one column."""
        return self.part(column, column + 1)

    def part(self, start: int, stop: int) -> "ScoreCube":
        """Return the cube of the columns from ``start`` to before ``stop``."""
        some = np.s_[:, :, start:stop]
        return ScoreCube(self.articles, self.values[some], self.present[some], self.clusters)

    def with_zero_row(self) -> "ScoreCube":
        """Return the cube with one more row, 0.0 on every article.

        The difference of a row from it is the row's mean over the articles that the row scored,
        which makes the interval of a mean a case of the interval of a difference.
        """
        shape = (len(self.articles), 1, self.columns)
        values = np.concatenate([self.values, np.zeros(shape)], axis=1)
        present = np.concatenate([self.present, np.ones(shape, bool)], axis=1)
        return ScoreCube(self.articles, values, present, self.clusters)


def _number(clusters: Sequence[str | None] | None, order: Sequence[int]) -> IntArray:
    if clusters is None or not any(c is not None for c in clusters):
        return np.arange(len(order))
    numbers: dict[str, int] = {}
    found = []
    fresh = 0
    for cluster in (clusters[i] for i in order):
        number = fresh if cluster is None else numbers.setdefault(cluster, fresh)
        fresh = max(fresh, number + 1)
        found.append(number)
    return np.array(found, np.intp)


def _check(
    articles: Sequence[str],
    values: FloatArray,
    present: BoolArray,
    clusters: Sequence[str | None] | None,
) -> None:
    if not articles:
        msg = "There are no articles to compare on. Give the scores of at least one."
        raise InputError(msg)
    if len(set(articles)) < len(articles):
        twice = Counter(articles).most_common(1)[0][0]
        msg = f"The article id {twice!r} is given twice. Every article stands in the cube once."
        raise InputError(msg)
    shape = np.shape(values)
    if len(shape) != 3 or shape[0] != len(articles) or 0 in shape or np.shape(present) != shape:
        msg = (
            f"Scores of shape {shape} with present of shape {np.shape(present)} do not "
            f"fit {len(articles)} articles: both must be (articles, rows, columns), none of them 0."
        )
        raise InputError(msg)
    if clusters is not None and len(clusters) != len(articles):
        msg = f"{len(clusters)} clusters were given for {len(articles)} articles: one each."
        raise InputError(msg)
    bad = np.argwhere(present & ~np.isfinite(values))
    if len(bad):
        article, row, column = (int(i) for i in bad[0])
        msg = (
            f"The score of article {articles[article]!r}, row {row}, column {column} is "
            f"{values[article, row, column]}. A score is a finite number; mark what is unscored "
            "as not present."
        )
        raise InputError(msg)
