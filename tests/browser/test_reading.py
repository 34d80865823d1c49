import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ARTICLES, HOSTILE, PLANTED, Open
from tests.browser.test_results import click, select, texts

ARTICLE, SUMMARY = "#reading-source .prose", "#reading-cards .card:not(.reference)"


def listed(page: Any) -> list[str]:
    """Return the ids of the articles in the list."""
    return texts(page, "#reading-list .id bdi")


def current(page: Any) -> str:
    """Return the id of the article in view, by the list's mark and by the article's head alike."""
    [one] = texts(page, "#reading-list [aria-current] .id bdi")
    assert texts(page, "#reading-source .kicker bdi") == [one]
    return one


def press(page: Any, keys: str) -> None:
    """Bring the reading view on screen and press keys there."""
    page.execute_script("document.getElementById('reading').scrollIntoView()")
    page.switch_to.active_element.send_keys(keys)


def summary(page: Any, name: str) -> Any:
    """Return the card of a candidate."""
    cards = page.find_elements("css selector", SUMMARY)
    return next(c for c in cards if c.find_element("css selector", "h3 bdi").text == name)


def test_the_first_article_is_in_view(page: Any) -> None:
    """Its text, its references and every candidate's summary stand beside each other."""
    assert listed(page) == [a.id for a in ARTICLES]
    assert current(page) == "harvest"
    assert texts(page, ARTICLE) == [ARTICLES[0].text]
    assert texts(page, "#reading-cards .reference .prose") == list(ARTICLES[0].references)
    assert sorted(texts(page, f"{SUMMARY} h3 bdi")) == ["lead", "lead-2", "site"]


def test_an_article_is_chosen(page: Any) -> None:
    """A click on an article of the list brings it, with all its references."""
    click(page, "#reading-list li:nth-child(2) button")
    assert current(page) == "bridge"
    assert texts(page, ARTICLE) == [ARTICLES[1].text]
    assert len(texts(page, "#reading-cards .reference")) == 2
    assert "Article 2 of 4." in texts(page, "#reading-status")[0]


def test_a_missing_summary_has_its_reason(page: Any) -> None:
    """Where a candidate wrote nothing, the card says why."""
    click(page, "#reading-list li:nth-child(3) button")
    assert "No summary: " in summary(page, "site").text


KEYS = [
    pytest.param("jj", "match", id="j"),
    pytest.param("jjk", "bridge", id="k"),
    pytest.param("\ue014", "bridge", id="right"),
    pytest.param("jj\ue012", "bridge", id="left"),
    pytest.param("k", "harvest", id="not-before-the-first"),
    pytest.param("jjjjjj", HOSTILE, id="not-beyond-the-last"),
]


@pytest.mark.parametrize(("keys", "article"), KEYS)
def test_keys_move_through_the_articles(page: Any, keys: str, article: str) -> None:
    """The keys j and k, or right and left, go to the next article and to the one before."""
    press(page, keys)
    assert current(page) == article


def test_keys_are_left_to_who_types(page: Any) -> None:
    """In a field, and where the reading view is off screen, j is only a letter."""
    page.execute_script("scrollTo(0, 0)")
    page.switch_to.active_element.send_keys("j")
    assert current(page) == "harvest"
    page.find_element("css selector", "#reading input[type=search]").send_keys("j")
    select(page, "Show", "all articles", "#reading")
    assert "Article 2 of" not in texts(page, "#reading-status")[0]


def test_search_finds_words_of_articles(page: Any) -> None:
    """The list keeps the articles whose id, title or text holds what is typed."""
    box = page.find_element("css selector", "#reading input[type=search]")
    box.send_keys("CRACK")
    assert listed(page) == ["bridge"]
    box.send_keys("zzz")
    assert texts(page, "#reading-list") == ["No article fits."]
    assert "No article fits" in texts(page, "#reading-status")[0]


def test_a_flag_shows_what_the_article_says(page: Any) -> None:
    """On focus the article's sentence stands beside the flag, and is marked in the article."""
    note = page.find_element("id", "beside")
    assert not note.is_displayed()
    press(page, "f")
    flag = page.switch_to.active_element
    assert flag.get_attribute("aria-describedby") == "beside"
    assert "9" in flag.text
    assert note.is_displayed()
    assert "number" in note.text
    assert "Prices rose by 4 percent" in note.text
    [evidence] = texts(page, "#reading-source .evidence")
    assert evidence.startswith("Prices rose by 4 percent in May")
    assert texts(page, ARTICLE) == [ARTICLES[0].text]
    press(page, "\ue00c")
    assert not note.is_displayed()


def test_the_article_is_scrolled_to_the_evidence(page: Any) -> None:
    """In a low window the sentence that a flag points at comes into the article's box."""
    page.execute_script("document.getElementById('reading-source').style.maxHeight = '60px'")
    press(page, "f")
    box, mark = page.execute_script(
        "return ['#reading-source', '.evidence'].map((s) => {"
        "const r = document.querySelector(s).getBoundingClientRect(); return [r.top, r.bottom]; })"
    )
    assert box[0] <= mark[0] < box[1]


def test_summaries_are_shown_whole_whatever_is_marked(page: Any) -> None:
    """Marks of overlap and flags add no word and lose none but the tier's letter and its label."""
    for mark in ("nothing", "overlap with the article", "overlap with references"):
        select(page, "Mark", mark, "#reading")
        prose = summary(page, "site").find_element("css selector", ".prose")
        plain = page.execute_script(
            "const copy = arguments[0].cloneNode(true);"
            "copy.querySelectorAll('sup, .hidden').forEach((e) => e.remove());"
            "return copy.textContent",
            prose,
        )
        assert plain == PLANTED["harvest"]


def test_overlap_is_marked(page: Any) -> None:
    """Runs of words that stand in the article, or in a reference, are marked; or nothing is."""
    shared = f"{SUMMARY}:nth-of-type(2) .shared"
    select(page, "Mark", "overlap with the article", "#reading")
    assert all(text in ARTICLES[0].text for text in texts(page, shared))
    assert "".join(texts(page, f"{SUMMARY} .shared"))
    select(page, "Mark", "overlap with references", "#reading")
    assert "prices rose by" in [t.lower() for t in texts(page, f"{SUMMARY} .shared")]
    select(page, "Mark", "nothing", "#reading")
    assert texts(page, f"{SUMMARY} .shared") == []


def test_flags_are_filtered_by_type_and_tier(page: Any) -> None:
    """A type or tier keeps the articles with such a flag, and only such flags are marked."""
    select(page, "Flags", "number", "#reading")
    assert "harvest" in listed(page)
    assert "bridge" not in listed(page)
    kept = texts(page, f"{SUMMARY} .flag .hidden")
    assert kept
    assert all("number" in said for said in kept)
    tier = kept[0].split("tier ")[1][0]
    other = {"A": "B not found", "B": "A contradicts"}[tier]
    select(page, "Tier", other, "#reading")
    assert "harvest" not in listed(page)


def test_articles_with_flags_are_listed(page: Any) -> None:
    """What nobody flagged is left out."""
    select(page, "Show", "with a flag", "#reading")
    assert "harvest" in listed(page)
    assert "match" not in listed(page)


def leads(page: Any) -> list[float]:
    """Return how far the first candidate is ahead in each article of the list."""
    return [float(t.replace("\N{MINUS SIGN}", "-")) for t in texts(page, "#reading-list .count")]


def test_the_biggest_differences_come_first(page: Any) -> None:
    """Between two candidates, by a column: in words, site wrote most about the hostile article."""
    for label, value in (("First", "b site"), ("Second", "a lead"), ("by", "words")):
        select(page, label, value, "#reading")
    select(page, "Show", "where the two differ most", "#reading")
    notes = leads(page)
    assert notes == sorted(notes, key=abs, reverse=True)
    assert "match" not in listed(page), "site has no summary of it"
    select(page, "Show", "where site is higher", "#reading")
    assert all(lead > 0 for lead in leads(page))
    select(page, "Show", "where lead is higher", "#reading")
    assert all(lead < 0 for lead in leads(page))


def test_candidates_to_read_are_chosen(page: Any) -> None:
    """A candidate without its tick is not shown; the two that are compared come first."""
    page.execute_script("document.querySelector('#reading-controls details').open = true")
    boxes = page.find_elements("css selector", "#reading-controls fieldset label")
    next(b for b in boxes if b.text.strip() == "a lead").click()
    assert "lead" not in texts(page, f"{SUMMARY} h3 bdi")
    select(page, "First", "c lead-2", "#reading")
    assert texts(page, f"{SUMMARY} h3 bdi")[0] == "lead-2"


def test_a_hostile_article_is_inert(page: Any) -> None:
    """Its markup is shown as text: no element is made of it, and nothing of it runs."""
    click(page, "#reading-list li:nth-child(4) button")
    assert current(page) == HOSTILE
    assert texts(page, ARTICLE) == [ARTICLES[3].text]
    assert page.execute_script("return window.hacked ?? null") is None
    assert texts(page, "img, iframe, main script") == []
    assert page.execute_script("return document.scripts.length") == 2


def test_no_request_leaves_the_page(page: Any) -> None:
    """Through all its articles the page asks nobody for anything."""
    press(page, "jjjf")
    entries = [json.loads(e["message"])["message"] for e in page.get_log("performance")]
    asked = [e for e in entries if e["method"] == "Network.requestWillBeSent"]
    assert [e["params"]["request"]["url"].split(":")[0] for e in asked] == ["file"]


def test_the_policy_stops_what_is_not_ours(show: Open, report: Path) -> None:
    """Even a script or handler that somehow came into the page would not run."""
    page = show(report)
    page.execute_script(
        "const script = document.createElement('script');"
        "script.textContent = 'window.hacked = 5';"
        "document.body.append(script);"
        "document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"window.hacked=6\">');"
    )
    assert page.execute_script("return window.hacked ?? null") is None
    refusals = page.get_log("browser")
    assert refusals
    assert all("Content Security Policy" in r["message"] for r in refusals)
