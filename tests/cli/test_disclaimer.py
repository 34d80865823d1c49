import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness import api
from harness.records import Article
from harness.runs import Run, Store
from harness.summarisers.outputs import Outputs
from tests.conftest import Call

N = 24
ARTICLE = "The bridge in Harwick closed on Monday. Repairs will take {} weeks, the mayor said."


@pytest.fixture
def checked(runs: Path) -> Run:
    """Return a checked run: 6 of its 24 summaries have a wrong number."""
    articles = [Article(f"a{i:02}", ARTICLE.format(20 + i)) for i in range(N)]
    path = runs.parent / "s.txt"
    wrong = [99 if i < 6 else 20 + i for i in range(N)]
    path.write_text("".join(f"Repairs will take {n} weeks.\n" for n in wrong))
    return api.evaluate(articles, {"ours": Outputs(str(path))}, ["facts"], runs=runs).runs[0]


def test_the_words_say_what_was_measured(checked: Run, runs: Path, call: Call) -> None:
    """It has n, the rate, its interval (Wilson: 6 of 24 is 12 to 45 %) and what flags are worth."""
    said = call("disclaimer", checked.record.id, "--runs", runs)
    assert said.code == 0
    assert "24 of its summaries" in said.out
    assert "6 of them (25 %; 95 % interval 12 to 45 %)" in said.out
    assert "of such flags were right" in said.out


def test_the_words_promise_nothing(checked: Run, runs: Path, call: Call) -> None:
    """No flag is never called correct, accurate or verified."""
    out = call("disclaimer", checked.record.id, "--runs", runs).out
    assert "a summary without a flag may still be wrong" in out
    assert not {"correct", "accurate", "verified", "supported"} & set(out.lower().split())


def test_json_holds_what_the_words_stand_on(checked: Run, runs: Path, call: Call) -> None:
    """Programs get the counts, the detector's signature and its controls."""
    told = json.loads(call("disclaimer", checked.record.id, "--runs", runs, "--json").out)
    assert (told["summaries"], told["flagged"]) == (24, 6)
    assert told["detector"].startswith("facts|")
    assert told["controls"].startswith("controls")


def test_failed_controls_are_a_refusal(checked: Run, runs: Path, call: Call) -> None:
    """Where the detector failed its controls, nothing is printed."""
    [(folder, metric)] = checked.record.metrics.items()
    bad = metric.model_copy(update={"check": "CONTROLS FAILED: 3 of 24"})
    checked.update(metrics={folder: bad})
    said = call("disclaimer", checked.record.id, "--runs", runs)
    assert (said.code, said.out) == (4, "")
    assert "nothing can be said" in said.err


def test_too_few_summaries_or_no_check_is_a_refusal(
    articles: Sequence[Article], runs: Path, call: Call
) -> None:
    """One summary makes no rate, and a run that was never checked has none."""
    api.evaluate(articles[:1], {"few": "lead"}, ["facts"], runs=runs)
    assert "a rate that is printed needs 20" in call("disclaimer", "few", "--runs", runs).err
    api.evaluate(articles, {"none": "lead(sentences=1)"}, ["length"], runs=runs)
    assert "was never checked" in call("disclaimer", "none", "--runs", runs).err
    [run] = [r for r in Store(runs).runs() if r.record.name == "few"]
    run.update(status="failed")
    assert "is failed. Finish it" in call("disclaimer", "few", "--runs", runs).err
