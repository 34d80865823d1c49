from typing import Any

import numpy as np
import pytest

from harness.validation.levels import COEFFICIENTS, correlate
from harness.validation.points import Points
from harness.validation.weights import Resampled, draw
from tests.validation.conftest import Make, judgement

stats = pytest.importorskip("scipy.stats")
SCIPY: dict[str, Any] = {
    "pearson": stats.pearsonr,
    "spearman": stats.spearmanr,
    "kendall": stats.kendalltau,
}
ARTICLES, SYSTEMS = 6, 4
RNG = np.random.default_rng(3)
X = RNG.integers(0, 4, (2, ARTICLES, SYSTEMS)).astype(float)
Y = RNG.integers(0, 4, (ARTICLES, SYSTEMS)).astype(float)
Y[0] = 1.0  # an article without variance


@pytest.fixture
def points(make: Make) -> Points:
    """Return six articles by four systems; people said the same of all of the first."""
    judged = [
        judgement(f"a{a}", f"s{s}", human={"quality": float(Y[a, s])})
        for a in range(ARTICLES)
        for s in range(SYSTEMS)
    ]
    return make(X.reshape(2, -1), judged)


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_every_level_is_scipy_s(points: Points, name: str) -> None:
    """System level of means, summary level averaged over articles with variance, sample level."""
    scipy = SCIPY[name]
    weights = draw(ARTICLES, SYSTEMS, "both", 100, 0)
    found = correlate(points, points.dimensions[0], weights)
    for row in range(2):
        x = X[row]
        several = [a for a in range(ARTICLES) if len(set(x[a])) > 1 and len(set(Y[a])) > 1]
        wanted = {
            "system": scipy(x.mean(axis=0), Y.mean(axis=0))[0],
            "summary": np.mean([scipy(x[a], Y[a])[0] for a in several]),
            "sample": scipy(x.ravel(), Y.ravel())[0],
        }
        for level, value in wanted.items():
            one = found[row][level, name]  # type: ignore[index] # the names of the tables
            assert one.estimate == pytest.approx(value)
            assert one.low is not None
            assert one.high is not None
            assert one.low <= value <= one.high
        assert found[row]["summary", "pearson"].n == len(several)
        assert found[row]["summary", "pearson"].left_out == ARTICLES - len(several)


@pytest.mark.parametrize("what", ["articles", "systems", "both"])
def test_intervals_are_those_of_the_resamples_written_out(points: Points, what: Resampled) -> None:
    """The ends are percentiles of scipy's rho over the cells of every draw, at each level."""
    weights = draw(ARTICLES, SYSTEMS, what, 100, 5)
    found = correlate(points, points.dimensions[0], weights)[0]
    rho: dict[str, list[float]] = {"system": [], "summary": [], "sample": []}
    for b in range(100):
        of_articles = weights.articles[min(b, len(weights.articles) - 1)].astype(int)
        rows = np.repeat(np.arange(ARTICLES), of_articles)
        columns = weights.drawn[min(b, len(weights.drawn) - 1)]
        x, y = X[0][rows][:, columns], Y[rows][:, columns]
        within = [rho_of(one, two) for one, two in zip(x, y, strict=True)]
        rho["summary"].append(float(np.mean([r for r in within if r is not None] or [np.nan])))
        rho["system"].append(rho_of(x.mean(axis=0), y.mean(axis=0)) or 0.0)
        rho["sample"].append(rho_of(x.ravel(), y.ravel()) or 0.0)
    for level, values in rho.items():
        one = found[level, "spearman"]  # type: ignore[index] # the names of the tables
        kept = [v for v in values if not np.isnan(v)]
        ends = np.quantile(kept, [0.025, 0.975])
        assert [one.low, one.high] == pytest.approx(ends.tolist(), abs=1e-9), level


def rho_of(x: Any, y: Any) -> float | None:
    """Return scipy's rho, None without variance."""
    x, y = np.round(x, 12), np.round(y, 12)  # means of the same numbers in another order
    if len(set(x)) < 2 or len(set(y)) < 2:
        return None
    return float(stats.spearmanr(x, y)[0])


def test_what_is_unscored_takes_no_part(make: Make) -> None:
    """A score marked as missing changes nothing, whatever the array holds there."""
    judged = [judgement(f"a{i}", human={"q": float(i % 3)}) for i in range(6)]
    values = np.array([[1.0, 5.0, 2.0, 0.0, 4.0, 999.0]])
    there = np.array([[True] * 5 + [False]])
    weights = draw(6, 0, "articles", 100, 0)
    whole = make(values, judged, there=there)
    (found,) = correlate(whole, whole.dimensions[0], weights)
    wanted = stats.spearmanr(values[0, :5], [0, 1, 2, 0, 1])[0]
    assert found["sample", "spearman"].estimate == pytest.approx(wanted)
    assert found["sample", "spearman"].n == 5
    assert ("system", "spearman") not in found


def test_a_column_better_when_lower_is_turned(make: Make) -> None:
    """Agreement is positive where fewer flags go with better judgements."""
    judged = [judgement(f"a{i}", human={"q": float(i)}) for i in range(4)]
    points = make([[4.0, 3.0, 2.0, 1.0]], judged, better="lower")
    (found,) = correlate(points, points.dimensions[0], draw(4, 0, "articles", 100, 0))
    assert found["sample", "pearson"].estimate == pytest.approx(1.0)


def test_a_constant_column_agrees_with_nothing(make: Make) -> None:
    """There is no coefficient, and no nought in its place."""
    judged = [judgement(f"a{i}", human={"q": float(i)}) for i in range(4)]
    points = make([[2.0] * 4], judged)
    (found,) = correlate(points, points.dimensions[0], draw(4, 0, "articles", 100, 0))
    one = found["sample", "pearson"]
    assert (one.estimate, one.low, one.high) == (None, None, None)
