import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.facts.tokens import Token, is_year, tokenise


def read(text: str) -> list[Token]:
    """Return the tokens of one sentence."""
    return tokenise(text, [(0, len(text))])


VALUES = {
    "plain": ("He sold 35 cars.", [35.0]),
    "thousands": ("It made 3,800 of them.", [3800.0]),
    "thousands apart": ("It made 3, 800 of them.", [3800.0]),
    "marks apart, as tokenisers leave them": ("It made £7 , 500 and 7 . 6 % .", [7500.0, 7.6]),
    "a list of numbers": ("Rooms 12, 34 and 1001 , 200 men.", [12.0, 34.0, 1001.0, 200.0]),
    "decimal apart": ("It fell 98. 7 per cent.", [98.7]),
    "letter": ("It cost $1.8bn.", [1.8e9]),
    "word": ("It cost 1.8 billion.", [1.8e9]),
    "currency and letter apart": ("It cost £ 50 m.", [5e7]),
    "spelled": ("Twenty-five people came.", [25.0]),
    "spelled large": ("About two hundred and fifty thousand came.", [250000.0]),
    "ordinal": ("The 3rd of May", [3.0]),
    "clock": ("It opens at 7:30pm.", [7.3]),
    "part of a name": ("COVID-19 spread in 2020.", [2020.0]),
    "part of a word": ("The mid-1990s were wet.", [1990.0]),
    "two numbers": ("Between 20-30 came.", [20.0, 30.0]),
    "cents": ("It cost 87 cents.", [0.87]),
    "basis points": ("It rose 120 basis points.", [1.2]),
    "times": ("Debt was 1.9x profit.", [1.9]),
}


@pytest.mark.parametrize(("text", "values"), VALUES.values(), ids=VALUES)
def test_numbers_are_read_as_values(text: str, values: list[float]) -> None:
    """Every spelling of a number is one token with its value."""
    assert [token.value for token in read(text) if token.kind == "number"] == values


KINDS = {
    "name inside": ("He met Lopez.", "Lopez", "name"),
    "first word": ("People met Lopez.", "People", "word"),
    "after a colon": ("He said: Nobody came.", "Nobody", "function"),
    "after an inner stop": ("It is El Albir. Previously it was not.", "Previously", "word"),
    "after a title": ("He met Mr. Smith.", "Smith", "name"),
    "initials": ("He lives in the U.S. now.", "U.S.", "name"),
    "code": ("The H1N1 virus", "H1N1", "name"),
    "function word": ("He met the mayor.", "the", "function"),
    "label": ("It ended. OPERATOR: Thank you.", "OPERATOR", "word"),
    "emphasis": ("CLICK HERE for Oslo.", "CLICK", "word"),
    "initials side by side": ("Oslo and NATO met.", "NATO", "name"),
    "title case": ("Old Town Library Closes After Debate", "Library", "word"),
}


@pytest.mark.parametrize(("text", "word", "kind"), KINDS.values(), ids=KINDS)
def test_kinds(text: str, word: str, kind: str) -> None:
    """A capital makes a name only where nothing else asks for one."""
    assert [token.kind for token in read(text) if token.text == word] == [kind]


def test_short_negation_is_not() -> None:
    """The n't of a contraction is a token of its own that equals "not"."""
    assert [token.key for token in read("It wasn't so.")][1:3] == ["was", "not"]


@pytest.mark.parametrize(
    ("text", "year"), [("1999", True), ("2099", True), ("1200", False), ("19990", False)]
)
def test_years(text: str, year: bool) -> None:
    """A year has four digits, from 1500 to 2099."""
    assert is_year(read(f"in {text}")[1]) is year


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    """Tokens follow each other, and each stands in the text at its offsets."""
    end = 0
    for token in read(text):
        assert end <= token.start < token.end <= len(text)
        assert token.kind == "number" or text[token.start : token.end] == token.text
        end = token.end
