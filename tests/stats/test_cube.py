import numpy as np
import pytest

from harness.errors import InputError
from harness.stats.bootstrap import mean_intervals
from harness.stats.cube import BoolArray, FloatArray, ScoreCube

VALUES = np.arange(12, dtype=float).reshape(3, 2, 2)


def test_articles_are_put_in_the_order_of_their_ids() -> None:
    """The order in which articles arrive leaves no trace in the cube."""
    given = ScoreCube.of(["b", "a", "c"], VALUES, clusters=["x", None, "x"])
    turned = ScoreCube.of(["c", "b", "a"], VALUES[[2, 0, 1]], clusters=["x", "x", None])
    assert given.articles == turned.articles == ("a", "b", "c")
    assert np.array_equal(given.values, turned.values)
    assert np.array_equal(given.values[0], VALUES[1])
    assert given.clusters.tolist() == turned.clusters.tolist() == [0, 1, 1]


def test_what_is_absent_is_never_read() -> None:
    """A value without presence may be anything, and is kept as 0.0."""
    present = np.ones(VALUES.shape, bool)
    present[1, 0, 1] = False
    values = VALUES.copy()
    values[1, 0, 1] = np.nan
    cube = ScoreCube.of(["a", "b", "c"], values, present)
    assert cube.values[1, 0, 1] == 0.0
    assert not cube.present[1, 0, 1]


@pytest.mark.parametrize(
    ("clusters", "units", "clustered"),
    [
        pytest.param(None, 3, False, id="none given"),
        pytest.param([None, None, None], 3, False, id="all alone"),
        pytest.param(["x", "y", "z"], 3, False, id="all different"),
        pytest.param(["x", None, "x"], 2, True, id="two together"),
        pytest.param(["x", "x", "x"], 1, True, id="all together"),
    ],
)
def test_clusters_are_the_independent_units(
    clusters: list[str | None] | None, units: int, clustered: bool
) -> None:
    """An article without a cluster is a unit of its own."""
    cube = ScoreCube.of(["a", "b", "c"], VALUES, clusters=clusters)
    assert (cube.units, cube.clustered, cube.rows, cube.columns) == (units, clustered, 2, 2)


def test_a_row_of_zeros_is_present_everywhere() -> None:
    """The difference of a row from the added one is the row's own score."""
    cube = ScoreCube.of(["a", "b", "c"], VALUES).with_zero_row()
    assert cube.rows == 3
    assert not cube.values[:, 2].any()
    assert cube.present[:, 2].all()


def test_one_column_keeps_everything_else() -> None:
    """A cube of one column has the same articles, rows and clusters."""
    cube = ScoreCube.of(["a", "b", "c"], VALUES, clusters=["x", "x", None])
    part = cube.column(1)
    assert np.array_equal(part.values[:, :, 0], VALUES[:, :, 1])
    assert part.clusters is cube.clusters


NAN = np.where(VALUES == 6, np.nan, VALUES)


@pytest.mark.parametrize(
    ("articles", "values", "present", "clusters", "message"),
    [
        pytest.param([], np.zeros((0, 1, 1)), None, None, "no articles", id="no article"),
        pytest.param(["a", "b", "a"], VALUES, None, None, "'a' is given twice", id="twice"),
        pytest.param(["a", "b"], VALUES, None, None, r"\(3, 2, 2\)", id="too few ids"),
        pytest.param(["a"], np.zeros((1, 2)), None, None, r"\(1, 2\)", id="flat"),
        pytest.param(["a"], np.zeros((1, 0, 2)), None, None, "none of them 0", id="no row"),
        pytest.param(
            ["a", "b", "c"], VALUES, np.ones((3, 2), bool), None, r"\(3, 2\)", id="flat presence"
        ),
        pytest.param(["a", "b", "c"], VALUES, None, ["x"], "1 clusters", id="too few clusters"),
        pytest.param(
            ["a", "b", "c"], NAN, None, None, "'b', row 1, column 0 is nan", id="not a number"
        ),
        pytest.param(["a"], np.full((1, 1, 1), np.inf), None, None, "is inf", id="infinite"),
    ],
)
def test_what_is_no_cube_is_refused(
    articles: list[str],
    values: FloatArray,
    present: BoolArray | None,
    clusters: list[str | None] | None,
    message: str,
) -> None:
    """The message holds the offending value."""
    with pytest.raises(InputError, match=message):
        ScoreCube.of(articles, values, present, clusters)


def test_more_clusters_than_are_wanted_are_joined_at_random() -> None:
    """Groups are of like size, keep clusters whole, and are the same for the same seed."""
    clusters = [str(i // 2) for i in range(1000)]
    ids = [f"{i:04}" for i in range(1000)]
    cube = ScoreCube.of(ids, np.ones((1000, 1, 1)), clusters=clusters)
    found = cube.in_groups(100, seed=3)
    assert found.units == 100
    assert set(np.bincount(found.clusters).tolist()) == {10}
    assert np.array_equal(found.clusters[::2], found.clusters[1::2])
    assert np.array_equal(found.clusters, cube.in_groups(100, seed=3).clusters)
    assert not np.array_equal(found.clusters, cube.in_groups(100, seed=4).clusters)
    assert cube.in_groups(500, seed=3) is cube


def test_groups_give_nearly_the_interval_of_articles() -> None:
    """The width differs by a few times one part in sqrt(2 groups), which is 3.5 % for 400."""
    values = np.random.default_rng(2).gamma(1.0, size=(4000, 1, 1))
    cube = ScoreCube.of([f"{i:04}" for i in range(4000)], values)
    widths = []
    for one in (cube, cube.in_groups(400, seed=0)):
        interval = mean_intervals(one, resamples=4000).at(0, 0)
        assert interval is not None
        assert interval.estimate == pytest.approx(values.mean())
        widths.append(interval.high - interval.low)
    assert abs(widths[1] / widths[0] - 1) < 4 * 0.035
