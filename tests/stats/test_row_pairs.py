import pytest

from harness.errors import UsageError
from harness.stats.pairs import Pairs, against, all_pairs


def _listed(pairs: Pairs) -> list[tuple[int, int]]:
    return list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(1, [], id="one row has no pair"),
        pytest.param(2, [(0, 1)], id="two"),
        pytest.param(4, [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], id="four"),
    ],
)
def test_all_pairs_names_each_once(rows: int, expected: list[tuple[int, int]]) -> None:
    """Every pair of rows is there once, the earlier row first."""
    assert _listed(all_pairs(rows)) == expected
    assert len(all_pairs(rows)) == len(expected)


@pytest.mark.parametrize(
    ("baseline", "rows", "expected"),
    [
        pytest.param(0, 3, [(1, 0), (2, 0)], id="first"),
        pytest.param(1, 3, [(0, 1), (2, 1)], id="middle"),
        pytest.param(0, 1, [], id="alone"),
    ],
)
def test_the_baseline_is_subtracted(
    baseline: int, rows: int, expected: list[tuple[int, int]]
) -> None:
    """Every other row comes first and the baseline second."""
    assert _listed(against(baseline, rows)) == expected


def test_a_part_of_the_pairs_is_pairs() -> None:
    """Slices and index arrays pick pairs."""
    assert _listed(all_pairs(4)[2:4]) == [(0, 3), (1, 2)]


@pytest.mark.parametrize("baseline", [-1, 3])
def test_a_baseline_that_is_no_row_is_refused(baseline: int) -> None:
    """The message says which rows there are."""
    with pytest.raises(UsageError, match="rows 0 to 2"):
        against(baseline, 3)
