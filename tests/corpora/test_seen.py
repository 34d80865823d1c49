"""Tests of remembering what has been read."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from harness.corpora._seen import Seen


@given(st.lists(st.text(max_size=3)))
def test_it_agrees_with_a_dictionary(texts: list[str]) -> None:
    """Each text's first place is told the second time, however many come between."""
    seen, slow = Seen(4), dict[str, int]()
    for place, text in enumerate(texts):
        encodable = text.encode("utf-8", "replace").decode()
        assert seen.first(encodable, place) == slow.get(encodable)
        slow.setdefault(encodable, place)
    assert len(seen) == len(slow)


def test_it_grows_and_stays_small() -> None:
    """20,000 texts lie in 65,536 slots of 12 bytes and are all found again."""
    seen = Seen()
    assert all(seen.first(str(i), i) is None for i in range(20_000))
    assert all(seen.first(str(i), 0) == i for i in range(20_000))
    size = sum(sys.getsizeof(getattr(seen, name)) for name in ("_keys", "_places"))
    assert size < 65_536 * 12 + 1000
