from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.test_reading import current, listed, press
from tests.browser.test_results import select, texts
from tests.opinions import VETOED


@pytest.fixture
def page(show: Open, answered: Path) -> Any:
    """Return the browser with that report open."""
    return show(answered)


def test_the_second_opinion_stands_beside_the_flag(page: Any) -> None:
    """On focus the note tells what the judge says, below what facts says."""
    select(page, "Second opinion", "vetoed", "#reading")
    press(page, "f")
    note = page.find_element("id", "beside")
    assert note.is_displayed()
    assert "number" in note.text
    [second] = texts(page, "#beside .second")
    assert second.startswith("Vetoed by judge(model='tiny'")
    assert second.endswith(VETOED)


FILTERS = [
    pytest.param("every answer", ["weeks", "percent", "right"], id="all"),
    pytest.param("vetoed", ["percent"], id="vetoed"),
    pytest.param("confirmed", ["weeks"], id="confirmed"),
    pytest.param("not vetoed", ["weeks"], id="still-flagged"),
    pytest.param("no answer", [], id="unanswered"),
]


@pytest.mark.parametrize(("chosen", "articles"), FILTERS)
def test_articles_are_filtered_by_second_opinion(
    page: Any, chosen: str, articles: list[str]
) -> None:
    """A choice keeps the articles that have a flag so answered."""
    select(page, "Second opinion", chosen, "#reading")
    assert listed(page) == articles


def test_a_vetoed_flag_looks_and_reads_otherwise(page: Any) -> None:
    """Its letter is struck, not only paler, and a screen reader is told."""
    for opinion, struck in (("vetoed", True), ("confirmed", False)):
        select(page, "Second opinion", opinion, "#reading")
        assert current(page) == {"vetoed": "percent", "confirmed": "weeks"}[opinion]
        [flag] = page.find_elements("css selector", "#reading-cards .flag")
        [said] = texts(page, "#reading-cards .flag .hidden")
        line = flag.find_element("css selector", "sup").value_of_css_property("text-decoration")
        assert ("line-through" in line) is struck
        assert f"number, {opinion})" in said


def test_who_asked_nobody_is_offered_no_choice(show: Open, report: Path) -> None:
    """Without second opinions the report is as it was."""
    labels = texts(show(report), "#reading-controls label > span")
    assert "Tier" in labels
    assert "Second opinion" not in labels
