"""Each format can be read by what it is for."""

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from harness.comparison import Comparison
from harness.errors import UsageError
from harness.reports._table import compressed, sheet
from harness.reports.csv import Csv
from harness.reports.json import Json
from harness.reports.latex import Latex, escape
from harness.reports.markdown import Markdown
from harness.reports.terminal import Terminal


def test_csv_has_one_line_per_row_and_column(comparison: Comparison) -> None:
    """The table is long and tidy: every line has every field, and numbers parse."""
    lines = list(csv.DictReader(io.StringIO(Csv().write(comparison))))
    assert len(lines) == 4 * 3
    assert all(line["mean"] and float(line["low"]) <= float(line["mean"]) for line in lines)
    assert {line["difference"] for line in lines if line["candidate"] == "lead-3"} == {""}


@pytest.mark.parametrize("name", ["=1+1", "+a", "-a", "@a", "\ta"])
def test_csv_holds_no_formula(comparison: Comparison, name: str) -> None:
    """A candidate cannot make a spreadsheet compute something by its name."""
    rows = (replace(comparison.rows[0], name=name), *comparison.rows[1:])
    [line, *_] = csv.DictReader(io.StringIO(Csv().write(replace(comparison, rows=rows))))
    assert line["candidate"] == f"'{name}"


def test_json_agrees_with_the_table(comparison: Comparison) -> None:
    """What a program reads is what a person is shown, unrounded."""
    told = json.loads(Json().write(comparison))
    cell = told["rows"][1]["cells"][0]
    shown = sheet(comparison).means.rows[1][3]
    assert f"{100 * cell['estimate']:.2f}" == shown.number
    assert cell["top"] == shown.top
    assert told["rows"][2]["cells"][0]["unscored"] == {"no reference": 5}
    assert len(told["pairs"]) == 6
    assert told["pairs"][0]["tests"][0]["adjusted"] == cell["from_baseline"]["adjusted_p"]


def test_json_of_one_article_has_no_infinity(comparison: Comparison) -> None:
    """What one article cannot bound is null: JSON knows no infinity."""
    present = np.zeros_like(comparison.present)
    present[0] = True
    told = json.loads(Json().write(replace(comparison, present=present)))
    assert told["rows"][0]["cells"][0]["low"] is None


HOSTILE = [
    pytest.param("a|b", r"a\|b", id="cell"),
    pytest.param("<script>", r"\<script\>", id="html"),
    pytest.param("`x`", r"\`x\`", id="code"),
    pytest.param("a\nb", "a b", id="line"),
]


@pytest.mark.parametrize(("name", "escaped"), HOSTILE)
def test_markdown_names_are_inert(comparison: Comparison, name: str, escaped: str) -> None:
    """A name from outside cannot break the table, nor bring HTML into it."""
    rows = (replace(comparison.rows[0], name=name), *comparison.rows[1:])
    assert f"| a {escaped} (baseline) |" in Markdown().write(replace(comparison, rows=rows))


def test_latex_escapes_every_special_sign() -> None:
    r"""Text from outside is set as it stands: no sign of it is a command."""
    assert escape(r"\input{x} a_b & 50% $x^2$ #1 ~ [") == (
        r"\textbackslash{}input\{x\} a\_b \& 50\% \$x\textasciicircum{}2\$ \#1 "
        r"\textasciitilde{} {[}"
    )


@pytest.mark.slow
def test_latex_compiles(comparison: Comparison, tmp_path: Path) -> None:
    """The tables compile in a plain article, where a LaTeX is installed."""
    latex = shutil.which("pdflatex")
    if latex is None:
        pytest.skip("no pdflatex is installed")
    (tmp_path / "table.tex").write_text(Latex().write(comparison))
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\\input{table}\\end{document}"
    )
    done = subprocess.run(
        [latex, "-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


LETTERS = [
    pytest.param([], "", id="none"),
    pytest.param(["a", "b"], "a,b", id="two"),
    pytest.param(["a", "b", "c"], "a-c", id="three"),
    pytest.param(["y", "z", "aa", "ac"], "y-aa,ac", id="beyond-z"),
]


@pytest.mark.parametrize(("letters", "short"), LETTERS)
def test_neighbouring_letters_are_shown_as_a_range(letters: list[str], short: str) -> None:
    """Three or more neighbours become a range; the alphabet goes on after z."""
    assert compressed(letters) == short


def test_the_sheet_tells_what_is_missing_and_doubtful(comparison: Comparison) -> None:
    """Missing summaries, missing scores, warnings and an unfinished run are all told."""
    told = Terminal(width=200, bold=False).write(comparison)
    assert "¹ 5 unscored: no reference" in told
    assert "² 3 without a summary: empty summary" in told
    assert "warning: better: 2 of 40 summaries: loses letters" in told
    assert "c alike [interrupted]" in told


def test_two_hundred_rows_and_one_row_both_work(comparison: Comparison) -> None:
    """Letters go on beyond z, and a single row is compared with nothing."""
    many = replace(
        comparison,
        rows=tuple(replace(comparison.rows[1], name=f"r{i}") for i in range(200)),
        cells=(comparison.cells[1],) * 200,
        values=np.repeat(comparison.values[:, 1:2], 200, axis=1),
        present=np.repeat(comparison.present[:, 1:2], 200, axis=1),
    )
    assert "gr r199" in Terminal(width=200, bold=False, columns=("quality",)).write(many)
    one = replace(
        comparison,
        rows=comparison.rows[:1],
        cells=comparison.cells[:1],
        values=comparison.values[:, :1],
        present=comparison.present[:, :1],
    )
    told = Terminal(width=200, bold=False).write(one)
    assert "difference" not in told
    assert told.startswith("candidate")


def test_a_width_that_holds_nothing_is_refused() -> None:
    """A terminal has at least one column."""
    for width in (0, -5):
        with pytest.raises(UsageError, match=r"at least 1 is"):
            Terminal(width=width)


def test_what_a_limit_cut_is_told_under_the_table(comparison: Comparison) -> None:
    """A candidate that did not read articles to their end, or finish summaries, is told of."""
    first, *rest = comparison.rows
    row = replace(first, articles_cut=12, summaries_cut=2)
    notes = sheet(replace(comparison, rows=(row, *rest))).notes
    assert "lead-3 read only the beginning of 12 of 40 articles" in notes
    assert "lead-3: a limit ended 2 of 40 summaries" in notes
    assert not any("limit" in note or "beginning" in note for note in sheet(comparison).notes)


def test_reasons_that_all_differ_do_not_fill_the_page(comparison: Comparison) -> None:
    """The five commonest are spelled out, and the others counted; warnings likewise."""
    many = {f"answer {i}": 10 - i % 10 for i in range(40)}
    cells = [list(row) for row in comparison.cells]
    cells[0] = [replace(cell, unscored=many, warnings=many) for cell in cells[0]]
    told = sheet(replace(comparison, cells=tuple(map(tuple, cells))))
    [note] = [n for n in told.footnotes if "answer 0" in n]
    assert note.count("unscored: ") == 5
    assert note.endswith("171 unscored for 35 other reasons")
    lines = [n for n in told.notes if n.startswith("warning: lead-3")]
    assert len(lines) == 6
    assert lines[-1] == "warning: lead-3: 35 other warnings"
