import re
from contextlib import suppress
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import plugins, spec
from harness.errors import UsageError
from harness.summarisers.lead import Lead
from harness.summarisers.random import Random

ROUND_TRIPS = [
    pytest.param("lead", Lead(), id="name-alone"),
    pytest.param("lead()", Lead(), id="empty-brackets"),
    pytest.param(" lead ( sentences = 2 ) ", Lead(2), id="spaces"),
    pytest.param("random(seed=7, sentences=1)", Random(1, 7), id="any-order"),
]


@pytest.mark.parametrize(("text", "part"), ROUND_TRIPS)
def test_a_spec_parses_to_the_part_it_names(text: str, part: object) -> None:
    """A spec names one value, whatever the spacing and the order of its arguments."""
    assert spec.parse("summarisers", text) == part


@given(st.integers(1, 50), st.integers(-5, 5))
def test_a_part_prints_as_a_spec_that_parses_back(sentences: int, seed: int) -> None:
    """Showing and parsing are inverse: parse(show(part)) == part."""
    part = Random(sentences, seed)
    assert spec.parse("summarisers", spec.show(part)) == part


def test_only_what_differs_from_the_defaults_is_printed() -> None:
    """A part's name stays short: defaults are not part of it."""
    assert spec.show(Random()) == "random"
    assert spec.show(Random(seed=4)) == "random(seed=4)"


WRONG = [
    pytest.param("laed", "no part 'laed' among summarisers. Did you mean lead?", id="typo-in-name"),
    pytest.param(
        "lead(sentence=3)",
        "lead has no argument 'sentence'. Did you mean sentences?",
        id="typo-in-argument",
    ),
    pytest.param("lead(3)", "argument without a name", id="positional"),
    pytest.param("lead(sentences=x)", "x is no plain value", id="not-a-literal"),
    pytest.param("lead(sentences='many')", "lead(sentences='many') is not possible", id="type"),
    pytest.param("lead(sentences=0)", "at least 1 sentence", id="out-of-range"),
    pytest.param("lead(", "is no spec", id="unclosed"),
    pytest.param("lead(**{})", "is no spec", id="star-star"),
    pytest.param("a.b(c=1)", "is no spec", id="dotted"),
    pytest.param("", "is no spec", id="empty"),
    pytest.param("outputs", "outputs needs the argument 'path'", id="missing-argument"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_spec_is_answered_with_what_is_wrong(text: str, message: str) -> None:
    """Every mistake in a spec is told in words, with the nearest match where there is one."""
    with pytest.raises(UsageError, match=re.escape(message)):
        spec.parse("summarisers", text)


@given(st.text(max_size=40))
def test_no_text_makes_the_parser_fail_in_any_other_way(text: str) -> None:
    """Arbitrary text is a spec or a UsageError; nothing in it is executed."""
    with suppress(UsageError):
        assert spec.read(text).name.isidentifier()


@pytest.mark.parametrize("kind", plugins.KINDS)
def test_every_part_is_a_frozen_value_with_a_documented_module(kind: str) -> None:
    """Whatever is found in a folder of parts is a frozen dataclass that says what it is."""
    for name in plugins.names(kind):
        part = plugins.find(kind, name)
        assert part.__doc__
        assert part.__dataclass_params__.frozen, name


def test_a_part_cannot_be_changed() -> None:
    """A part is a value: changing a field is an error."""
    with pytest.raises(FrozenInstanceError):
        Lead().sentences = 4  # type: ignore[misc]
