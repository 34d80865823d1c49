from collections.abc import Sequence
from pathlib import Path

import pytest

from harness import api
from harness.analysis import analyse
from harness.comparison import Comparison, compare
from harness.missing import both_ways
from harness.records import Article
from tests.conftest import Call


@pytest.fixture
def comparison(articles: Sequence[Article], runs: Path) -> Comparison:
    """Return lead, and published, which has one summary for three articles."""
    candidates = {"lead": "lead", "published": "published"}
    done = api.evaluate(articles, candidates, ["rouge", "length", "repetition"], runs=runs)
    return compare(done.runs)


def test_a_row_that_lacks_summaries_is_shown_both_ways(comparison: Comparison) -> None:
    """The twin stands below its row; a row that lacks nothing has none."""
    names = [row.name for row in both_ways(comparison).rows]
    assert names == ["lead", "published", "published, missing = 0"]


def test_zero_counts_where_higher_is_better_and_nowhere_else(comparison: Comparison) -> None:
    """ROUGE takes the articles without a summary as 0; length and repetition leave them out."""
    found = both_ways(comparison)
    at = {h.column.name: i for i, h in enumerate(found.headings)}
    left_out, as_zero = found.cells[1], found.cells[2]
    rouge, words, repeated = at["rouge1"], at["words"], at["repeated"]
    assert as_zero[rouge].mean == pytest.approx((left_out[rouge].mean or 0) / 3)
    assert as_zero[rouge].mean
    assert (left_out[rouge].scored, as_zero[rouge].scored) == (1, 3)
    for column in (words, repeated):
        assert as_zero[column] == left_out[column]


def test_the_statistics_see_the_zeros_too(comparison: Comparison) -> None:
    """Means and tests of the twin are over all three articles."""
    found = both_ways(comparison)
    mean = analyse(found, [0]).mean(2, 0)
    assert mean is not None
    assert mean.n == 3
    assert mean.estimate == pytest.approx(found.cells[2][0].mean)


def test_the_command_shows_both(comparison: Comparison, runs: Path, call: Call) -> None:
    """--missing-as-zero adds the twin to the table."""
    assert len(comparison.rows) == 2
    out = call("compare", "--runs", runs, "--missing-as-zero").out
    assert "published, missing = 0" in out
