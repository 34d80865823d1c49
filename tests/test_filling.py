"""Ranges of a run: what is missing, in which pieces, and what is given up."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import api
from harness.engines.local import Local
from harness.filling import SUMMARIES, Batch, Filling, Order, Trouble, by_folder
from harness.metrics.length import Length
from harness.records import Article
from harness.runs import Run
from harness.runs.shards import LARGEST, Shards
from tests.engines.parts import Odd

WHOLE = Batch(SUMMARIES, 3, 6)
ONE = Batch(SUMMARIES, 4, 5)


def chance(batch: Batch) -> Trouble:
    """Return a trouble that may not come again."""
    return Trouble(batch, "its process ended", certain=False)


def certain(batch: Batch) -> Trouble:
    """Return a trouble that will come again."""
    return Trouble(batch, "too long", certain=True)


HOPELESS = [
    pytest.param((), None, id="nothing-yet"),
    pytest.param((chance(WHOLE),), None, id="died-once"),
    pytest.param((chance(WHOLE), chance(WHOLE)), "its process ended", id="died-twice"),
    pytest.param((certain(WHOLE),), "too long", id="too-long-once"),
    pytest.param((chance(WHOLE), chance(ONE)), None, id="each-died-once"),
    pytest.param((certain(Batch("length", 3, 6)),), None, id="other-work-on-the-same-articles"),
]


@pytest.mark.parametrize(("troubles", "reason"), HOPELESS)
def test_a_batch_is_tried_again_unless_it_would_fail_again(
    troubles: tuple[Trouble, ...], reason: str | None
) -> None:
    """A second chance is for a process that somebody else may have ended, and for one such time."""
    assert Order(0, 9, troubles).hopeless(WHOLE) == reason


def test_only_what_lies_in_a_hopeless_batch_is_tried_singly() -> None:
    """The articles beside it, and other work on the same articles, go on in batches."""
    order = Order(0, 9, (certain(WHOLE),))
    assert order.singly(SUMMARIES, 3, 6)
    assert order.singly(SUMMARIES, 4, 6)
    assert not order.singly(SUMMARIES, 0, 3)
    assert not order.singly(SUMMARIES, 2, 5)
    assert not order.singly("length", 3, 6)


class Heard:
    """A watch that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []

    def began(self, batch: Batch) -> None:
        """Note nothing: what begins here also ends."""

    def ended(self, batch: Batch) -> None:
        """Note the batch."""
        self.told.append((batch.what, batch.start, batch.stop))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a run over ten articles of which the summaries 3 to 5 are kept."""
    articles = [Article(f"a{i}", f"Text {i}. It rained.") for i in range(10)]
    [made] = api.evaluate(articles, {"x": Odd()}, ["length"], runs=tmp_path).runs
    kept = made.summaries(3, 6)
    for path in [*made.folder.glob("summaries/*"), *made.folder.glob("scores/*/*")]:
        path.unlink()
    made.add_summaries(3, ["a3", "a4", "a5"], kept)
    return made


def test_what_is_kept_is_not_done_again(run: Run) -> None:
    """Summaries come first, in the candidate's batches, and then the scores in one."""
    heard = Heard()
    filling = Filling(run, Odd(), by_folder([Length()]))
    for order in filling.orders(1):
        filling.fill(order, heard)
    batches = [(a, b) for what, a, b in heard.told if what == SUMMARIES]
    assert batches == [(0, 3), (6, 9), (9, 10)]
    assert filling.orders(1) == []


def test_an_article_that_is_given_up_gets_its_reason(run: Run) -> None:
    """What is known to end its process is not handed over again."""
    single = Batch(SUMMARIES, 7, 8)
    order = Order(6, 9, (certain(Batch(SUMMARIES, 6, 9)), certain(single)))
    Filling(run, Odd("die", ("a7",)), {}).fill(order, Heard())
    assert [s.reason for s in run.summaries(6, 9)] == [None, "too long", None]


@given(st.integers(1, 4 * LARGEST), st.integers(1, 64), st.integers(0, 64))
def test_ranges_cover_everything_and_break_no_batch(total: int, batch: int, workers: int) -> None:
    """In any number of workers, each article is in one range, and each batch too."""
    orders = _orders(total, batch, workers)
    assert [o.start for o in orders] == [0, *(o.stop for o in orders[:-1])]
    assert orders[-1].stop == total
    assert all(o.start % LARGEST % batch == 0 for o in orders)
    assert all(o.start // LARGEST == (o.stop - 1) // LARGEST for o in orders)


def _orders(total: int, batch: int, workers: int) -> list[Order]:
    record = SimpleNamespace(corpus=SimpleNamespace(articles=total), batch=batch)
    nothing: Any = SimpleNamespace(record=record, summaries_kept=Shards(Path("nowhere")))
    return Filling(nothing, Odd(), {}).orders(workers)


def test_the_same_run_is_filled_by_any_engine(run: Run) -> None:
    """A local engine fills what is missing, and nothing else."""
    filling = Filling(run, Odd(), by_folder([Length()]))
    with Local(workers=0).open() as site:
        site.fill(filling, Heard())
    assert filling.orders(5) == []
    assert all(s.text for s in run.summaries())
