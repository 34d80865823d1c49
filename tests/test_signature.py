from hypothesis import given
from hypothesis import strategies as st

from harness.signature import digest, signature


def test_a_signature_names_every_choice_in_its_order() -> None:
    """Booleans read yes and no, sequences are joined with plus signs."""
    assert signature("rouge", stem=True, refs="max-f", orders=(1, 2)) == (
        "rouge|stem:yes|refs:max-f|orders:1+2"
    )


def test_a_value_cannot_forge_a_field() -> None:
    """The separator inside a value is escaped, so that two values have two signatures."""
    assert signature("command", run="a|version:2\nb") == "command|run:a%7Cversion:2%0Ab"
    assert signature("command", run="a%7Cb") != signature("command", run="a|b")


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_a_digest_tells_lists_of_texts_apart(one: list[str], other: list[str]) -> None:
    """Two lists have one digest only where they are equal: ends of texts are part of it."""
    assert (digest(*one) == digest(*other)) == (one == other)
