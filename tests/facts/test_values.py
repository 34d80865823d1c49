import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.facts.values import bare, read, rounded, spelled

READ = {
    "share": ("5 per cent", 5.0, "share"),
    "sign": ("5%", 5.0, "share"),
    "money": ("$1.8bn", 1.8e9, "money"),
    "other dollars": ("US$5m", 5e6, "money"),
    "rank": ("21st", 21.0, "rank"),
    "clock": ("7:30pm", 7.3, "clock"),
    "decade": ("1990s", 1990.0, ""),
    "pence": ("3.2p", 0.032, "money"),
    "percent cut short": ("22 pct", 22.0, "share"),
    "no number": ("many", None, ""),
}


@pytest.mark.parametrize(("text", "value", "unit"), READ.values(), ids=READ)
def test_read(text: str, value: float | None, unit: str) -> None:
    """A number says a value and what it counts."""
    assert read(text) == (value, unit)


FAIR = {
    "billions": (1.8e9, 1_803_221_000, False, True),
    "hundreds": (3800, 3812, False, True),
    "decimals": (67, 67.4, False, True),
    "decimals of little": (2, 2.4, False, False),
    "people are counted": (40, 43, False, False),
    "hedged": (50, 48, True, True),
    "more than": (500_000, 562_000, True, True),
    "too far": (500_000, 662_000, True, False),
    "years": (2020, 2019, False, False),
    "finer than the article": (3812, 3800, True, False),
}


@pytest.mark.parametrize(("value", "exact", "hedged", "fair"), FAIR.values(), ids=FAIR)
def test_rounded(value: float, exact: float, hedged: bool, fair: bool) -> None:
    """Rounding is fair for long numbers, and after a word such as "about" for any."""
    assert rounded(value, exact, hedged) is fair


@given(st.integers(1, 999), st.sampled_from(["thousand", "million", "billion"]))
def test_spelled_multiplies(small: int, size: str) -> None:
    """A number word before a magnitude multiplies it."""
    powers = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
    assert spelled([size]) == powers[size]
    assert read(f"{small} {size}") == (small * powers[size], "")


def test_ambiguous_letter() -> None:
    """The m of "46m" may be metres, so the bare number is known too; "46" has no such letter."""
    assert (bare("46m"), bare("46")) == (46.0, -1.0)
