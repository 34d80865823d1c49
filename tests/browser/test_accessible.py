import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open

SERIOUS = {"serious", "critical"}
VIEWS = [
    pytest.param(1400, False, id="wide-light"),
    pytest.param(1400, True, id="wide-dark"),
    pytest.param(390, False, id="narrow-light"),
    pytest.param(390, True, id="narrow-dark"),
]


def violations(page: Any, axe: str) -> list[dict[str, Any]]:
    """Return what axe-core finds in the page; it comes in beside the page's policy."""
    page.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    found: dict[str, Any] = page.execute_async_script(
        "const done = arguments[0];"
        "axe.run().then(({passes, violations}) => done({passes: passes.length, violations}))"
    )
    assert found["passes"] > 20, "axe-core has looked"
    return list(found["violations"])


@pytest.fixture
def axe() -> str:
    """Return axe-core's script, which the variable AXE_CORE names."""
    path = os.environ.get("AXE_CORE")
    if not path:
        pytest.skip("AXE_CORE does not name an axe.min.js (npm install axe-core)")
    return Path(path).read_text(encoding="utf-8")


@pytest.mark.parametrize("made", ["report", "answered"])
@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_axe_finds_nothing_serious(
    show: Open, request: pytest.FixtureRequest, axe: str, made: str, width: int, dark: bool
) -> None:
    """Contrast, names, roles and focus are right with every box open and a flag's note in view.

    So they are where a second metric has answered the flags.
    """
    page = show(request.getfixturevalue(made), width, dark=dark)
    page.execute_script(
        "document.querySelectorAll('details').forEach((d) => (d.open = true));"
        "[...document.querySelectorAll('.flag')].at(-1).focus()"
    )
    serious = [v for v in violations(page, axe) if v["impact"] in SERIOUS]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in serious] == []


def test_axe_would_find_something(show: Open, report: Path, axe: str) -> None:
    """A field without a name, put into the page, is found."""
    page = show(report)
    page.execute_script("document.querySelector('main').append(document.createElement('select'))")
    assert {v["id"] for v in violations(page, axe)} == {"select-name"}


def test_everything_can_be_reached_by_keyboard(page: Any) -> None:
    """What can be pressed or scrolled takes the focus, and has a name."""
    nameless = page.execute_script(
        "return [...document.querySelectorAll('button, [role=button], [tabindex=\"0\"]')]"
        ".filter((e) => e.tabIndex < 0 || !(e.textContent.trim() || e.ariaLabel)).length"
    )
    assert nameless == 0
