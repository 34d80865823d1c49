import pytest

from harness.facts import check, index
from tests.facts.conftest import Flagged

SPEAKS = {
    "auxiliary": (
        "The report did mention the bridge.",
        ("negation_dropped", "did", "A", "mention"),
    ),
    "none": (
        "The report mentioned the bridge on Mill Street.",
        ("negation_dropped", "mentioned", "A", "mention"),
    ),
    "prefix beside a preposition": (
        "In March the report did mention the bridge.",
        ("negation_dropped", "did", "A", "mention"),
    ),
}
QUIET = {
    "kept": "The report did not mention the bridge.",
    "denied by meaning": "The report failed to mention the bridge.",
}


@pytest.mark.parametrize(("summary", "flag"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(flagged: Flagged, summary: str, flag: tuple[str, str, str, str | None]) -> None:
    """A "not" of the article that the summary leaves out is flagged."""
    assert flag in flagged(summary)


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(flagged: Flagged, summary: str) -> None:
    """The article bears the summary out in other words, so nothing is flagged."""
    assert flagged(summary) == []


FAIR = {
    "not until": (
        "She won in May but decided not to cash the cheque until June.",
        "She won but cashed the cheque in June.",
    ),
    "infinitive": (
        "The fees have not been raised since 2019. A member wants more money.",
        "A member wants the fees to be raised.",
    ),
    "taken away": (
        "The firm ended the year with no debt, as it had said it would.",
        "The firm ended the year free of debt.",
    ),
    "another voice": (
        "Nevin took in sights of Dublin that she has not seen in fifteen years.",
        "Nevin was seen in Dublin.",
    ),
    "another thing": ("Ann is not in shape, Tom said.", "Ann is in poor shape."),
}


@pytest.mark.parametrize(("text", "summary"), FAIR.values(), ids=FAIR)
def test_what_denies_a_part_or_otherwise(text: str, summary: str) -> None:
    """The article denies another thing than the summary states."""
    assert check(index(text), summary).flagged == []


def test_a_denied_verb_stated() -> None:
    """A verb and its object, read from right after "do not", contradict."""
    article = index("We do not expect tariffs to hurt us this year. We expect a good year.")
    (claim,) = check(article, "The managers expect tariffs to hurt this year.").flagged
    assert (claim.text, claim.check, claim.tier) == ("expect", "negation_dropped", "A")
