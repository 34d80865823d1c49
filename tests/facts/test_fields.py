import tomllib
from pathlib import Path

import pytest

from harness.facts import ArticleIndex, check, index

FIELDS = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "fields").glob("*.toml"))
}
"""Calls, meetings, reports, science: texts with sentences that follow from them, or do not."""
ARTICLES: dict[str, ArticleIndex] = {
    name: index(field["article"]) for name, field in FIELDS.items()
}
RIGHT = [(name, sentence) for name, field in FIELDS.items() for sentence in field["right"]]
WRONG = [(name, *pair) for name, field in FIELDS.items() for pair in field["wrong"]]


@pytest.mark.parametrize(("name", "sentence"), RIGHT)
def test_a_fair_rewording_is_quiet(name: str, sentence: str) -> None:
    """What follows from the text in other words is not flagged, in whatever field."""
    assert [(c.check, c.text) for c in check(ARTICLES[name], sentence).flagged] == []


@pytest.mark.parametrize(("name", "sentence", "words"), WRONG)
def test_an_error_is_flagged_where_it_stands(name: str, sentence: str, words: str) -> None:
    """A flag shares a character with the wrong words."""
    start, flags = sentence.index(words), check(ARTICLES[name], sentence).flagged
    assert any(c.start < start + len(words) and start < c.end for c in flags)


@pytest.mark.parametrize("name", FIELDS)
def test_fair_sentences_stay_quiet_together(name: str) -> None:
    """All fair sentences as one summary have no flag either."""
    summary = " ".join(FIELDS[name]["right"])
    assert [(c.check, c.text) for c in check(ARTICLES[name], summary).flagged] == []
