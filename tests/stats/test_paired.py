import numpy as np
import pytest

from harness.errors import UsageError
from harness.stats.cube import BoolArray, FloatArray, ScoreCube
from harness.stats.letters import superscripts, top_group
from harness.stats.multiplicity import holm
from harness.stats.paired import compare_pairs
from harness.stats.pairs import all_pairs
from harness.stats.permutation import sign_flip_test


def _cube(values: FloatArray, present: BoolArray | None = None) -> ScoreCube:
    return ScoreCube.of([f"{i:05}" for i in range(len(values))], values, present)


def _rows(rows: int, columns: int = 2, articles: int = 60, apart: float = 0.05) -> ScoreCube:
    rng = np.random.default_rng(1)
    shared = rng.normal(size=(articles, 1, columns))
    own = 0.3 * rng.normal(size=(articles, rows, columns))
    return _cube(shared + own + apart * np.arange(rows)[:, None])


def test_a_test_reads_either_way_round() -> None:
    """Exchanging two rows changes the sign of the difference and nothing else."""
    cube = _rows(5)
    tests = compare_pairs(cube, patterns=500)
    for a, b in [(0, 1), (1, 3), (0, 4), (3, 4)]:
        one, other = tests.at(a, b, 1), tests.at(b, a, 1)
        assert one is not None
        assert other is not None
        assert one.difference == -other.difference
        expected = (cube.values[:, a, 1] - cube.values[:, b, 1]).mean()
        assert one.difference == pytest.approx(expected, abs=1e-14)
        assert (one.p, one.adjusted, one.n) == (other.p, other.adjusted, 60)


def test_p_values_are_the_tests_own_and_holms() -> None:
    """Raw p-values are those of the sign-flip test, and adjusted over each column's pairs."""
    cube = _rows(4)
    tests = compare_pairs(cube, patterns=999, seed=3)
    raw = sign_flip_test(cube, all_pairs(4), patterns=999, seed=3)
    assert np.array_equal(tests.p, raw.p)
    assert np.array_equal(tests.adjusted, holm(raw.p))


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_beating_has_the_direction_of_the_column(better: str) -> None:
    """Row 5 lies far above row 0: it beats it where higher is better, and loses where lower is."""
    beats = compare_pairs(_rows(6, apart=0.2), patterns=500).beats(0, better)
    assert beats[5, 0] == (better == "higher")
    assert beats[0, 5] == (better == "lower")
    assert not (beats & beats.T).any()


def test_rows_alike_do_not_beat_each_other() -> None:
    """The same scores twice, and rows that differ by noise alone, carry no letters."""
    values = _rows(1, articles=40).values
    noise = np.random.default_rng(0).normal(size=(40, 1, 2))
    tests = compare_pairs(_cube(np.concatenate([values, values, values + noise], axis=1)))
    assert superscripts(tests.beats(0, "higher")) == ((), (), ())
    same = tests.at(1, 0, 0)
    assert same is not None
    assert (f"{same.difference:.1f}", same.p) == ("0.0", 1.0)


def test_pairs_without_shared_articles_are_no_questions() -> None:
    """They have no test, beat nobody, and do not make Holm stricter for the others."""
    cube = _rows(3, articles=80, apart=0.12)
    present = np.ones(cube.present.shape, bool)
    present[:40, 2] = False
    present[40:, 0] = False
    tests = compare_pairs(_cube(cube.values, present), patterns=500)
    assert tests.at(0, 2, 0) is None
    assert not tests.beats(0, "higher")[[0, 2], [2, 0]].any()
    asked = np.array([tests.p[0, 0], tests.p[2, 0]])
    assert tests.adjusted[[0, 2], 0].tolist() == holm(asked).tolist()


def test_the_order_of_rows_changes_no_bit() -> None:
    """Letters, top group and p-values follow the rows wherever they stand."""
    cube = _rows(9, apart=0.06)
    order = np.random.default_rng(2).permutation(9)
    tests = compare_pairs(cube, patterns=500)
    turned = compare_pairs(_cube(cube.values[:, order]), patterns=500)
    beats, again = tests.beats(0, "higher"), turned.beats(0, "higher")
    assert beats.any()
    assert np.array_equal(beats[np.ix_(order, order)], again)
    for a in range(9):
        for b in range(9):
            if a != b:
                assert turned.at(a, b, 1) == tests.at(int(order[a]), int(order[b]), 1)
    means, scored = cube.values[:, :, 0].mean(axis=0), np.ones(9, bool)
    top = top_group(means, scored, beats, "higher")
    assert 1 <= top.sum() < 9
    assert np.array_equal(top[order], top_group(means[order], scored, again, "higher"))


def test_one_row_has_nothing_to_compare() -> None:
    """A table of one row has no pairs and no letters."""
    tests = compare_pairs(_rows(1), patterns=200)
    assert tests.p.shape == (0, 2)
    assert superscripts(tests.beats(0, "higher")) == ((),)


def test_many_rows_can_still_show_a_difference() -> None:
    """With 40 rows, 780 pairs, 1,000 patterns could never pass Holm at 5 %: 780 / 1001 > 0.05.

    So what they hardly reached is tested again on 780 / 0.05 = 15,600.
    """
    values = _rows(40, columns=1, apart=0.0).values
    values[:, 7] += 1.0
    tests = compare_pairs(_cube(values), patterns=1000)
    beats = tests.beats(0, "higher")
    assert beats[7].sum() == 39
    assert set(np.unique(tests.patterns)) == {1000, 15_600}
    assert (tests.patterns[tests.p > 0.02] == 1000).all()
    assert (tests.p >= 1 / 15_601).all()


def test_few_articles_are_exact_whatever_the_number_of_rows() -> None:
    """With six articles all 64 patterns are tried, and no more can be."""
    tests = compare_pairs(_rows(40, columns=1, articles=6), patterns=1000)
    assert tests.exact
    assert (tests.patterns == 64).all()


def test_a_level_without_meaning_is_refused() -> None:
    """The message holds the offending value."""
    with pytest.raises(UsageError, match="significance level is 5"):
        compare_pairs(_rows(2), alpha=5)


def test_a_row_is_not_tested_against_itself() -> None:
    """The message says which row it was."""
    with pytest.raises(UsageError, match="Row 1 was to be tested against itself"):
        compare_pairs(_rows(2), patterns=200).at(1, 1, 0)
