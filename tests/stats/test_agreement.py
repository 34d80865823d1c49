import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import InputError
from harness.stats.agreement import Scale, alpha, cohen, fleiss

N = None
# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example with four observers,
# twelve units and missing answers. There: n = 40 answers in units of two or more, by value 9, 13,
# 10, 5, 3; on the diagonal of the coincidences 7 + 10 + 8 + 4 + 3 = 32. So nominal
# 1 - 39 (40 - 32) / (40^2 - 81 - 169 - 100 - 25 - 9) = 1 - 312 / 1216 = 0.743.
OBSERVERS: list[list[float | None]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
UNITS = list(zip(*OBSERVERS, strict=True))
PUBLISHED: dict[Scale, float] = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}


@pytest.mark.parametrize(("scale", "value"), PUBLISHED.items(), ids=PUBLISHED)
def test_alpha_is_that_of_its_paper(scale: Scale, value: float) -> None:
    """Each scale gives the three digits printed there."""
    found = alpha(UNITS, scale)
    assert found is not None
    assert round(found, 3) == value
    if scale == "nominal":
        assert found == pytest.approx(1 - 312 / 1216)


def test_cohen_s_kappa_is_that_of_its_paper() -> None:
    """Cohen (1960), table 1, as counts of 200: (0.70 - 0.41) / (1 - 0.41) = 0.49.

    Agreed: 88 + 40 + 12 of 200. By chance: (120 x 100 + 60 x 60 + 20 x 40) / 200^2.
    """
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    answers = [(a, b) for a in range(3) for b in range(3) for _ in range(table[a][b])]
    found = cohen([a for a, _ in answers], [b for _, b in answers])
    assert found == pytest.approx((0.70 - 0.41) / (1 - 0.41))


# Fleiss (1971), table 1: six of several psychiatrists gave each of 30 patients one of five
# diagnoses. Totals 26, 26, 30, 55, 43 of 180; agreement 0.5556, by chance 0.2201, kappa 0.430.
PATIENTS = """00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050
02031 00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"""


def test_fleiss_kappa_is_that_of_its_paper() -> None:
    """The three digits printed there; the column totals guard the table itself."""
    counts = [[int(n) for n in row] for row in PATIENTS.split()]
    assert [sum(column) for column in zip(*counts, strict=True)] == [26, 26, 30, 55, 43]
    found = fleiss(counts)
    assert found is not None
    assert round(found, 3) == 0.430


def slow_alpha(units: list[list[int]], *, nominal: bool) -> float | None:
    """Return alpha by its definition: every pair of answers within units, and of all answers."""

    def distance(a: int, b: int) -> int:
        return int(a != b) if nominal else (a - b) ** 2

    units = [unit for unit in units if len(unit) > 1]
    pooled = [a for unit in units for a in unit]
    n = len(pooled)
    expected = sum(distance(a, b) for a in pooled for b in pooled) / max(1, n * (n - 1))
    observed = sum(
        sum(distance(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in units
    )
    return 1 - observed / n / expected if expected else None


@given(st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=6), st.booleans())
def test_alpha_is_that_of_all_pairs_of_answers(units: list[list[int]], nominal: bool) -> None:
    """The matrix of coincidences says what comparing every pair says."""
    wanted = slow_alpha(units, nominal=nominal)
    found = alpha(units, "nominal" if nominal else "interval")
    if wanted is None:
        assert found is None
    else:
        assert found is not None
        assert math.isclose(found, wanted, abs_tol=1e-12)


def test_perfect_agreement_is_one_and_one_answer_alone_is_none() -> None:
    """Where everybody always says the same, chance leaves nothing to agree about."""
    assert alpha([[1, 1], [2, 2]]) == cohen([1, 2], [1, 2]) == fleiss([[2, 0], [0, 2]]) == 1.0
    assert alpha([[1, 1], [1, 1]]) is cohen([1, 1], [1, 1]) is fleiss([[2, 0], [2, 0]]) is None
    assert alpha([]) is cohen([], []) is fleiss([]) is None


def test_unequal_answers_are_refused() -> None:
    """Cohen's two people and Fleiss' many must have answered equally often."""
    with pytest.raises(InputError, match="2 answers were given beside 1"):
        cohen([1, 2], [1])
    with pytest.raises(InputError, match="From 2 to 3 answers"):
        fleiss([[2, 0], [2, 1]])
    with pytest.raises(InputError, match="From 1 to 1 answers"):
        fleiss([[1, 0]])
