import pytest

from harness.facts import check, index
from harness.facts.conversions import quantity
from harness.facts.tokens import tokenise

ARTICLE = index(
    "The limited warranty of the machine covers defects for 36 months. The path is 30 miles long, "
    "and every walker carries a pack of 20 pounds."
)
FAIR = {
    "years": "The machine has a warranty of 3 years.",
    "hyphen": "The machine has a 3-year warranty.",
    "kilometres": "The path is about 48 km long.",
    "weight": "Every walker carries a pack of 9 kg.",
}
WRONG = {
    "years": ("The machine has a warranty of 4 years.", "4"),
    "kilometres": ("The path is 58 km long.", "58"),
}


@pytest.mark.parametrize("summary", FAIR.values(), ids=FAIR)
def test_a_conversion_is_fair(summary: str) -> None:
    """36 months are 3 years, 30 miles are 48.3 km, 20 pounds are 9.07 kg."""
    assert check(ARTICLE, summary).flagged == []


@pytest.mark.parametrize(("summary", "number"), WRONG.values(), ids=WRONG)
def test_a_wrong_conversion_is_flagged(summary: str, number: str) -> None:
    """Another quantity stays another in any unit."""
    assert number in [claim.text for claim in check(ARTICLE, summary).flagged]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2 hours", ("time", 7200.0)), ("2 doors", None), ("2", None), ("2% year", None)],
    ids=["unit", "no unit", "nothing follows", "a share"],
)
def test_quantities(text: str, expected: tuple[str, float] | None) -> None:
    """A plain number and the unit after it make a quantity."""
    assert quantity(tokenise(text, [(0, len(text))]), 0) == expected
