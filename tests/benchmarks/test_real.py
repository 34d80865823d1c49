"""The real sets, where HARNESS_DATA names their folder."""

import os
from collections import Counter

import pytest

from harness import spec

DATA = os.environ.get("HARNESS_DATA")
SIZES = {"realsumm": (2400, 100), "qags": (235, 235), "summedits": (2596, 89), "cliff": (600, 300)}


@pytest.mark.skipif(DATA is None, reason="HARNESS_DATA is not set")
@pytest.mark.parametrize(("name", "size"), SIZES.items(), ids=SIZES)
def test_every_judgement_is_read(name: str, size: tuple[int, int]) -> None:
    """As many summaries and articles as the set's description says."""
    held = list(spec.build("benchmarks", spec.Call(name, {"path": DATA})).judgements())
    assert (len(held), len({j.article.id for j in held})) == size
    assert all(j.human or j.labels for j in held)
    assert max(Counter((j.article.id, j.system, j.summary) for j in held).values()) < 3
