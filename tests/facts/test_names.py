import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "person": (
        "The council, led by Peter Brown, voted to close the library.",
        ("names", "Peter Brown", "B", None),
    ),
    "place": ("The old library in Ketterby may close.", ("names", "Ketterby", "B", None)),
    "other first name": ("Smith beat Anna Lopez.", ("names", "Anna", "B", None)),
}
QUIET = {
    "surname alone": "The plan delighted Lopez.",
    "initials": "Profits of the BN rose.",
    "people of a place": "The Norvanian bank made a profit.",
    "title before a name": "The plan delighted Mayor Lopez.",
    "capital at the start": "Workers may be hired.",
    "missing first name": "In the final vote Adam Smith defeated Jones.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A name that the article does not have is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


FAIR = {
    "emphasis": ("The club of Harwick won.", "The club of Harwick won. CLICK HERE for news."),
    "season": ("The cameras of Harwick went in 2013.", "The cameras of Harwick went in Spring."),
    "explained": ("We test on PTB in Oslo.", "They test on Penn Treebank (PTB) in Oslo."),
    "role": ("Ann Bell drew it for the Post.", "An Expert of the Post drew it: Ann Bell."),
    "surname like a word": (
        "He saw how it went. It was bad, Howe told the Post.",
        "The Post spoke to Eddie Howe, who saw it.",
    ),
    "after a dash": ("It asks the Bank of Oslo.", "The act of 2019 - Directs the Bank of Oslo."),
}


@pytest.mark.parametrize(("text", "summary"), FAIR.values(), ids=FAIR)
def test_capitals_that_name_nobody_new(text: str, summary: str) -> None:
    """A capital may give weight or open a line, and a name may be explained or made of a word."""
    assert [c.text for c in check(index(text), summary).flagged if c.check == "names"] == []


def test_another_continent() -> None:
    """An article that names one continent is held to it."""
    article = index("Sales of the Motion unit of Halden were weak because of demand in Europe.")
    summary = "Sales of Halden's Motion unit were weak because of demand in Asia."
    assert [c.text for c in check(article, summary).flagged] == ["Asia"]
