"""A folder in which a person calls the command line."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.records import Article


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
