import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.stats.letters import letter, sign_of, superscripts, top_group


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (0, "a"),
        (25, "z"),
        (26, "aa"),
        (27, "ab"),
        (51, "az"),
        (52, "ba"),
        (701, "zz"),
        (702, "aaa"),
    ],
)
def test_letters_go_on_after_z(position: int, expected: str) -> None:
    """They count as the columns of a spreadsheet do."""
    assert letter(position) == expected


@given(st.integers(0, 10**6))
def test_letters_count_in_base_26_without_a_zero(position: int) -> None:
    """Read back with a = 1 ... z = 26, a letter gives its position."""
    read = 0
    for character in letter(position):
        read = 26 * read + "abcdefghijklmnopqrstuvwxyz".index(character) + 1
    assert read == position + 1


def test_a_row_carries_the_letters_of_the_rows_it_beats() -> None:
    """Row by row, in their order; a row that beats nobody carries none."""
    beats = np.zeros((30, 30), bool)
    beats[0, [1, 25, 26, 29]] = True
    beats[29, 2] = True
    marks = superscripts(beats)
    assert marks[0] == ("b", "z", "aa", "ad")
    assert marks[29] == ("c",)
    assert marks[1] == ()


BEATS = np.array([[0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]], bool)
SCORED = np.ones(4, bool)


@pytest.mark.parametrize(
    ("means", "scored", "beats", "better", "expected"),
    [
        pytest.param([4, 3, 2, 1], SCORED, BEATS, "higher", [1, 1, 0, 0], id="not beaten by best"),
        pytest.param([1, 2, 3, 4], SCORED, BEATS, "lower", [1, 1, 0, 0], id="lower is better"),
        # Row 1 beats row 3, which the best row does not: row 3 stays, as only the best decides.
        pytest.param([4, 3, 2, 1], SCORED, BEATS * [1, 1, 1, 0], "higher", [1, 1, 0, 1], id="best"),
        pytest.param([4, 3, 2, 1], SCORED, BEATS & False, "higher", [1, 1, 1, 1], id="none shown"),
        # Rows 0 and 1 share the best mean and only row 1 beats row 3: it is out.
        pytest.param(
            [4, 4, 2, 1], SCORED, BEATS * [1, 1, 0, 1], "higher", [1, 1, 1, 0], id="two best"
        ),
        pytest.param(
            [9, 3, 2, 1], SCORED ^ [1, 0, 0, 0], BEATS, "higher", [0, 1, 1, 0], id="unscored is out"
        ),
        pytest.param([0] * 4, ~SCORED, BEATS & False, "lower", [0, 0, 0, 0], id="nobody scored"),
        pytest.param([5], SCORED[:1], BEATS[:1, :1], "higher", [1], id="alone"),
    ],
)
def test_the_top_group_is_what_the_best_does_not_beat(
    means: list[float],
    scored: list[bool],
    beats: list[list[bool]],
    better: str,
    expected: list[int],
) -> None:
    """Rows not significantly worse than the best row, which is in it."""
    found = top_group(np.array(means, float), np.array(scored, bool), np.array(beats, bool), better)
    assert found.tolist() == [bool(e) for e in expected]


def test_the_direction_has_two_names() -> None:
    """Anything else is refused, with what is allowed."""
    assert (sign_of("higher"), sign_of("lower")) == (1.0, -1.0)
    with pytest.raises(UsageError, match="'higher' or 'lower', not 'up'"):
        sign_of("up")
