import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness import api
from harness.errors import IncomparableError, RunError, UsageError
from harness.gate import gate, junit, markdown, overall
from harness.records import Article
from harness.runs import Run
from harness.stats.gate import Decision
from harness.summarisers.outputs import Outputs
from tests.conftest import Call

N = 30


def run(runs: Path, name: str, words: Sequence[int], metric: str = "repetition") -> Run:
    """Return a run in which the summary of article i repeats its first word words[i] times."""
    articles = [Article(f"a{i:02}", f"Article number {i}.", ("x",)) for i in range(N)]
    path = runs.parent / f"{name}.txt"
    path.write_text("".join(" ".join(["w"] * n + ["x", "y", "z"]) + "\n" for n in words))
    done = api.evaluate(articles, {name: Outputs(str(path))}, [metric, "length"], runs=runs)
    return done.runs[0]


@pytest.fixture
def old(runs: Path) -> Run:
    """Return a run that repeats itself a little, on some articles."""
    return run(runs, "old", [4 + i % 3 for i in range(N)])


DECISIONS = [
    pytest.param([19 + i % 3 for i in range(N)], 0, Decision.WORSE, id="much-worse"),
    pytest.param([1] * N, 0, Decision.NOT_WORSE, id="better"),
    pytest.param([19 + i % 3 for i in range(N)], 99, Decision.NOT_WORSE, id="tolerated"),
    pytest.param([4 + (i + 1) % 3 for i in range(N)], 0, Decision.CANNOT_TELL, id="noisy"),
]


@pytest.mark.parametrize(("words", "tolerance", "decision"), DECISIONS)
def test_the_interval_decides(
    old: Run, runs: Path, words: Sequence[int], tolerance: float, decision: Decision
) -> None:
    """Worse, not worse, or cannot tell: by the interval of the paired difference."""
    [verdict] = gate(run(runs, "new", words), old, ["repeated"], tolerance)
    assert verdict.decision is decision
    assert f"repeated: {decision}: " in str(verdict)


def test_the_worst_decision_is_the_gates(old: Run, runs: Path) -> None:
    """Of several columns one that is worse closes the gate; reports name every column."""
    new = run(runs, "new", [19 + i % 3 for i in range(N)], "repetition")
    verdicts = gate(new, old, ["repeated"])
    assert overall(verdicts) is Decision.WORSE
    suite = ET.fromstring(junit(verdicts))  # noqa: S314 - our own XML
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "1", "0")
    assert suite[0][0].tag == "failure"
    assert markdown(verdicts).startswith("### harness gate: worse\n\n- **failed**: repeated")


def test_a_column_without_a_direction_makes_no_gate(old: Run, runs: Path) -> None:
    """Neither more nor fewer words are better, so no build can fail for them."""
    new = run(runs, "new", [2] * N)
    with pytest.raises(UsageError, match="Neither more nor less of 'words' is better"):
        gate(new, old, ["words"])
    with pytest.raises(UsageError, match=r"no column 'repeatd' .*Did you mean repeated\?"):
        gate(new, old, ["repeatd"])


def test_a_run_is_not_held_against_itself(old: Run) -> None:
    """The same run twice is a mistake, not a pass."""
    with pytest.raises(RunError, match="held against itself"):
        gate(old, old, ["repeated"])


def test_runs_that_differ_are_refused(old: Run, runs: Path) -> None:
    """Another signature is another number: the gate stays shut with what differs."""
    new = run(runs, "new", [2] * N, "repetition(n=2)")
    with pytest.raises(IncomparableError, match="repetition"):
        gate(new, old, ["repeated"])


@pytest.mark.parametrize(("words", "code"), [([1] * N, 0), ([9] * N, 20)], ids=["pass", "fail"])
def test_the_exit_code_tells_a_build(
    old: Run, runs: Path, tmp_path: Path, call: Call, words: Sequence[int], code: int
) -> None:
    """0 is not worse and 20 is worse; the files for CI services are written."""
    new = run(runs, "new", words)
    said = call(
        *("gate", new.record.id, "--against", old.record.id, "-m", "repeated", "--runs", runs),
        *("--junit", tmp_path / "j.xml", "--summary", tmp_path / "s.md"),
    )
    assert said.code == code, said.err
    assert (tmp_path / "j.xml").exists()
    assert "### harness gate" in (tmp_path / "s.md").read_text()
