"""Commands about kept runs: runs, show, score, compare."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Call


@pytest.fixture
def kept(here: Path, call: Call) -> Path:
    """Return a folder in which two runs are kept."""
    assert call("eval").code == 0
    return here


def test_runs_are_listed_oldest_first(kept: Path, call: Call) -> None:
    """Each run has a line with its id, status, count, corpus and metrics."""
    said = call("runs")
    lines = said.out.splitlines()
    assert [line.split()[1:3] for line in lines] == [["complete", "3/3"]] * 2
    assert all("articles.jsonl" in line and line.endswith("rouge, length") for line in lines)
    assert (kept / "runs").exists()


def test_runs_as_json_are_one_object_a_line(kept: Path, call: Call) -> None:
    """Programs get the whole record of every run."""
    assert kept.exists()
    records = [json.loads(line) for line in call("runs", "--json").out.splitlines()]
    assert [r["name"] for r in records] == ["lead", "random"]


def test_a_damaged_run_is_listed_as_such(kept: Path, call: Call) -> None:
    """One run that cannot be read hides none of the others."""
    next((kept / "runs").glob("*lead*/run.json")).write_text("{")
    said = call("runs")
    assert said.code == 4
    assert "random" in said.out
    assert "cannot be read" in said.err


def test_no_runs_are_no_error(tmp_path: Path, call: Call) -> None:
    """An empty place lists nothing."""
    said = call("runs", "--runs", tmp_path / "none")
    assert (said.code, said.out) == (0, "")


def test_a_run_is_shown_with_all_it_depends_on(kept: Path, call: Call) -> None:
    """One run's page holds its signatures, the check against rouge-score and the environment."""
    assert kept.exists()
    said = call("show", "lead")
    assert "lead|sentences:1|splitter:own-1|v:1" in said.out
    assert "[checked: equal to rouge-score 0.1.2 on 2 summaries]" in said.out
    assert "python CPython" in said.out


def test_an_article_is_shown_side_by_side(kept: Path, call: Call) -> None:
    """Article, references and each run's summary and scores stand below one another."""
    assert kept.exists()
    by_id, by_number = (
        call("show", "lead", "random", "harvest"),
        call("show", "lead", "random", "2"),
    )
    assert by_id.out == by_number.out
    assert by_id.out.startswith("article harvest\n\nThe harvest was poor. Rain fell")
    assert "Rain spoiled the harvest." in by_id.out
    assert "lead\n  The harvest was poor.\n  rouge1 " in by_id.out
    assert "\n\nrandom\n" in by_id.out


def test_an_article_as_json_has_every_score(kept: Path, call: Call) -> None:
    """Programs get the article, and per run the summary, its scores and what is unscored."""
    assert kept.exists()
    shown = json.loads(call("show", "lead", "match", "--json").out)
    assert shown["article"]["id"] == "match"
    assert shown["runs"]["lead"]["unscored"] == {"rouge": "no reference"}
    assert shown["runs"]["lead"]["scores"]["words"] == 4


def test_an_unknown_article_is_answered_with_the_nearest(kept: Path, call: Call) -> None:
    """A typo in an article's id is told with what was meant."""
    assert kept.exists()
    said = call("show", "lead", "harvets")
    assert said.code == 4
    assert "Did you mean harvest?" in said.err


def test_a_metric_is_added_to_kept_runs(kept: Path, call: Call) -> None:
    """A metric is computed over stored summaries, and the table printed with it."""
    assert kept.exists()
    said = call("score", "lead", "random", "-m", "repetition")
    assert said.code == 0
    assert "repeated ↓" in said.out


def test_score_without_a_metric_says_what_to_write(kept: Path, call: Call) -> None:
    """Nothing to compute is a mistake, and is told."""
    assert kept.exists()
    assert call("score", "lead").code == 2


def test_compare_without_names_takes_the_last_evaluation(kept: Path, call: Call) -> None:
    """The newest run of each candidate over the last corpus is compared."""
    assert kept.exists()
    assert call("compare", "--baseline", "lead").out == call("eval").out


def test_columns_can_be_chosen(kept: Path, call: Call) -> None:
    """--columns shows just these, --columns all shows every one."""
    assert kept.exists()
    header = call("compare", "--columns", "rouge2-r").out.splitlines()[0]
    assert header.split() == ["candidate", "n", "s/article", "rouge2-r", "↑"]
    assert "rougeLsum-p" in call("compare", "--columns", "all").out


def test_runs_that_differ_are_refused_with_what_differs(kept: Path, call: Call) -> None:
    """Another corpus is another table, unless --anyway says otherwise and marks it."""
    assert kept.exists()
    call("eval", "--limit", "2", "-c", "short=lead")
    call("eval", "--limit", "1", "-c", "other=lead(sentences=2)", "--baseline", "other")
    said = call("compare", "short", "other")
    assert said.code == 5
    assert "corpus: short has articles.jsonl" in said.err
    assert "NOT COMPARABLE" in call("compare", "short", "other", "--anyway").out


def test_a_number_is_an_article_where_one_run_is_kept(here: Path, call: Call) -> None:
    """2 is the second article, not the beginning of an id that starts with the year."""
    assert here.exists()
    call("eval", "--corpus", "articles.jsonl", "-c", "lead")
    assert call("show", "lead", "2").out.startswith("article harvest")
    assert call("show", "lead", "lead").out.count("candidate ") == 2


def test_two_variants_of_a_metric_are_shown_beside_each_other(kept: Path, call: Call) -> None:
    """Where two metrics use one name for a column, neither hides the other."""
    assert kept.exists()
    call("score", "lead", "-m", "rouge(stem=False)")
    scores = json.loads(call("show", "lead", "bridge", "--json").out)["runs"]["lead"]["scores"]
    assert {"rouge1 rouge", "rouge1 rouge(stem=False)", "words"} <= scores.keys()


def test_an_article_of_an_unfinished_run_is_shown_as_such(kept: Path, call: Call) -> None:
    """What is not written or scored yet has that for its reason."""
    [run] = (kept / "runs").glob("*lead*")
    shutil.rmtree(run / "summaries")
    shutil.rmtree(run / "scores")
    said = call("show", "lead", "random", "harvest")
    assert said.code == 0
    assert "(not yet written)" in said.out
    assert "length: not yet scored" in said.out
    assert "words" in said.out
