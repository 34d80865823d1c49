import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.chat import Answer, Ask, Message, Silence
from harness.servers.wire import body, read
from tests.servers.scripted import question

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)


def answer(content: object, ask: Ask | None = None, **choice: Any) -> object:
    """Return what a choice with this content is read as."""
    whole = {"message": {"content": content}, "finish_reason": "stop", **choice}
    return read(ask or question(), {"choices": [whole]})


def test_a_question_becomes_a_request() -> None:
    """Greedy, nothing is drawn, so that no seed is sent; nor are fields that nobody asked for."""
    ask = Ask((Message("system", "Be brief."), Message("user", "Why?")), 20)
    assert body("m", ask) == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Why?"},
        ],
        "max_tokens": 20,
        "temperature": 0.0,
    }


def test_a_seed_is_sent_where_tokens_are_drawn() -> None:
    """And probabilities are asked for where they are wanted, unless the server refuses them."""
    ask = question(temperature=0.7, seed=3, alternatives=5)
    told = body("m", ask)
    assert (told["seed"], told["logprobs"], told["top_logprobs"]) == (3, True, 5)
    assert "logprobs" not in body("m", ask, alternatives=False)


def test_half_a_character_can_be_sent() -> None:
    """A lone surrogate, which is no text and which no server takes, is replaced."""
    assert body("m", question("\ud800")) == body("m", question("?"))


CUT = {"stop": False, "length": True, "eos": None, None: None, 5: None}


@pytest.mark.parametrize(("finish", "cut"), CUT.items(), ids=map(str, CUT))
def test_why_an_answer_ended_is_kept(finish: object, cut: bool | None) -> None:
    """Nobody guesses where the server says neither stop nor length."""
    assert answer("Yes.", finish_reason=finish) == Answer("Yes.", cut=cut)


COUNTS = {
    "counts": ({"prompt_tokens": 7, "completion_tokens": 3}, (7, 3)),
    "one of them": ({"prompt_tokens": 7}, (7, None)),
    "none": (None, (None, None)),
    "null": ({"prompt_tokens": None, "completion_tokens": "3"}, (None, None)),
    "no counts": ({"prompt_tokens": -1, "completion_tokens": True}, (None, None)),
    "beyond all": ({"prompt_tokens": 2**31, "completion_tokens": 1.5}, (None, None)),
    "a list": ([7, 3], (None, None)),
}


@pytest.mark.parametrize(("usage", "kept"), COUNTS.values(), ids=COUNTS)
def test_token_counts_are_kept_where_they_are_counts(usage: object, kept: object) -> None:
    """Anything else is as if the server had not counted."""
    data = {"choices": [{"message": {"content": "Yes."}}], "usage": usage}
    said = read(question(), data)
    assert isinstance(said, Answer)
    assert (said.tokens_in, said.tokens_out) == kept


def test_thoughts_are_taken_off() -> None:
    """What a reasoning model thinks aloud is no part of the answer."""
    assert answer("<think>Hm.\n</think>\n\nYes.") == Answer("Yes.", cut=False)


def place(**likely: float) -> dict[str, Any]:
    """Return one token's place in the server's answer; the first one was taken."""
    top = [{"token": token, "logprob": log} for token, log in likely.items()]
    return {"token": next(iter(likely)), "top_logprobs": top}


def alternatives(places: object, text: str = "Yes.") -> object:
    """Return the probabilities that are read from these places."""
    said = answer(text, question(alternatives=2), logprobs={"content": places})
    assert isinstance(said, Answer)
    return said.alternatives


def test_probabilities_are_those_of_each_place() -> None:
    """Exp of a log-probability; ln 2 below 0 is a half."""
    half = pytest.approx(0.5)
    found = alternatives([place(Yes=-math.log(2), No=-math.log(2)), {"token": ".", "x": 1}])
    assert found == ({"Yes": half, "No": half}, {})


ODD_PLACES = {
    "above 0": ([place(Yes=0.1)], ({"Yes": 1.0},)),
    "no number": ([place(Yes=math.nan, No=-0.0)], ({"No": 1.0},)),
    "as good as 0": ([place(Yes=-9999.0, No=0.0)], ({"No": 1.0},)),
    "beyond any float": ([place(Yes=-(10**400), No=0.0)], ({"No": 1.0},)),
    "nothing usable": ([place(Yes=-math.inf)], None),
    "none": ([], None),
    "another shape": ({"tokens": ["Yes"]}, None),
    "no objects": (["Yes"], None),
}


@pytest.mark.parametrize(("places", "kept"), ODD_PLACES.values(), ids=ODD_PLACES)
def test_what_is_no_probability_is_left_out(places: object, kept: object) -> None:
    """Every probability is in (0, 1]; without any there are none."""
    assert alternatives(places) == kept


def test_tokens_that_are_written_alike_are_added_up() -> None:
    """Two halves of a character both read as a replacement sign."""
    twice = {"token": "?", "top_logprobs": [{"token": "?", "logprob": -math.log(4)}] * 2}
    assert alternatives([twice]) == ({"?": pytest.approx(0.5)},)


def test_probabilities_of_thoughts_are_taken_off_with_them() -> None:
    """The first place is that of the answer's first token, wherever the mark was split."""
    tokens = ["<think>", "Hm", "</th", "ink>", "Yes"]
    places = [place(**{token: 0.0}) for token in tokens]
    assert alternatives(places, "".join(tokens)) == ({"Yes": 1.0},)


@given(ANYTHING)
def test_any_json_is_read(data: object) -> None:
    """Whatever a server makes up, it is an answer, a silence or a failure with a reason."""
    for given_data in (data, {"choices": [data]}, {"choices": [{"message": {"content": data}}]}):
        said = read(question(alternatives=1), given_data)
        assert said.text if isinstance(said, Answer) else said.reason


@given(ANYTHING)
def test_any_choice_is_read(data: object) -> None:
    """Odd values around a good text cost no more than themselves."""
    said = answer("Yes.", question(alternatives=1), finish_reason=data, logprobs=data)
    assert isinstance(said, Answer | Silence)
