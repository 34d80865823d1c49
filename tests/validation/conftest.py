"""Judged and scored summaries without texts, for statistics alone."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from harness.records import Article, Column, Judgement
from harness.stats.cube import BoolArray, FloatArray
from harness.validation.points import Points, Row, points

Make = Callable[..., Points]


@pytest.fixture
def make() -> Make:
    """Return a function that makes points of scores (rows, points) and judgements."""

    def made(
        scores: FloatArray | Sequence[Sequence[float]],
        judged: Sequence[Judgement],
        *,
        better: str | None = "higher",
        there: BoolArray | None = None,
    ) -> Points:
        values = np.asarray(scores, float)
        rows = [Row(f"r{i}", "m", Column("c", "a column"), better) for i in range(len(values))]
        present = np.ones(values.shape, bool) if there is None else there
        return points(judged, rows, values, present)

    return made


def judgement(article: str, system: str | None = None, **more: object) -> Judgement:
    """Return a judgement of a summary without text."""
    return Judgement(Article(article, ""), "", system, **more)  # type: ignore[arg-type] # fields
