from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.chat import Answer
from harness.judging.tokens import at, shares


def spelled(*tokens: str, text: str | None = None) -> Answer:
    """Return an answer made of tokens, each with a sure probability and one that was not taken."""
    options = tuple({token: 0.9, "zzz": 0.1} for token in tokens)
    return Answer("".join(tokens).strip() if text is None else text, alternatives=options)


PLACES = [
    pytest.param(["4"], None, "4", "4", id="a-number-alone"),
    pytest.param([" 4", "\n"], None, "4", " 4", id="with-space-around"),
    pytest.param(["4", "<|im_end|>"], "4", "4", "4", id="with-a-mark-at-the-end"),
    pytest.param(["Verdict", ":", " con", "tra", "dicted"], None, "con", " con", id="in-pieces"),
    pytest.param(
        ["Verdict", ":", "supported"], "Verdict: supported", "sup", "supported", id="lost"
    ),
    pytest.param(["<think>", "5", "</think>", "4"], "4", "4", "4", id="after-a-thought"),
    pytest.param(["\ufffd", "\ufffd", " 4"], "é 4", "4", " 4", id="after-half-letters"),
]


@pytest.mark.parametrize(("tokens", "text", "word", "first"), PLACES)
def test_the_token_of_a_word_is_found(
    tokens: Sequence[str], text: str | None, word: str, first: str
) -> None:
    """The tokens are those of the place where the word begins."""
    answer = spelled(*tokens, text=text)
    assert first in (at(answer, answer.text.index(word)) or {})


def test_of_several_tokens_that_fit_the_likeliest_is_taken() -> None:
    """Greedy decoding took it, so that the token before it ends where this one begins."""
    told = ({"Verdict": 1.0}, {":": 1.0}, {" supported": 0.6, "ed": 0.3, " contradicted": 0.1})
    text = "Verdict: supported"
    assert at(Answer(text, alternatives=told), text.index("sup")) == told[2]


LOST = [
    pytest.param(Answer("4"), id="none-were-given"),
    pytest.param(Answer("4", alternatives=()), id="none-in-a-list"),
    pytest.param(Answer("4", alternatives=({"3": 0.9},)), id="drawn-against-the-odds"),
    pytest.param(Answer("4", alternatives=({},)), id="an-empty-place"),
    pytest.param(Answer("a 4", alternatives=({"4": 1.0}, {"x": 1.0}, {"4": 1.0})), id="no-fit"),
]


@pytest.mark.parametrize("answer", LOST)
def test_where_tokens_do_not_spell_the_answer_there_is_none(answer: Answer) -> None:
    """No probability is better than that of another place."""
    assert at(answer, 0) is None


@given(st.lists(st.sampled_from(["a", " b", "cd", "\n", " ", "e "]), min_size=1, max_size=12))
def test_every_letter_is_found_in_its_own_token(tokens: list[str]) -> None:
    """However an answer is cut into tokens, a letter's place is that of the token holding it."""
    options = tuple({token: 0.9, f"#{i}": 0.1} for i, token in enumerate(tokens))
    text = "".join(tokens)
    holders = [i for i, token in enumerate(tokens) for _ in token]
    for place, sign in enumerate(text):
        if not sign.isspace():
            found = at(Answer(text, alternatives=options), place)
            assert found == options[holders[place]]


SHARES = [
    pytest.param({"4": 0.5, "5": 0.25, "x": 0.25}, {"4": 2 / 3, "5": 1 / 3}, id="normalised"),
    pytest.param({"4": 0.2, " 4": 0.2, "5": 0.4}, {"4": 0.5, "5": 0.5}, id="written-two-ways"),
    pytest.param({"45": 0.9, "5": 0.1}, {"4": 0.0, "5": 1.0}, id="a-longer-number"),
    pytest.param({"": 0.9, " ": 0.1}, None, id="space-alone"),
    pytest.param({"x": 1.0}, None, id="none-of-them"),
]


@pytest.mark.parametrize(("options", "expected"), SHARES)
def test_shares_are_among_the_words_alone(
    options: Mapping[str, float], expected: Mapping[str, float] | None
) -> None:
    """What a token that begins none of the words has is left out, and the rest adds up to 1."""
    found = shares(options, ("4", "5"))
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_word_may_begin_with_part_of_it() -> None:
    """A verdict is told by its first token, whatever its length and case."""
    options = {" Sup": 0.25, "supported": 0.25, " contra": 0.3, "not": 0.2}
    found = shares(options, ("supported", "contradicted", "not in the article"))
    assert found == pytest.approx(
        {"supported": 0.5, "contradicted": 0.3, "not in the article": 0.2}
    )
