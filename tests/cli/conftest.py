"""The command line, called as a person calls it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.cli import main
from harness.records import Article


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


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles: Sequence[Article]) -> Path:
    """Return the current folder, with a corpus and an eval.toml in it."""
    lines = [
        {"id": a.id, "text": a.text, "references": a.references, "published": a.published}
        for a in articles
    ]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "eval.toml").write_text(
        'corpus = "articles.jsonl"\nbaseline = "lead"\nmetrics = ["rouge", "length"]\n'
        '[candidates]\nlead = "lead(sentences=1)"\nrandom = "random(sentences=1)"\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path
