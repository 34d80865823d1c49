import numpy as np
import pytest

from harness.validation.differences import compared
from harness.validation.levels import LEVELS, Level, correlate
from harness.validation.points import Points
from harness.validation.weights import draw
from tests.validation.conftest import Make, judgement

ARTICLES, SYSTEMS = 30, 8


def noisy(make: Make, seed: int, noise: tuple[float, ...]) -> Points:
    """Return judgements and one row for each amount of noise added to them."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=(ARTICLES, SYSTEMS)) + rng.normal(size=SYSTEMS)
    scores = [(truth + n * rng.normal(size=truth.shape)).ravel() for n in noise]
    judged = [
        judgement(f"a{a:02d}", f"s{s}", human={"q": float(truth[a, s])})
        for a in range(ARTICLES)
        for s in range(SYSTEMS)
    ]
    return make(scores, judged)


@pytest.mark.parametrize("level", LEVELS)
def test_the_difference_is_that_of_the_coefficients(make: Make, level: Level) -> None:
    """Of r at system level, of rho at the others, whatever the test makes of it."""
    points = noisy(make, 1, (0.2, 3.0))
    labels = points.dimensions[0]
    found = correlate(points, labels, draw(ARTICLES, SYSTEMS, "articles", 100, 0))
    name = "pearson" if level == "system" else "spearman"
    first, second = (one[level, name].estimate for one in found)  # type: ignore[index] # a name
    test = compared(points, labels, level).at(0, 1, 0)
    assert test is not None
    assert first is not None
    assert second is not None
    # The jackknife takes the bias of a coefficient out: at sample level a little is left.
    assert test.difference == pytest.approx(first - second, abs=0.01 if level == "sample" else 1e-9)


@pytest.mark.parametrize("level", ["summary", "sample"])
def test_little_noise_beats_much_and_equal_noise_does_not(make: Make, level: Level) -> None:
    """The better row is shown to be better; two alike are not told apart."""
    beats = compared(p := noisy(make, 2, (0.3, 0.3, 5.0)), p.dimensions[0], level)
    assert beats.beats(0, "higher").tolist() == [
        [False, False, True],
        [False, False, True],
        [False, False, False],
    ]


def test_equal_metrics_are_called_different_as_seldom_as_promised(make: Make) -> None:
    """Of 200 pairs of rows with equal noise at sample level, 5 % have p of 0.05 or less, or so."""
    rejected = 0
    for seed in range(200):
        points = noisy(make, seed, (1.0, 1.0))
        test = compared(points, points.dimensions[0], "sample").at(0, 1, 0)
        assert test is not None
        rejected += test.p <= 0.05
    assert 2 <= rejected <= 20


def test_a_row_without_scores_is_not_tested(make: Make) -> None:
    """It has no coefficient, so that there is no question to correct for."""
    whole = noisy(make, 3, (0.3, 5.0, 1.0))
    there = np.ones(whole.there.shape, bool)
    there[2] = False
    points = make(whole.scores, whole.judged, there=there)
    for level in LEVELS:
        tests = compared(points, points.dimensions[0], level)
        assert tests.at(0, 2, 0) is None
        test = tests.at(0, 1, 0)
        assert test is not None
        assert test.p == test.adjusted
