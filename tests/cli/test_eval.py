import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from harness import plugins
from harness.parts import Need
from harness.records import Column, Item, Scores
from tests.conftest import Call


def test_eval_prints_a_table_and_keeps_the_runs(here: Path, call: Call) -> None:
    """The plan in eval.toml is run, its table printed, and a run per candidate kept."""
    said = call("eval")
    assert said.code == 0
    assert "a lead (baseline)" in said.out
    assert "difference from lead" in said.out
    assert "2 runs made, 0 reused" in said.err
    assert len(list((here / "runs").glob("*/run.json"))) == 2


def test_a_second_eval_reuses_what_is_kept_and_says_so(here: Path, call: Call) -> None:
    """Nothing is done twice, and the table is the same."""
    assert here.exists()
    first, second = call("eval"), call("eval")
    assert "0 runs made, 2 reused" in second.err
    assert second.out == first.out


def test_the_same_words_and_file_make_the_same_run(here: Path, call: Call) -> None:
    """What eval.toml says can be said in words, and finds the run that is kept."""
    assert here.exists()
    call("eval")
    said = call("eval", "--corpus", "articles.jsonl", "-c", "lead=lead(sentences=1)", "-m", "rouge")
    assert "0 runs made, 1 reused" in said.err


def test_a_candidate_that_fails_is_told_beside_the_others_table(here: Path, call: Call) -> None:
    """The exit code is the failure's, and the others' table is printed all the same."""
    assert here.exists()
    said = call("eval", "-c", "broken=command(run='/nonexistent/program')")
    assert said.code == 7
    assert "a lead (baseline)" in said.out
    assert "harness: broken failed: '/nonexistent/program' cannot be started" in said.err


def test_what_ran_can_be_run_again(here: Path, call: Call) -> None:
    """--again makes the run anew from its record and says how many summaries are the same."""
    assert here.exists()
    call("eval")
    said = call("eval", "--again", "random")
    assert said.code == 0
    assert "3 of 3 summaries are the same" in said.err


@pytest.mark.parametrize("form", ["terminal", "markdown", "latex", "csv", "json"])
def test_every_format_can_be_written_to_a_file(here: Path, call: Call, form: str) -> None:
    """-o writes the same text that would be printed."""
    printed = call("eval", "--as", form).out
    said = call("eval", "--as", form, "-o", here / "table")
    assert said.out == ""
    assert (here / "table").read_text() == printed


def test_json_is_json_whatever_failed(here: Path, call: Call) -> None:
    """Notices go to standard error, so that a program can read standard output."""
    assert here.exists()
    said = call("eval", "--as", "json", "-c", "broken=command(run='/nonexistent/program')")
    assert [row["name"] for row in json.loads(said.out)["rows"]] == ["lead", "random"]


WRONG = [
    pytest.param(["-c", "laed"], 2, "Did you mean lead?", id="candidate"),
    pytest.param(["-m", "rogue"], 2, "Did you mean rouge?", id="metric"),
    pytest.param(["--corpus", "article.jsonl", "-c", "lead"], 3, "articles.jsonl", id="corpus"),
    pytest.param(["--limit", "0"], 2, "limit 0 is not possible", id="limit"),
    pytest.param(["--limit", "x"], 2, "Invalid value for '--limit'", id="limit-type"),
    pytest.param(["--baseline", "laed"], 2, "Did you mean lead?", id="baseline"),
    pytest.param(["--as", "marktdown"], 2, "Did you mean markdown?", id="format"),
    pytest.param(["--columns", "rouge9"], 2, "There is no column 'rouge9'", id="column"),
    pytest.param(["nowhere.toml"], 3, "nowhere.toml cannot be read", id="plan"),
    pytest.param(["--again", "nobody"], 4, "No run 'nobody'", id="again"),
    pytest.param(["--no-such-option"], 2, "No such option", id="option"),
]


@pytest.mark.parametrize(("words", "code", "message"), WRONG)
def test_wrong_words_are_told_what_is_wrong(
    here: Path, call: Call, words: list[str], code: int, message: str
) -> None:
    """Every mistake has a message with what to do, and the documented exit code."""
    assert here.exists()
    said = call("eval", *words)
    assert (said.code, message in said.err) == (code, True), said.err


def test_a_wrong_baseline_costs_no_work(here: Path, call: Call) -> None:
    """What can be known to be wrong is refused before anything is written."""
    call("eval", "--baseline", "laed")
    call("eval", "--as", "marktdown")
    assert not list((here / "runs").glob("*/run.json"))


def test_a_limit_beyond_every_corpus_takes_all_of_it(here: Path, call: Call) -> None:
    """A number too large for the machine is as good as none."""
    assert here.exists()
    assert call("eval", "--limit", "9" * 30).code == 0


def test_again_takes_no_other_words(here: Path, call: Call) -> None:
    """What --again cannot heed is refused, never passed over."""
    assert here.exists()
    call("eval")
    for words in (("-m", "rouge"), ("-c", "lead"), ("--limit", "1"), ("--corpus", "x")):
        said = call("eval", "--again", "lead", *words)
        assert said.code == 2
        assert "--again takes everything from the run" in said.err
    assert call("eval", "--again", "lead").code == 0


@dataclass(frozen=True)
class Chatty:
    """A metric that prints."""

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return one column."""
        return (Column("one", "1 for every summary"),)

    def signature(self) -> str:
        """Return a constant."""
        return "chatty"

    def score(self, items: Sequence[Item]) -> Scores:
        """Print, and return ones."""
        sys.stdout.write("listen to me\n")
        return Scores({"one": np.ones(len(items))})


def test_what_parts_print_is_no_part_of_the_result(
    here: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard output holds the result alone, so that it can be piped; the rest is beside it."""
    assert here.exists()
    known = plugins.find
    monkeypatch.setattr(plugins, "find", lambda k, n: Chatty if n == "chatty" else known(k, n))
    said = call("eval", "-m", "chatty", "--as", "json")
    assert json.loads(said.out)["columns"][0]["name"] == "one"
    assert "listen to me" in said.err
    added = call("score", "lead", "-m", "chatty", "--as", "json")
    assert json.loads(added.out)["rows"][0]["name"] == "lead"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_no_locale_stops_a_table(here: Path, call: Call, encoding: str) -> None:
    """What the terminal's encoding cannot show is escaped, and the table is there."""
    call("eval")
    done = subprocess.run(
        [sys.executable, "-m", "harness", "compare"],
        cwd=here,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"rouge1" in done.stdout


def test_a_corpus_whose_name_is_no_text_is_a_corpus(here: Path, call: Call) -> None:
    """A path may be any bytes; the record names it as far as text can."""
    name = os.fsdecode(b"\xff.jsonl")
    (here / "articles.jsonl").rename(here / name)
    said = call("eval", "--corpus", name, "-c", "lead", "-m", "length")
    assert said.code == 0
    assert "corpus \\udcff.jsonl, 3 articles" in said.out


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--workers", "2"], id="workers"),
        pytest.param(["--engine", "local(workers=1, limit=60)"], id="a-spec"),
        pytest.param(["--engine", "local(limit=60)", "--workers", "1"], id="both"),
    ],
)
def test_worker_processes_print_the_same_table(here: Path, call: Call, words: list[str]) -> None:
    """Where the work is done changes nothing that is printed."""
    assert here.exists()
    table = ("--as", "csv")
    said = call("eval", "--runs", "one", *table)
    shared = call("eval", "--runs", "two", *table, *words)
    assert shared.code == 0
    assert numbers(shared.out) == numbers(said.out)


def numbers(table: str) -> list[list[str]]:
    """Return the cells of a table as CSV without the runs' ids, which hold the time of day."""
    rows = list(csv.reader(table.splitlines()))
    run = rows[0].index("run")
    return [row[:run] + row[run + 1 :] for row in rows]


REFUSED = [
    pytest.param(["--engine", "lokal"], "Did you mean local?", id="unknown"),
    pytest.param(["--ray-address", "auto"], "is for --engine ray", id="address-without-ray"),
    pytest.param(["--workers", "-2"], "workers=-2", id="fewer-than-none"),
    pytest.param(["--engine", "local(threads=2)"], "threads", id="no-such-argument"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED)
def test_an_engine_that_cannot_be_is_refused_before_any_work(
    here: Path, call: Call, words: list[str], told: str
) -> None:
    """Exit code 2, the reason in words, and no run."""
    said = call("eval", *words)
    assert said.code == 2
    assert told in said.err
    assert not list((here / "runs").glob("*/run.json"))


def test_no_cluster_is_started_unasked(
    here: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--engine ray without an address says how to name one, and how to have one started."""
    assert here.exists()
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    said = call("eval", "--engine", "ray")
    assert said.code == 2
    assert "--ray-address local" in said.err
