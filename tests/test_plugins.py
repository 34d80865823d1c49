"""Parts of other packages, found by their entry points."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from harness import plugins, spec
from harness.errors import UsageError
from harness.summarisers.lead import Lead

HERE = "harness.summarisers.lead"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install three summarisers: one whole, one without its module, one without its name."""
    places = {"my-lead": "tests.test_plugins:Mine", "gone": "no.such:Part", "less": f"{HERE}:Less"}
    monkeypatch.setattr(
        plugins,
        "entry_points",
        lambda group: [
            EntryPoint(name, place, group)
            for name, place in places.items()
            if group == "harness.summarisers"
        ],
    )
    plugins._foreign.cache_clear()
    yield
    plugins._foreign.cache_clear()


class Mine(Lead):
    """Somebody's summariser."""


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("text", ["my-lead", "my_lead(sentences=2)"])
def test_a_part_has_the_name_of_its_entry_point(text: str) -> None:
    """Its spec names it as it was installed, however its class is called, and parses back."""
    part: Any = spec.parse("summarisers", text)
    assert type(part).__name__ == "Mine"
    assert spec.show(part) == text.replace("-", "_")
    assert spec.parse("summarisers", spec.show(part)) == part


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("name", "why"), [("gone", "No module named 'no'"), ("less", "Less")])
def test_a_part_that_cannot_be_loaded_is_told_in_words(name: str, why: str) -> None:
    """A broken package is named, with the reason and what to do."""
    with pytest.raises(UsageError, match=f"The part '{name}' of summarisers .*{why}.* Mend"):
        plugins.find("summarisers", name)
