import json
from pathlib import Path

import pytest

from harness.showing import article
from tests import opinions
from tests.opinions import CONFIRMED, VETOED, WRITTEN, made

pytest.importorskip("httpx")

TOLD = [
    pytest.param("weeks", "nine", "six", "confirmed by judge(", CONFIRMED, id="confirmed"),
    pytest.param("percent", "9", "4", "vetoed by judge(", VETOED, id="vetoed"),
]


@pytest.mark.parametrize(("wanted", "flagged", "beside", "verdict", "words"), TOLD)
def test_a_flag_is_shown_with_the_second_opinion(
    tmp_path: Path, wanted: str, flagged: str, beside: str, verdict: str, words: str
) -> None:
    """Below the summary stand the flag, the article's words, and what the judge says."""
    text = " ".join(article(made(tmp_path), wanted).as_text().split())
    shown = text[text.index(WRITTEN[wanted]) :]
    assert f"number: “{flagged}" in shown
    assert f"the article: “{beside}" in shown
    assert verdict in shown
    assert words in shown


def test_what_is_not_flagged_has_no_lines(tmp_path: Path) -> None:
    """A summary without a flag is shown as before."""
    shown = article(made(tmp_path), "right")
    assert shown.flags == {"site": ()}
    assert "number: “" not in shown.as_text()


def test_flags_are_in_the_json_too(tmp_path: Path) -> None:
    """A program reads where the flag stands and what was said of it."""
    shown = json.loads(json.dumps(article(made(tmp_path), "percent").as_json()))
    [flag] = shown["runs"]["site"]["flags"]
    assert "9" in WRITTEN["percent"][slice(*flag["at"])]
    [second] = flag["seconds"]
    assert (second["supported"], second["words"]) == (True, VETOED)


def test_a_run_that_nothing_checked_has_no_flags(tmp_path: Path) -> None:
    """None is told from nothing flagged."""
    from harness import api

    [run] = api.evaluate(opinions.ARTICLES, ["lead"], ["length"], runs=tmp_path).runs
    assert article([run], "weeks").flags == {"lead": None}
