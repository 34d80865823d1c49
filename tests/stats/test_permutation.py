from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.pairs import Pairs, all_pairs
from harness.stats.permutation import sign_flip_test
from harness.stats.resampling import flips


def _cube(
    values: FloatArray, present: BoolArray | None = None, clusters: list[str | None] | None = None
) -> ScoreCube:
    return ScoreCube.of([f"{i:05}" for i in range(len(values))], values, present, clusters)


def _differences(*apart: float) -> ScoreCube:
    values = np.zeros((len(apart), 2, 1))
    values[:, 0, 0] = apart
    return _cube(values)


def _p(cube: ScoreCube, patterns: int = 10_000) -> float:
    return float(sign_flip_test(cube, all_pairs(2), patterns=patterns).p[0, 0])


@pytest.mark.parametrize(
    ("apart", "expected"),
    [
        # Of 2^n sign patterns only + + ... + and - - ... - reach the sum of equal signs.
        pytest.param([1.0], 1.0, id="one article tells nothing"),
        pytest.param([1.0, 2.0], 2 / 4, id="two"),
        pytest.param([1.0, 2.0, 3.0, 4.0, 5.0], 2 / 32, id="five of one sign"),
        # |1 + 2 - 3| = 0: every pattern is as far.
        pytest.param([1.0, 2.0, -3.0], 1.0, id="no difference"),
        # |3 - 1 + 1| = 3: of 8 patterns +++ 5, ++- 3, +-+ 3, +-- 1 and their mirrors: 6 of 8.
        pytest.param([3.0, -1.0, 1.0], 6 / 8, id="ties count as reached"),
        # The same in tenths, whose sums are not exact in binary: 0.1 + 0.2 is not 0.3.
        pytest.param([0.3, -0.1, 0.1], 6 / 8, id="ties in spite of rounding"),
        pytest.param([0.3, -0.1, 0.1 + 1e-13], 6 / 8, id="ties in spite of noise"),
        pytest.param([0.1, 0.2, -0.3], 1.0, id="no difference in spite of rounding"),
        # An article where both score alike can take either sign: the p of the others remains.
        pytest.param([1.0, 2.0, 0.0, 0.0], 2 / 4, id="equal scores"),
        pytest.param([0.0, 0.0, 0.0], 1.0, id="the same row twice"),
    ],
)
def test_small_cases_are_exact(apart: list[float], expected: float) -> None:
    """With few articles p is the share of all 2^n patterns, the derivation beside each case."""
    assert _p(_differences(*apart)) == expected
    assert _p(_differences(*(-d for d in apart))) == expected


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(1, 7),
    st.integers(2, 4),
    st.sampled_from([0.0, 0.3]),
    st.booleans(),
)
def test_exact_p_values_are_those_of_a_plain_loop(
    seed: int, articles: int, rows: int, missing: float, clustered: bool
) -> None:
    """Every pattern tried one by one, on what both rows scored, gives the same p."""
    rng = np.random.default_rng(seed)
    shape = (articles, rows, 2)
    clusters: list[str | None] = [str(c) for c in rng.integers(0, 3, articles)]
    cube = _cube(
        rng.integers(0, 4, shape) / 10,
        rng.random(shape) >= missing,
        clusters if clustered else None,
    )
    pairs = all_pairs(rows)
    found = sign_flip_test(cube, pairs, patterns=100)
    assert found.exact
    for column in range(2):
        for k in range(len(pairs)):
            a, b = pairs.first[k], pairs.second[k]
            both = cube.present[:, a, column] & cube.present[:, b, column]
            tenths = np.rint(10 * (cube.values[:, a, column] - cube.values[:, b, column])) * both
            sums = [
                abs(sum(tenths * np.array(signs)[cube.clusters]))
                for signs in product((1, -1), repeat=cube.units)
            ]
            assert found.p[k, column] == np.mean([s >= abs(tenths.sum()) for s in sums])


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_random_patterns_are_counted_as_a_plain_loop_counts(missing: float) -> None:
    """With many articles p is (c + 1) / (B + 1), c the patterns that reach the observed sum."""
    rng = np.random.default_rng(8)
    shape = (40, 3, 2)
    values = rng.integers(0, 11, shape) / 10
    cube = _cube(values, rng.random(shape) >= missing)
    pairs = all_pairs(3)
    found = sign_flip_test(cube, pairs, patterns=300, seed=4)
    signs = 2 * np.concatenate(list(flips(cube, 300, 4, 1))) - 1
    for column in range(2):
        for k in range(3):
            a, b = pairs.first[k], pairs.second[k]
            both = cube.present[:, a, column] & cube.present[:, b, column]
            tenths = np.rint(10 * (cube.values[:, a, column] - cube.values[:, b, column])) * both
            reached = np.abs(signs @ tenths) >= abs(tenths.sum())
            assert found.p[k, column] == (reached.sum() + 1) / 301
    assert not found.exact
    assert (found.patterns == 300).all()


@pytest.mark.parametrize("articles", [9, 60])
def test_p_values_are_scipys(articles: int) -> None:
    """Scipy's paired permutation test agrees: exactly when exact, else within its own noise.

    A share p of 20,000 patterns has a standard error of at most 0.0035, and the difference of two
    0.005: four of them.
    """
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(3)
    values = rng.normal(size=(articles, 2, 6)) + np.linspace(0, 0.6, 6) * [[[0.0], [1.0]]]
    cube = _cube(values)
    ours = sign_flip_test(cube, all_pairs(2), patterns=20_000, seed=1)
    for column in range(6):
        theirs = stats.permutation_test(
            (values[:, 0, column], values[:, 1, column]),
            lambda x, y, axis: np.mean(x - y, axis=axis),
            permutation_type="samples",
            n_resamples=20_000,
            vectorized=True,
            rng=np.random.default_rng(5),
        ).pvalue
        assert abs(ours.p[0, column] - theirs) < (1e-12 if articles == 9 else 4 * 0.005)
    assert ours.exact == (articles == 9)


@pytest.mark.parametrize("articles", [1, 5, 13])
def test_exact_p_is_never_zero(articles: int) -> None:
    """However far apart two rows are, the observed pattern and its mirror image count."""
    found = sign_flip_test(_differences(*[9.0] * articles), all_pairs(2), patterns=5000)
    assert found.exact
    assert found.p[0, 0] == 2 / 2**articles
    assert found.patterns[0, 0] == 2**articles


@pytest.mark.parametrize("articles", [14, 100, 300])
def test_random_p_is_never_zero(articles: int) -> None:
    """Where no pattern is as extreme as the observed one, that one still counts itself."""
    found = sign_flip_test(_differences(*[9.0] * articles), all_pairs(2), patterns=5000)
    assert not found.exact
    assert found.p[0, 0] >= 1 / 5001
    assert articles == 14 or found.p[0, 0] == 1 / 5001


def test_clusters_flip_as_one() -> None:
    """Ten articles in three clusters are three coins: p can be no less than 2 / 8."""
    values = np.zeros((10, 2, 1))
    values[:, 0] = 1.0
    clusters: list[str | None] = [*"xxxxxyyyzz"]
    assert _p(_cube(values)) == 2 / 1024
    assert _p(_cube(values, clusters=clusters)) == 2 / 8


def test_no_shared_article_gives_no_evidence() -> None:
    """The p-value of rows that scored different articles is 1."""
    present = np.array([[True, False], [False, True]])[:, :, None]
    assert _p(_cube(np.array([[[5.0], [0.0]], [[0.0], [1.0]]]), present)) == 1.0


@pytest.mark.parametrize("articles", [11, 50])
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_order_changes_no_bit(articles: int, missing: float) -> None:
    """Rows, columns and articles in any order, and pairs either way round, have the same p."""
    rng = np.random.default_rng(6)
    shape = (articles, 5, 3)
    values, present = rng.random(shape), rng.random(shape) >= missing
    cube = _cube(values, present)
    found = sign_flip_test(cube, all_pairs(5), patterns=2000)
    ids, rows, columns = rng.permutation(articles), rng.permutation(5), rng.permutation(3)
    turned = ScoreCube.of(
        [cube.articles[i] for i in ids],
        cube.values[np.ix_(ids, rows, columns)],
        cube.present[np.ix_(ids, rows, columns)],
    )
    back = np.argsort(rows)
    pairs = Pairs(back[all_pairs(5).second], back[all_pairs(5).first])
    again = sign_flip_test(turned, pairs, patterns=2000)
    assert np.array_equal(found.p[:, columns], again.p)


def test_few_patterns_are_refused() -> None:
    """The message says what was asked for."""
    with pytest.raises(UsageError, match="7 sign patterns"):
        sign_flip_test(_differences(1.0, 2.0), all_pairs(2), patterns=7)
