from collections.abc import Sequence
from pathlib import Path

import pytest

from harness import api
from harness.articles import as_text, contrasts
from harness.errors import UsageError
from harness.records import Article
from harness.runs import Run
from harness.summarisers.outputs import Outputs
from tests.conftest import Call


@pytest.fixture
def two(runs: Path) -> list[Run]:
    """Return two runs over nine articles: one's words grow with the article, the other's shrink."""
    articles = [Article(f"a{i}", "word " * (10 + 10 * i), ("a word",)) for i in range(9)]
    candidates = {}
    for name, counts in (("up", range(1, 10)), ("down", range(9, 0, -1))):
        path = runs.parent / f"{name}.txt"
        path.write_text("".join("word " * n + "\n" for n in counts))
        candidates[name] = Outputs(str(path))
    return api.evaluate(articles, candidates, ["length", "rouge"], runs=runs).runs


def test_articles_come_from_the_biggest_win_to_the_biggest_loss(two: Sequence[Run]) -> None:
    """The order is by the difference of the two scores."""
    found = contrasts(two[0], two[1], "words")
    assert [c.article for c in found.articles] == [f"a{i}" for i in range(8, -1, -1)]
    assert [c.first - c.second for c in found.articles] == [8, 6, 4, 2, 0, -2, -4, -6, -8]


def test_buckets_are_thirds_with_their_own_differences(two: Sequence[Run]) -> None:
    """Short articles: (1+2+3)/3 against (9+8+7)/3; long ones the other way round."""
    found = contrasts(two[0], two[1], "words")
    by_length = [b for b in found.buckets if b.measure == "article words"]
    assert [(b.low, b.high) for b in by_length] == [(10, 30), (40, 60), (70, 90)]
    assert [b.difference.estimate for b in by_length] == [-6, 0, 6]
    assert [b.difference.n for b in by_length] == [3, 3, 3]


def test_wins_and_losses_are_there_to_read(two: Sequence[Run]) -> None:
    """The text holds both summaries of the articles that differ most."""
    text = as_text(contrasts(two[0], two[1], "words"), most=1)
    assert "-- up higher --\n\na8: 9.00 and 1.00\n  up: word word" in text
    assert "-- down higher --\n\na0: 1.00 and 9.00" in text


def test_an_unknown_column_is_answered_with_the_nearest(two: Sequence[Run]) -> None:
    """A typo in a column is told with what was meant."""
    with pytest.raises(UsageError, match=r"Did you mean words\?"):
        contrasts(two[0], two[1], "wrods")


def test_the_command_wants_two_runs(two: Sequence[Run], runs: Path, call: Call) -> None:
    """--articles is for two runs; the text is printed."""
    assert len(two) == 2
    assert call("compare", "up", "--articles", "--runs", runs).code == 2
    said = call("compare", "up", "down", "--articles", "--columns", "words", "--runs", runs)
    assert said.out.startswith("words: up against down, 9 articles")
