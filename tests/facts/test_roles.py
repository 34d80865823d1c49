import pytest

from tests.facts.conftest import Flagged

SPEAKS = {
    "active": (
        "Jones defeated Smith in the final vote.",
        ("roles", "Jones defeated Smith", "A", "Smith defeated Jones"),
    ),
}
QUIET = {
    "the same": "Smith defeated Jones in the final vote.",
    "passive": "Jones was defeated by Smith in the final vote.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """Two names whose order round a verb is the article's turned round are flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []
