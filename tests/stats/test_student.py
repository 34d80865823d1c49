import math

import pytest

from harness.errors import UsageError
from harness.stats.student import check_share, normal_two_sided, student_two_sided


@pytest.mark.parametrize(
    ("df", "expected"),
    [
        pytest.param(1, 12.706204736, id="1"),
        pytest.param(2, 4.302652730, id="2"),
        pytest.param(5, 2.570581836, id="5"),
        pytest.param(10, 2.228138852, id="10"),
        pytest.param(49, 2.009575237, id="49"),
        pytest.param(99, 1.984216952, id="99"),
    ],
)
def test_quantiles_are_those_of_the_tables(df: int, expected: float) -> None:
    """95 % quantiles agree with the NIST/SEMATECH tables, here to nine places by scipy 1.17.1."""
    assert math.isclose(student_two_sided(0.95, df), expected, abs_tol=5e-9)


@pytest.mark.parametrize("confidence", [0.01, 0.5, 0.9, 0.95, 0.999])
@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 30, 501, 11_489, 100_000])
def test_quantiles_are_scipys(df: int, confidence: float) -> None:
    """Any confidence and any whole degrees agree with scipy to ten digits."""
    stats = pytest.importorskip("scipy.stats")
    expected = float(stats.t.ppf(0.5 + confidence / 2, df))
    assert math.isclose(student_two_sided(confidence, df), expected, rel_tol=1e-10)


def test_many_degrees_are_nearly_normal() -> None:
    """With a million degrees t is the normal quantile, 1.959964."""
    assert math.isclose(normal_two_sided(0.95), 1.959963984540054, rel_tol=1e-14)
    assert 0 < student_two_sided(0.95, 10**6) - normal_two_sided(0.95) < 1e-5


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, 95.0, math.nan])
def test_what_is_no_share_is_refused(share: float) -> None:
    """The message holds the value and what is allowed."""
    check_share(0.95, "confidence")
    with pytest.raises(UsageError, match=f"confidence is {share}.*between 0 and 1"):
        check_share(share, "confidence")
