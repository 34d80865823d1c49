import re

import numpy as np
import pytest

from harness.records import Column
from harness.stats.rates import roc_auc
from harness.validation.figures import _agreement, roc
from harness.validation.plots import Panel, Scale, Whisker, curves, ticks, whiskers
from harness.validation.points import Row
from tests.validation.conftest import Make, judgement

TICKS = {
    "shares": (0.0, 1.0, [0.0, 0.5, 1.0]),
    "below-nothing": (-0.3, 0.3, [-0.2, 0.0, 0.2]),
    "large": (38.0, 61.0, [40.0, 50.0, 60.0]),
    "narrow": (0.101, 0.106, [0.102, 0.104, 0.106]),
    "one-value": (2.0, 2.0, [2.0]),
}


@pytest.mark.parametrize(("low", "high", "expected"), TICKS.values(), ids=TICKS)
def test_ticks_are_round_and_within(low: float, high: float, expected: list[float]) -> None:
    """Steps of 1, 2 or 5 in the last place that is shown."""
    assert ticks(low, high) == pytest.approx(expected)


def test_a_scale_holds_what_is_known() -> None:
    """Nothing is a value only where there is one; a single value lies in the middle."""
    assert Scale.over([None, 3.0, None], 0, 100)(3.0) == 50
    scale = Scale.over([0.0, 1.0], 0, 110)
    assert (scale(0.0), scale(1.0)) == (5, 105)


def test_a_row_without_a_number_has_no_dot() -> None:
    """Its name stands there all the same; what has no interval has no line."""
    held = (Whisker(0.5, 0.2, 0.7), Whisker(0.1), Whisker(None))
    plot = whiskers(["a", "b", "c"], [False, True, False], [Panel("p", 0.0, held)], "said")
    assert re.findall(r'<circle class="(\w+)"', plot) == ["dot", "rival"]
    assert plot.count('class="whisker"') == 1
    assert plot.count('class="zero"') == 1
    assert re.findall(r">([abc])</text>", plot) == ["a", "b", "c"]
    assert "<title>0.5 [0.2, 0.7]</title>" in plot


def test_a_curve_has_its_area(make: Make) -> None:
    """The trapezoids below it sum up to the area under the ROC curve, ties and all."""
    rng = np.random.default_rng(5)
    good = rng.random(80) < 0.6
    scores = np.round(rng.normal(size=80) + good, 1)
    judged = [judgement(f"{i:02d}", labels={"ok": bool(g)}) for i, g in enumerate(good)]
    points = make([scores.tolist()], judged)
    false, true = roc(points, 0, points.dimensions[0])
    assert (false[0], true[0], false[-1], true[-1]) == (0, 0, 1, 1)
    below = float(((true[1:] + true[:-1]) / 2 * np.diff(false)).sum())
    assert below == pytest.approx(roc_auc(good, scores).one())


def test_a_long_curve_is_drawn_by_pixel() -> None:
    """As many points as pixels at most, however many summaries there are."""
    many = np.linspace(0, 1, 50_000)
    drawn = curves([("x", many, many**2)], "said")
    assert len(drawn) < 12_000
    assert 'class="curve c0"' in drawn


def test_a_column_without_any_score_is_not_drawn() -> None:
    """The tables tell why it has none; an empty row would only make the plot longer."""
    rows = [Row(name, "m", Column(name, "a column")) for name in ("one", "none")]
    plot = _agreement(rows, [Panel("p", 0.0, (Whisker(0.5), Whisker(None)))], "said")
    assert ">one</text>" in plot
    assert ">none</text>" not in plot
