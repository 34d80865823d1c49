"""What people see, letter by letter. To write the files anew: HARNESS_WRITE_GOLDEN=1 pytest."""

import os
from pathlib import Path

import pytest

from harness.comparison import Comparison
from harness.parts import Report
from harness.reports.csv import Csv
from harness.reports.json import Json
from harness.reports.latex import Latex
from harness.reports.markdown import Markdown
from harness.reports.terminal import Terminal

GOLDEN = Path(__file__).parent / "golden"
REPORTS = [
    pytest.param("terminal-80.txt", Terminal(width=80, bold=False), id="80-columns"),
    pytest.param("terminal-200.txt", Terminal(width=200, bold=False), id="200-columns"),
    pytest.param("table.md", Markdown(), id="markdown"),
    pytest.param("table.tex", Latex(), id="latex"),
    pytest.param("table.csv", Csv(), id="csv"),
    pytest.param("table.json", Json(), id="json"),
]


@pytest.mark.parametrize(("name", "report"), REPORTS)
def test_a_report_is_what_it_was(comparison: Comparison, name: str, report: Report) -> None:
    """A change of what people see is a change of a golden file, to be looked at."""
    told = report.write(comparison)
    if os.environ.get("HARNESS_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(told)
    assert told == (GOLDEN / name).read_text()


def test_no_line_is_wider_than_the_terminal(comparison: Comparison) -> None:
    """At 80 columns every line fits, and every block names its rows."""
    lines = Terminal(width=80, bold=False).write(comparison).splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("b better") for line in lines) >= 3


def test_bold_is_the_starred_group(comparison: Comparison) -> None:
    """On a terminal the top group is bold beside its star, and without it nothing is lost."""
    bold = Terminal(width=200, bold=True).write(comparison)
    plain = Terminal(width=200, bold=False).write(comparison)
    assert bold.replace("\033[1m", "").replace("\033[0m", "") == plain
    assert "\033[1m" in bold
