"""What several tests need: a few articles, a clock that stands still, the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.cli import main
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that calls harness with some words."""

    def run(*words: str | Path) -> Said:
        monkeypatch.setattr("sys.argv", ["harness", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return run
