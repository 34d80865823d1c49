import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harness.rouge.arrays import ranges, run_starts, stable_order

SMALL = st.lists(st.integers(0, 3), max_size=20)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), max_size=20))
def test_run_starts(rows: list[tuple[int, int]]) -> None:
    """A run begins where any of the keys changes, and at the first row."""
    keys = np.array(rows, np.int64).reshape(-1, 2)
    expected = [i for i in range(len(rows)) if i == 0 or rows[i] != rows[i - 1]]
    assert run_starts(keys[:, 0], keys[:, 1]).tolist() == expected


@given(SMALL, SMALL)
def test_ranges(starts: list[int], lengths: list[int]) -> None:
    """Ranges follow each other; empty ones leave no trace."""
    spans = [*zip(starts, lengths, strict=False)]
    found = ranges(*np.array(spans, np.int64).reshape(-1, 2).T)
    assert found.tolist() == [i for start, length in spans for i in range(start, start + length)]


@given(st.lists(st.sampled_from([0, 1, 2, 2**40 - 1]), max_size=30))
def test_stable_order(keys: list[int]) -> None:
    """Equal keys keep the order in which they stand."""
    found = stable_order(np.array(keys, np.int64))
    assert found.tolist() == sorted(range(len(keys)), key=keys.__getitem__)
