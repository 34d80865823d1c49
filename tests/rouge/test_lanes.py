import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harness.rouge.lanes import mirror, stack


@given(st.lists(st.integers(0, 9), max_size=20))
def test_stack_puts_row_i_of_all_lanes_side_by_side(rows: list[int]) -> None:
    """Longest lanes first; slice i holds row i of every lane that has one, in that order."""
    laid = stack(np.array(rows, np.int64))
    order = laid.order.tolist()
    assert order == sorted(range(len(rows)), key=lambda lane: -rows[lane])
    assert len(laid.slices) == max(rows, default=0)
    names = np.empty(sum(rows), object)
    names[laid.place] = [f"{lane}:{row}" for lane, n in enumerate(rows) for row in range(n)]
    for i, part in enumerate(laid.slices):
        assert names[part].tolist() == [f"{lane}:{i}" for lane in order if rows[lane] > i]


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_mirror_turns_words_around(words: list[int]) -> None:
    """Bit 0 becomes bit 63, bit 1 bit 62, and so on."""
    expected = [int(f"{word:064b}"[::-1], 2) for word in words]
    assert mirror(np.array(words, np.uint64)).tolist() == expected
