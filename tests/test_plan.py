import re
from pathlib import Path

import pytest

from harness.errors import HarnessError
from harness.plan import METRICS, Plan, Words, plan_from

TOML = """
corpus = "articles"
baseline = "lead-3"
metrics = ["length"]
[candidates]
lead-3 = "lead(sentences=3)"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_eval_toml_and_words_give_the_same_plan(here: Path) -> None:
    """What the file can say, the command line can say, and the plans are equal."""
    (here / "eval.toml").write_text(TOML)
    said = Words(
        corpus="articles",
        candidates=["lead-3=lead(sentences=3)"],
        metrics=["length"],
        baseline="lead-3",
    )
    assert plan_from(Words()) == plan_from(said)


def test_words_add_candidates_and_replace_everything_else(here: Path) -> None:
    """A candidate said in words joins the file's; a metric, baseline or limit takes the place."""
    (here / "eval.toml").write_text(TOML)
    plan = plan_from(Words(candidates=["random"], metrics=["rouge"], limit=2))
    assert plan == Plan(
        "articles", {"lead-3": "lead(sentences=3)", "random": "random"}, ["rouge"], "lead-3", 2
    )


def test_a_corpus_said_in_words_leaves_eval_toml_unread(here: Path) -> None:
    """Naming a corpus means that the words are the whole plan."""
    (here / "eval.toml").write_text("this is no toml")
    assert plan_from(Words(corpus="x", candidates=["lead"])) == Plan("x", {"lead": "lead"}, METRICS)


WRONG = [
    pytest.param("corpus = 3", "corpus = 3 is not possible; it must be text", id="type"),
    pytest.param('corpsu = "a"', "unknown key 'corpsu'. Did you mean corpus?", id="key"),
    pytest.param("corpus = ", "is no TOML", id="syntax"),
    pytest.param('corpus = "a"', "No candidate is named", id="no-candidate"),
    pytest.param('runs = "a\\u0000b"', "it must be text", id="nul"),
    pytest.param(
        'corpus = "a"\nmetrics = []\n[candidates]\nlead = "lead"',
        "No metric is named",
        id="no-metric",
    ),
    pytest.param('[candidates]\nlead = "lead"', "names no corpus", id="no-corpus"),
    pytest.param('metrics = "rouge"', "it must be a list of specs", id="metrics"),
    pytest.param("limit = true", "it must be a whole number", id="limit-type"),
    pytest.param(TOML.replace("[c", "limit = 0\n[c"), "limit 0 is not possible", id="limit-0"),
    pytest.param("a = [" * 5000, "is no TOML", id="nested-too-deeply"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_wrong_eval_toml_is_told_what_is_wrong(here: Path, content: str, message: str) -> None:
    """Every mistake in eval.toml names the key, the value and what is allowed."""
    (here / "eval.toml").write_text(content)
    with pytest.raises(HarnessError, match=re.escape(message)):
        plan_from(Words())


def test_nothing_said_and_no_file_says_what_to_do(here: Path) -> None:
    """An empty folder and no words are answered with what to write."""
    assert not list(here.iterdir())
    with pytest.raises(HarnessError, match="Name one: --corpus"):
        plan_from(Words())


def test_one_name_for_two_candidates_is_refused() -> None:
    """A name that is given twice in words is refused, since one would hide the other."""
    with pytest.raises(HarnessError, match="Two candidates are named 'a'"):
        plan_from(Words(corpus="x", candidates=["a=lead", "a=random"]))


def test_eval_toml_may_begin_with_a_byte_order_mark(here: Path) -> None:
    """What some editors put before the text is no part of it."""
    (here / "eval.toml").write_bytes(b"\xef\xbb\xbf" + TOML.encode())
    assert plan_from(Words()).corpus == "articles"
