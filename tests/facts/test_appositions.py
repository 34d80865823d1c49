import pytest

from harness.facts import check, index

ARTICLE = index(
    "On Sunday Lena Moss, a volunteer timekeeper, saw the runners pass. The prize was given away "
    "by race director Tom Hale. The race was won by Ann Bell, and Ms Bell will keep the cup."
)
SPEAKS = {
    "description after the name": (
        "Ann Bell, a volunteer timekeeper, saw the runners.",
        "Ann Bell",
    ),
    "description before the name": (
        "The prize was given away by race director Lena Moss.",
        "Lena Moss",
    ),
}
QUIET = {
    "the article's": "Lena Moss, a volunteer timekeeper, saw the runners.",
    "surname alone": "Moss, a volunteer timekeeper, saw the runners.",
    "one word of content": "Ann Bell, a timekeeper, won the race.",
    "predicate": "Ann Bell saw the runners pass.",
    "before a noun": "The race director Ann Bell cup was given away.",
}


def flags(summary: str) -> list[tuple[str, str | None]]:
    """Return the names that this check flags, with their tier."""
    claims = check(ARTICLE, summary).flagged
    return [(claim.text, claim.tier) for claim in claims if claim.check == "appositions"]


@pytest.mark.parametrize(("summary", "name"), SPEAKS.values(), ids=SPEAKS)
def test_speaks(summary: str, name: str) -> None:
    """A name beside the description that the article gives to another name is flagged."""
    assert flags(summary) == [(name, "A")]


@pytest.mark.parametrize("summary", QUIET.values(), ids=QUIET)
def test_quiet(summary: str) -> None:
    """The article describes the name so, or the words are no description."""
    assert flags(summary) == []
