import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from harness import api
from harness.analysis import analyse
from harness.comparison import NOT_COMPUTED, compare
from harness.errors import IncomparableError, RunError, UsageError
from harness.parts import Need
from harness.records import Article, Column, Item, Scores
from harness.reports.latex import Latex
from harness.reports.markdown import Markdown
from harness.reports.terminal import Terminal
from harness.runs import Run, Store
from harness.summarisers.lead import Lead
from harness.summarisers.outputs import Outputs


@pytest.fixture
def three(articles: Sequence[Article], runs: Path) -> list[Run]:
    """Return runs of lead, published and reference."""
    candidates = {"lead": "lead(sentences=1)", "published": "published", "reference": "reference"}
    return api.evaluate(articles, candidates, ["rouge", "length"], runs=runs).runs


def test_means_are_over_what_is_scored(three: list[Run]) -> None:
    """A mean leaves out what has no score; it is counted with its reasons instead."""
    found = compare(three)
    rows = {row.name: cells for row, cells in zip(found.rows, found.cells, strict=True)}
    at = [h.column.name for h in found.headings].index("rouge1")
    words = [h.column.name for h in found.headings].index("words")
    assert rows["lead"][at].scored == 2
    assert rows["lead"][at].unscored == {"no reference": 1}
    assert rows["lead"][words].mean == pytest.approx((5 + 4 + 4) / 3)
    assert rows["published"][words].mean == 10
    assert rows["published"][words].unscored == {"no summary: the page carries no summary": 2}
    assert rows["reference-1"][at].unscored == {
        "no other reference": 1,
        "no summary: the article has no reference 1": 1,
    }


def test_the_order_of_runs_changes_no_number(three: list[Run]) -> None:
    """Rows come in the order asked for, and each has the same numbers in any order."""
    one, other = compare(three), compare(three[::-1])
    assert [r.name for r in other.rows] == [r.name for r in one.rows][::-1]
    assert other.cells[::-1] == one.cells


def test_columns_that_nobody_shows_are_not_read(three: list[Run]) -> None:
    """What is asked for has the same numbers as among all; where nothing is, all are there."""
    whole = compare(three)
    found = compare(three, only=lambda column: column.headline)
    names = [h.column.name for h in whole.headings]
    assert [h.column.name for h in found.headings] == [
        h.column.name for h in whole.headings if h.column.headline
    ]
    at = [names.index(h.column.name) for h in found.headings]
    assert found.cells == tuple(tuple(row[i] for i in at) for row in whole.cells)
    assert compare(three, only=lambda _: False).cells == whole.cells


@pytest.mark.parametrize(
    "report", [Terminal(), Markdown(), Latex()], ids=["terminal", "markdown", "latex"]
)
def test_a_table_needs_only_what_it_shows(three: list[Run], report: Any) -> None:
    """A table written from its own columns is, letter by letter, that written from all."""
    assert report.write(compare(three, only=report.shows)) == report.write(compare(three))


def test_runs_over_different_corpora_are_refused(
    articles: Sequence[Article], three: list[Run], runs: Path
) -> None:
    """What differs is named; --anyway compares on the articles there are, and says so."""
    [other] = api.evaluate(articles[:2], {"two": Lead()}, ["length"], runs=runs).runs
    with pytest.raises(IncomparableError, match=r"corpus: lead has articles .* 3 articles"):
        compare([three[0], other])
    found = compare([three[0], other], anyway=True)
    assert len(found.differences) == 1
    assert found.present[:, 1, -1].tolist() == [True, True, False]


def test_runs_with_different_signatures_are_refused(
    articles: Sequence[Article], runs: Path
) -> None:
    """A stemmed and an unstemmed ROUGE do not share a column."""
    [one] = api.evaluate(articles, {"a": Lead()}, ["rouge"], runs=runs).runs
    [two] = api.evaluate(articles, {"b": Lead(2)}, ["rouge(stem=False)"], runs=runs).runs
    with pytest.raises(IncomparableError, match=r"rouge: a rouge\|stem:yes"):
        compare([one, two])
    assert len(compare([one, two], anyway=True).differences) == 2


def test_a_signature_that_all_share_is_compared(articles: Sequence[Article], runs: Path) -> None:
    """A second variant in one run only is no obstacle: what all have in common is compared."""
    [one] = api.evaluate(articles, {"a": Lead()}, ["repetition", "repetition(n=2)"], runs=runs).runs
    [two] = api.evaluate(articles, {"b": Lead(2)}, ["repetition"], runs=runs).runs
    assert [h.metric for h in compare([one, two]).headings] == ["repetition"]


def test_a_metric_that_one_run_lacks_is_an_empty_column_there(
    articles: Sequence[Article], runs: Path
) -> None:
    """A metric that was never computed for a run is unscored with that reason."""
    [one] = api.evaluate(articles, {"a": Lead()}, ["length", "repetition"], runs=runs).runs
    [two] = api.evaluate(articles, {"b": Lead(2)}, ["length"], runs=runs).runs
    assert compare([one, two]).cells[1][-1].unscored == {NOT_COMPUTED: 3}


def test_columns_can_be_chosen_by_metric(three: list[Run]) -> None:
    """Only the metrics asked for are compared; an unknown one has its nearest match told."""
    assert {h.metric for h in compare(three, metrics=["length"]).headings} == {"length"}
    with pytest.raises(UsageError, match=r"'rogue'\. Did you mean rouge\?"):
        compare(three, metrics=["rogue"])


def test_an_unknown_baseline_is_answered_with_the_nearest(three: list[Run]) -> None:
    """The baseline must be one of the rows."""
    with pytest.raises(UsageError, match=r"'laed' is none of the rows\. Did you mean lead\?"):
        compare(three, "laed")


def test_nothing_to_compare_says_what_to_do(runs: Path) -> None:
    """Without runs the answer is the command that makes some."""
    with pytest.raises(RunError, match="harness eval"):
        compare(Store(runs).latest())


def test_the_baselines_difference_is_paired(tmp_path: Path, runs: Path) -> None:
    """Differences are on the articles both scored: derived here by hand from word counts."""
    articles = [Article(f"a{i}", "One two three four five six.") for i in range(4)]
    (tmp_path / "x.jsonl").write_text(
        '{"id": "a0", "summary": "a b c"}\n{"id": "a1", "summary": "a b"}\n'
        '{"id": "a2", "summary": "a b c d"}\n'
    )
    (tmp_path / "y.txt").write_text("a\na\na\na a a a a a a\n")
    candidates = {n: Outputs(str(tmp_path / n)) for n in ("x.jsonl", "y.txt")}
    done = api.evaluate(articles, candidates, ["length"], runs=runs)
    found = analyse(compare(done.runs, "y.txt"))
    difference = found.difference(0, 0)
    assert difference is not None
    # x has no a3: (3 - 1) + (2 - 1) + (4 - 1) over 3 articles; all signs equal, so p = 2 / 2^3
    assert difference.interval.estimate == pytest.approx(2)
    assert difference.interval.n == 3
    assert difference.effect is not None
    assert (difference.effect.higher, difference.effect.lower) == (3, 0)


def test_one_row_has_no_differences(three: list[Run]) -> None:
    """A single run is analysed without anything to compare it with."""
    found = analyse(compare(three[:1], "lead"))
    assert found.difference(0, 0) is None
    assert found.mean(0, 0) is not None


@dataclass(frozen=True)
class Never:
    """A metric of one share that is 0 for every summary."""

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return the share."""
        return (Column("never", "0 for every summary", "lower", high=1.0, share=True),)

    def signature(self) -> str:
        """Return a constant."""
        return "never"

    def score(self, items: Sequence[Item]) -> Scores:
        """Return zeros."""
        return Scores({"never": np.zeros(len(items))})


def test_a_share_of_none_is_not_certain_to_be_none(articles: Sequence[Article], runs: Path) -> None:
    """0 of 3 has an interval up to 56 %: z2 / (n + z2) with z2 = 3.8415, Wilson (1927)."""
    [run] = api.evaluate(articles, {"lead": Lead()}, [Never()], runs=runs).runs
    mean = analyse(compare([run])).mean(0, 0)
    assert mean is not None
    assert (mean.estimate, mean.low) == (0, 0)
    assert mean.high == pytest.approx(3.8415 / 6.8415, abs=1e-4)


def test_a_metric_that_changed_is_shown_as_it_is_now(
    articles: Sequence[Article], runs: Path
) -> None:
    """Scores of an older version of the same spec are kept, and not shown beside the new ones."""
    [run] = api.evaluate(articles, {"lead": Lead()}, [Never()], runs=runs).runs
    [(folder, record)] = run.record.metrics.items()
    older = record.model_copy(update={"signature": "never|v:0"})
    shutil.copytree(run.scores_kept(folder).folder, run.scores_kept("never-older").folder)
    run.update(metrics={"never-older": older, folder: record})
    found = compare([Store(runs).load(run.record.id)])
    assert [heading.signature for heading in found.headings] == ["never"]
