"""The HTML report in a real browser: headless Chromium, where it is installed."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import api
from harness.comparison import compare
from harness.parts import Summariser
from harness.records import Article
from harness.reports.html import Html
from harness.summarisers.outputs import Outputs
from tests import opinions

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # should a page ask for anything, it gets nothing
)
HOSTILE = (
    "<img src='http://a.example/x.png' onerror='window.hacked=1'>"
    "</script><script>window.hacked=2</script><svg onload=window.hacked=3> "
    "javascript:window.hacked=4 \u202ethgir ot tfel " + "endless" * 200
)
ARTICLES = (
    Article(
        "harvest",
        "The harvest was poor this year. Rain fell for three weeks.\n\nPrices rose by 4 percent in "
        "May, said Ada Hill of the farmers' union. Nobody expects them to fall before the autumn.",
        ("Rain spoiled the harvest, and prices rose by 4 percent.",),
        title="Rain spoils the harvest",
    ),
    Article(
        "bridge",
        "The bridge closed on Monday. Engineers had found a crack in it. It is 90 years old. "
        "Traffic goes round by the mill. The council meets on Thursday.",
        ("A cracked bridge was closed.", "Engineers closed the 90-year-old bridge on Monday."),
    ),
    Article(
        "match", "The match was drawn. Nobody scored. The crowd went home early.", ("A draw.",)
    ),
    Article(HOSTILE, HOSTILE + " The hostile mill burned.", ("It burned.",), title=HOSTILE),
)
PLANTED = {
    "harvest": "Prices rose by 9 percent in May, said Ada Hill of the farmers' union.",
    "bridge": "The bridge closed on Monday. It is 90 years old.",
    HOSTILE: HOSTILE,
}
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a browser; skip where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and its driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options, webdriver.ChromeService(driver))
    yield started
    started.quit()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of three candidates over four articles, one of them hostile."""
    folder = tmp_path_factory.mktemp("report")
    lines = ({"id": i, "summary": s} for i, s in PLANTED.items())
    (folder / "site.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    candidates: dict[str, str | Summariser] = {
        "lead": "lead(sentences=1)",
        "site": Outputs(str(folder / "site.jsonl")),
        "lead-2": "lead(sentences=2)",
    }
    done = api.evaluate(ARTICLES, candidates, ["rouge", "length", "facts"], runs=folder / "runs")
    path = folder / "report.html"
    path.write_text(Html().write(compare(done.runs, "lead")), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of flags that a judge has answered: one confirmed, one vetoed."""
    pytest.importorskip("httpx")
    folder = tmp_path_factory.mktemp("answered")
    path = folder / "report.html"
    path.write_text(Html().write(compare(opinions.made(folder))), encoding="utf-8")
    return path


@pytest.fixture
def show(browser: Any) -> Iterator[Open]:
    """Return a function that opens a page; the console must have nothing to say in the end."""

    def open_page(path: Path, width: int = 1400, *, dark: bool = False, touch: bool = False) -> Any:
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": touch}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        for kind in ("browser", "performance"):
            browser.get_log(kind)
        browser.get(path.as_uri())
        browser.execute_script("document.documentElement.style.scrollBehavior = 'auto'")
        return browser

    yield open_page
    assert browser.get_log("browser") == []


@pytest.fixture
def page(show: Open, report: Path) -> Any:
    """Return the browser with the report open."""
    return show(report)
