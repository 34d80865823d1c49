"""What several tests need: a few articles, and a clock that stands still."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.records import Article

ARTICLES = (
    Article(
        "bridge",
        "The bridge closed on Monday. Engineers had found a crack. It is 90 years old.\n\n"
        "Traffic goes round by the mill. The council meets on Thursday.",
        ("A cracked bridge was closed.", "Engineers closed the 90-year-old bridge on Monday."),
        published="The bridge closed on Monday after engineers found a crack.",
    ),
    Article(
        "harvest",
        "The harvest was poor. Rain fell for 3 weeks. Prices rose by 4 percent.",
        ("Rain spoiled the harvest.",),
    ),
    Article("match", "The match was drawn. Nobody scored. The crowd went home early."),
)


@pytest.fixture
def articles() -> tuple[Article, ...]:
    """Return three articles: with two references and an AI summary, with one, with none."""
    return ARTICLES


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Return an empty place for runs."""
    return tmp_path / "runs"
