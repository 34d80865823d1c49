import pytest

from harness.facts import index
from harness.facts.lookup import compatible, look_up
from harness.facts.tokens import tokenise

ARTICLE = index("The protesters bought 1,803,221 red flags for $5 in the third quarter, Q3.")

LOOKUPS = {
    "same": ("flags", "exact"),
    "inflected": ("flag", "exact"),
    "irregular": ("buying", "exact"),
    "derived": ("protest", "variant"),
    "synonym": ("purchase", "synonym"),
    "value": ("1803221", "exact"),
    "rounded": ("1.8 million", "variant"),
    "bare number for money": ("5", "exact"),
    "number of a code": ("3rd", "exact"),
    "share is not money": ("5%", "none"),
    "new": ("banner", "none"),
}


@pytest.mark.parametrize(("text", "how"), LOOKUPS.values(), ids=LOOKUPS)
def test_look_up(text: str, how: str) -> None:
    """A word is found as itself, as a variant, as a synonym, or not at all."""
    (token,) = tokenise(f"so {text}", [(0, 99)])[1:]
    assert look_up(ARTICLE, token).how == how


def test_units() -> None:
    """A share is never a sum of money; a bare number may be either."""
    assert (compatible("share", "money"), compatible("", "money")) == (False, True)
