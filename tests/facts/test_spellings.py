import pytest

from harness.facts import check, index
from harness.facts.names import clipped, coined, derived, shortened, skeleton


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("mohammed", "muhammad", True),
        ("zelensky", "zelenskyy", True),
        ("gaddafi", "kadafi", False),
        ("austria", "australia", False),
    ],
)
def test_skeletons(first: str, second: str, same: bool) -> None:
    """Transliterations of a name share their consonants, other names do not."""
    assert (skeleton(first) == skeleton(second)) is same


def test_two_consonants_say_too_little() -> None:
    """A name with under three consonants has no skeleton."""
    assert skeleton("iran") is None


@pytest.mark.parametrize(
    ("rule", "first", "second", "same"),
    [
        (derived, "texas", "texan", True),
        (derived, "austria", "australia", False),
        (shortened, "sam", "samantha", True),
        (shortened, "smart", "smartfertilizer", False),
        (clipped, "utd", "united", True),
        (clipped, "ann", "anderson", False),
    ],
    ids=lambda given: given.__name__ if callable(given) else str(given),
)
def test_rules(rule: object, first: str, second: str, same: bool) -> None:
    """Each rule joins spellings of one name and keeps others apart."""
    assert callable(rule)
    assert rule(first, second) is same


def test_coined_names_are_spelled_one_way() -> None:
    """A capital or digit inside a name allows no other spelling."""
    assert (coined("NovoIntel"), coined("Lopez")) == (True, False)


FOUND = {
    "country's people": ("He lives in France.", "He met the French minister."),
    "short country": ("The United States agreed.", "The US did agree."),
    "initials": ("Work on natural language processing grew.", "Work on NLP grew."),
    "initials spelled out": ("The WHO warned of it.", "The World Health Organization warned."),
    "plural of initials": ("A GAN was trained on it.", "Two GANs were trained on it."),
    "joined": ("He posts on You Tube often.", "He often posts on YouTube."),
    "typing error": ("He met Zelenskyj there.", "He met Zelenskyi there."),
}


@pytest.mark.parametrize(("article", "summary"), FOUND.values(), ids=FOUND)
def test_other_spellings_are_found(article: str, summary: str) -> None:
    """A name in another spelling is not new."""
    assert not [c for c in check(index(article), summary).flagged if c.check == "names"]


def test_coined_name_one_letter_off_is_new() -> None:
    """NovaIntel is not NovoIntel."""
    claims = check(index("He works for NovoIntel in Rome."), "He works for NovaIntel.").flagged
    assert [claim.text for claim in claims] == ["NovaIntel"]
