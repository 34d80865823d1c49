import csv
import html
import json
import os
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import Call

DATA = os.environ.get("HARNESS_DATA")
TEXT = "The mill burned on Monday. Nobody was hurt, said its owner. The bridge is closed."
SUMMARIES = {
    "copy": ("The mill burned on Monday.", "Nobody was hurt, said its owner."),
    "short": ("It burned.", "Nobody was hurt."),
    "wrong": ("The mill burned on Friday in Rome.", "Seven people died there."),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of three systems' summaries of two articles, judged in two ways."""
    rows = [
        {"id": f"a{i}", "system": name, "summary": texts[i], "quality": 3 - n + i, "true": n < 2}
        for n, (name, texts) in enumerate(SUMMARIES.items())
        for i in range(2)
    ]
    articles = [
        {"id": f"a{i}", "text": TEXT + " " * i, "references": [TEXT[:30]]} for i in range(2)
    ]
    for name, held in (("articles", articles), ("judgements", rows)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in held))
    return tmp_path


def test_every_level_and_the_rivals_have_rows(call: Call, data: Path) -> None:
    """Three systems are enough for all levels; the label has areas; rivals stand there unasked."""
    said = call("validate", "rouge", "--on", "own", "--data", data, "--resamples", "100")
    assert said.code == 0, said.err
    for title in ("quality, system level, 3 systems", "quality, summary level, 2 articles"):
        assert f"own: {title}" in said.out
    assert "own: true or not, 2 of 6 not" in said.out
    for rival in ("words *", "coverage *", "novel2 ↓ *", "article2-p *"):
        assert rival in said.out
    assert "equal to rouge-score 0.1.2 on 6 summaries" in said.out


def test_json_holds_what_the_table_shows(call: Call, data: Path) -> None:
    """Every number unrounded, and null where there is none."""
    words = ("--resamples", "100", "--as", "json", "--columns", "rouge1")
    said = call("validate", "rouge", "length", "--on", f"own(path={str(data)!r})", *words)
    (found,) = json.loads(said.out)
    assert [row["name"] for row in found["rows"]][:2] == ["rouge1", "words"]
    assert (found["articles"], found["systems"]) == (2, ["copy", "short", "wrong"])
    quality, true = found["dimensions"]
    assert quality["agreement"][0]["sample/pearson"]["n"] == 6
    assert true["binary"] is True
    assert true["detection"][0]["area"]["n"] == 6


def test_markdown_and_cards_are_tables(call: Call, data: Path) -> None:
    """A card has the docstring, the columns, what agrees and what fails."""
    words = ("--on", "own", "--data", data, "--resamples", "100", "--columns", "rouge1,words")
    table = call("validate", "rouge", *words, "--as", "markdown").out
    assert "| --- | ---: | ---: | ---: | ---: |" in table
    card = call("validate", "rouge", "length", *words, "--card").out
    for part in ("## rouge", "## length", "Lin, 2004", "Signature: `rouge|", "Where it fails"):
        assert part in card
    assert "seconds for 1,000 summaries" in card


def test_the_page_needs_nothing_else(call: Call, data: Path) -> None:
    """Plots of agreement, of systems and of curves; no script, nothing from anywhere."""
    words = ("--on", "own", "--data", data, "--resamples", "100", "--columns", "rouge1")
    said = call("validate", "rouge", *words, "--as", "html")
    assert said.code == 0, said.err
    page = said.out
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert "default-src 'none'; style-src 'sha256-" in html.unescape(page)
    assert not re.findall(r"<script|<link|<img|url\(|src=|https?://", page)
    for label in ("agrees with quality", "agrees with true", "rouge1 against quality of 3", "ROC"):
        assert label in page
    # Two and three words, judged 2 and 3: means and intervals over two articles.
    assert "short: 2.5 [2, 3], people 2.5 [2, 3]" in page
    root = ET.fromstring(re.sub(r"<!doctype html>|<meta[^>]*>", "", page))  # noqa: S314 - our own
    assert len(root.findall(".//svg")) == len(root.findall(".//svg[@role='img'][@aria-label]")) > 6
    assert len(root.findall(".//table/caption")) == len(root.findall(".//table"))


def test_names_cannot_break_the_page(call: Call, data: Path) -> None:
    """Systems and dimensions are texts wherever they stand."""
    text = (data / "judgements.jsonl").read_text().replace("quality", "</script><b>")
    (data / "judgements.jsonl").write_text(text.replace('"copy"', '"<i>\\"x"'))
    page = call("validate", "rouge", "--on", "own", "--data", data, "--as", "html").out
    assert "</script>" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;i&gt;&quot;x: " in page


def test_csv_has_a_line_for_every_measure(call: Call, data: Path) -> None:
    """Unrounded, as in JSON, with the signature of what was asked."""
    words = ("--on", "own", "--data", data, "--resamples", "100", "--columns", "rouge1")
    lines = list(csv.DictReader(call("validate", "rouge", *words, "--as", "csv").out.splitlines()))
    found = json.loads(call("validate", "rouge", *words, "--as", "json").out)[0]
    held = {(x["dimension"], x["column"], x["level"], x["measure"]): x for x in lines}
    assert len(held) == len(lines)
    one = found["dimensions"][0]["agreement"][0]["sample/kendall"]
    line = held["quality", "rouge1", "sample", "kendall"]
    assert float(line["estimate"]) == one["estimate"]
    assert (line["n"], line["better"], line["rival"]) == ("6", "higher", "0")
    assert line["signature"].startswith("rouge|")
    assert held["true", "words", "sample", "roc-auc"]["rival"] == "1"
    assert {"precision", "recall", "balanced-accuracy"} <= {key[3] for key in held}


def test_latex_is_a_table_for_each_sheet(call: Call, data: Path) -> None:
    """With what stands below a table in its caption, and signs of LaTeX written out."""
    words = ("--on", "own", "--data", data, "--resamples", "100", "--columns", "rouge1")
    said = call("validate", "rouge", *words, "--as", "latex").out
    assert said.count(r"\begin{table*}") == said.count(r"\end{table*}") >= 6
    assert r"novel2 $\downarrow$ * & " in said
    assert r"\caption{own: quality, system level, 3 systems.}" in said
    assert said.startswith("% 6 summaries by 3 systems")


def test_checks_are_counted_where_people_marked(call: Call, data: Path) -> None:
    """The table that is shipped with facts, for a file; the same counts stand in the report."""
    rows = [json.loads(x) for x in (data / "judgements.jsonl").read_text().splitlines()]
    marks = [{"start": 19, "end": 33}]
    rows = [
        row | {"spans": marks if (row["system"], row["id"]) == ("wrong", "a0") else []}
        for row in rows
    ]
    summary = {s: dict(zip(("a0", "a1"), t, strict=True)) for s, t in SUMMARIES.items()}
    rows = [row | {"summary": summary[row["system"]][row["id"]]} for row in rows]
    (data / "judgements.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    own = ("validate", "facts", "--on", "own", "--data", data)
    said = call(*own, "--checks", "--output", data / "p.toml")
    assert said.code == 0, said.err
    found = tomllib.loads((data / "p.toml").read_text())
    assert found["checks"]["dates"] == {"A": {"precision": 1.0, "n": 1}}
    table = call(*own, "--resamples", "100").out
    assert "own: facts: flagged claims that touch a marked error, by check and tier" in table
    assert ["dates.A", "1.00", "[0.21,", "1.00]", "1"] in [
        line.split() for line in table.splitlines()
    ]
    assert "of one metric, not of 2" in call(*own[:2], "rouge", *own[2:], "--checks").err


def test_what_cannot_be_scored_is_said_and_costs_nothing(call: Call, data: Path) -> None:
    """Without references ROUGE has no row, no cost, and its reason stands in table and card."""
    bare = [{"id": f"a{i}", "text": TEXT} for i in range(2)]
    (data / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in bare))
    words = ("validate", "rouge", "--on", "own", "--data", data, "--resamples", "100")
    table = call(*words).out
    assert "rouge1" not in table
    assert "rouge: 6 unscored, no reference" in table
    assert "own: 6 of 6 summaries unscored, no reference" in call(*words, "--card").out


WRONG = {
    "no-data": (("rouge", "--on", "own"), "Write --data DIR."),
    "no-data-but-hub": (("rouge", "--on", "summeval"), "--data hub, which reads mteb/summeval"),
    "not-on-the-hub": (("rouge", "--on", "qags", "--data", "hub"), "no copy on the hub"),
    "no-revision": (("rouge", "--on", "summeval", "--data", "hub:a/b"), "hub:a/b@COMMIT"),
    "no-benchmark": (("rouge", "--on", "owm", "--data", "."), "Did you mean own?"),
    "no-metric": (("rogue", "--on", "own", "--data", "."), "Did you mean rouge?"),
    "no-format": (("rouge", "--on", "own", "--data", ".", "--as", "htm"), "Did you mean html?"),
    "no-unit": (("rouge", "--on", "own", "--data", ".", "--resample", "words"), "'words'"),
}


@pytest.mark.parametrize(("words", "told"), WRONG.values(), ids=WRONG)
def test_wrong_words_are_answered(call: Call, words: tuple[str, ...], told: str) -> None:
    """Exit code 2, and what to write instead."""
    said = call("validate", *words)
    assert (said.code, told in said.err) == (2, True), said.err


def test_wrong_parts_and_columns_are_answered(call: Call, data: Path) -> None:
    """A part or a column that is not there is named with what is."""
    own = ("validate", "length", "--on", "own", "--data", data)
    assert "no part 'x'" in call(*own, "--part", "x").err
    assert "Did you mean words" in call(*own, "--columns", "word").err
    (data / "judgements.jsonl").write_text("")
    said = call(*own)
    assert (said.code, "holds no judgement" in said.err) == (3, True)


def test_two_systems_cannot_be_resampled(call: Call, data: Path) -> None:
    """Their order is no evidence; the refusal says what to write."""
    kept = [x for x in (data / "judgements.jsonl").read_text().splitlines() if "wrong" not in x]
    (data / "judgements.jsonl").write_text("\n".join(kept))
    said = call("validate", "length", "--on", "own", "--data", data, "--resample", "both")
    assert "--resample articles" in said.err


def test_benchmarks_are_listed_with_their_terms(call: Call) -> None:
    """Each with size, labels, licence, citation and where to get it."""
    found = json.loads(call("benchmarks", "--json").out)
    sets = "aggrefact cliff frank own qags ragtruth rank19 realsumm summedits summeval xsumfaith"
    assert set(sets.split()) <= found.keys()
    assert all(len(row) - ("hub" in row) == 5 and all(row.values()) for row in found.values())
    assert found["summeval"]["hub"].startswith("mteb/summeval@")
    assert "Bhandari et al., EMNLP 2020" in call("benchmarks").out


@pytest.mark.skipif(DATA is None, reason="HARNESS_DATA is not set")
def test_rouge_recall_on_realsumm_is_as_published(call: Call) -> None:
    """Summary level, Spearman 0.498 with our ROUGE; 0.4975 in the paper, with the Perl one."""
    words = ("--columns", "rouge1-r", "--resamples", "100", "--as", "json")
    said = call("validate", "rouge", "--on", "realsumm", "--data", str(DATA), *words)
    agreement = json.loads(said.out)[0]["dimensions"][0]["agreement"][0]
    assert round(agreement["summary/spearman"]["estimate"], 3) == 0.498
    assert agreement["summary/spearman"]["n"] == 100
