from pathlib import Path
from typing import Any

import pytest

from harness import api
from harness.comparison import compare
from harness.records import Article
from harness.reports.html import Html
from tests.browser.conftest import ARTICLES, Open


def texts(page: Any, selector: str) -> list[str]:
    """Return the texts of the elements that a selector finds."""
    return [e.get_attribute("textContent") for e in page.find_elements("css selector", selector)]


def names(page: Any, place: str = "#results-table") -> list[str]:
    """Return the names of the rows of a table, in its order."""
    return texts(page, f"{place} tbody th bdi")


def click(page: Any, selector: str) -> None:
    """Click what a selector finds."""
    page.find_element("css selector", selector).click()


def select(page: Any, label: str, value: str, place: str = "main") -> None:
    """Choose a value by the label of the choice."""
    page.execute_script(
        "const label = [...document.querySelectorAll(`${arguments[2]} label`)]"
        ".find((l) => l.textContent.startsWith(arguments[0]));"
        "const select = label.querySelector('select');"
        "const option = [...select.options].find((o) => o.text.trim() === arguments[1]);"
        "select.value = option.value;"
        "select.dispatchEvent(new Event('change', {bubbles: true}));",
        label,
        value,
        place,
    )


def test_rows_stand_in_the_order_of_the_runs_at_first(page: Any) -> None:
    """Nothing is sorted before anybody asks."""
    assert names(page) == ["lead", "site", "lead-2"]
    assert texts(page, "#results-table [aria-sort]") == []


SORTS = [
    pytest.param("candidate", ["site", "lead-2", "lead"], "descending", id="names-again"),
    pytest.param("flagged ↓", ["site", "lead", "lead-2"], "descending", id="lower-is-better-again"),
]


def head(page: Any, title: str) -> Any:
    """Return the button that sorts by a column."""
    buttons = page.find_elements("css selector", "#results-table thead button")
    return next(b for b in buttons if b.text.startswith(title))


@pytest.mark.parametrize(("title", "order", "direction"), SORTS)
def test_a_second_click_turns_the_order_round(
    page: Any, title: str, order: list[str], direction: str
) -> None:
    """A first click puts the better end first, a second one last; the header says which."""
    head(page, title).click()
    first = names(page)
    head(page, title).click()
    assert names(page) == order
    assert first != order
    assert page.switch_to.active_element.text.startswith(title)
    [sorted_by] = page.find_elements("css selector", "#results-table [aria-sort]")
    assert sorted_by.get_attribute("aria-sort") == direction


def test_numbers_are_sorted_as_numbers(page: Any) -> None:
    """The mean of words decides, not its first digit."""
    head(page, "words").click()
    column = texts(page, "#results-table thead th").index("words▼")
    values = texts(page, f"#results-table tbody td:nth-child({column + 1}) .mean")
    assert [float(v) for v in values] == sorted(map(float, values), reverse=True)


def test_a_column_is_added_and_taken_away(page: Any) -> None:
    """A tick brings a column that is no headline into the table, without one it goes."""
    box = "#results-controls fieldset input"
    click(page, "#results-controls summary")
    before = texts(page, "#results-table thead th")
    ticks = page.find_elements("css selector", box)
    added = next(t for t in ticks if not t.is_selected())
    added.click()
    assert len(texts(page, "#results-table thead th")) == len(before) + 1
    added.click()
    assert texts(page, "#results-table thead th") == before


def test_intervals_are_drawn_and_told(page: Any) -> None:
    """Each mean has its bar, and its interval as numbers unless they are switched off."""
    cells = len(texts(page, "#results-table .mean"))
    assert len(texts(page, "#results-table svg.interval")) == cells > 0
    assert len(texts(page, "#results-table .ends")) == cells
    click(page, "#results-controls > label")
    assert texts(page, "#results-table .ends") == []


def test_one_choice_of_column_moves_all_plots(page: Any) -> None:
    """Differences, distributions and pairs show the same column."""
    select(page, "Column", "words", "#spreads")
    chosen = page.execute_script(
        "return ['differences', 'spreads', 'pairs'].map((id) => "
        "document.querySelector(`#${id} select`).selectedOptions[0].text)"
    )
    assert chosen == ["words"] * 3
    assert "Neither end" in texts(page, "#pairs-table")[0]
    assert names(page, "#spreads-plot") == ["site", "lead-2", "lead"]


def test_differences_leave_the_baseline_out(page: Any) -> None:
    """A row per other candidate, with its interval drawn and in numbers."""
    assert sorted(names(page, "#differences-plot")) == ["lead-2", "site"]
    assert len(texts(page, "#differences-plot svg")) == 2


def test_points_can_be_read(page: Any) -> None:
    """A scatter plot says every candidate's two means to who does not see it."""
    label = page.find_element("css selector", "#length-plot svg").get_attribute("aria-label")
    assert label.startswith("rouge1 against words. lead: rouge1 ")
    assert len(texts(page, "#length-plot circle")) == 3


def test_the_theme_can_be_turned(page: Any) -> None:
    """The page follows the system, until its button is pressed."""
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(ground)
    click(page, "#theme")
    assert page.execute_script(ground) != light
    click(page, "#theme")
    assert page.execute_script(ground) == light


def test_the_system_s_theme_is_followed(show: Open, report: Path) -> None:
    """Where the system is dark, so is the page."""
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = show(report).execute_script(ground)
    assert show(report, dark=True).execute_script(ground) != light


@pytest.mark.parametrize("width", [390, 700, 1400])
def test_the_page_is_never_wider_than_its_window(show: Open, report: Path, width: int) -> None:
    """Wide tables scroll in their own box, and endless words are broken."""
    page = show(report, width, touch=width < 500)
    page.execute_script("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    for i in range(len(ARTICLES)):
        page.execute_script(
            "document.querySelectorAll('#reading-list button')[arguments[0]].click()", i
        )
        assert page.execute_script("return document.documentElement.scrollWidth") <= width


def written(tmp_path: Path, candidates: dict[str, str], metrics: list[str]) -> Path:
    """Return the report of candidates over two small articles."""
    articles = [Article(f"a{i}", f"One {'more ' * i}mill burned. Two rose. Three.") for i in (1, 2)]
    done = api.evaluate(articles, candidates, metrics, runs=tmp_path / "runs")
    path = tmp_path / "report.html"
    path.write_text(Html().write(compare(done.runs)), encoding="utf-8")
    return path


def test_one_row_without_facts_is_a_page_too(show: Open, tmp_path: Path) -> None:
    """What needs several rows, a baseline or flags says why it is not there."""
    page = show(written(tmp_path, {"lead": "lead"}, ["length"]))
    assert names(page) == ["lead"]
    assert "No baseline was named" in texts(page, "#differences-plot")[0]
    assert "Neither end" in texts(page, "#pairs-table")[0]
    assert "facts metric was not run" in texts(page, "#reading-lead")[0]
    assert len(texts(page, "#reading-cards .card")) == 1


def test_many_rows_keep_the_matrix_readable(show: Open, tmp_path: Path) -> None:
    """The matrix holds the best forty rows and says so; the table holds all."""
    many = {f"c{i}": f"lead(sentences={i})" for i in range(1, 46)}
    page = show(written(tmp_path, many, ["facts"]))
    assert len(names(page)) == 45
    assert len(names(page, "#pairs-table")) == 40
    assert texts(page, "#pairs-table .empty") == ["The best 40 of 45 rows."]
    assert len(texts(page, "#reading-cards .card")) == 6
