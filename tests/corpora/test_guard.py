"""Tests of what every article passes."""

import dataclasses

import pytest

from harness.corpora._guard import guard
from harness.errors import InputError
from harness.records import Article

WALL = Article("wall", "The wall fell.", ("It fell.",), "Wall", "AI: it fell.", "storm")
BOAT = Article("boat", "Two boats were lost.")


def checked(*articles: Article, duplicates: bool = False) -> list[Article]:
    """Return articles as the guard lets them through; places are x:0, x:1, ..."""
    return list(guard(enumerate(articles), lambda n: f"x:{n}", "x", duplicates=duplicates))


def test_good_articles_pass_as_they_are() -> None:
    """Every field stays, and the order too."""
    assert checked(WALL, BOAT) == [WALL, BOAT]


def test_every_text_gets_one_form() -> None:
    """Article, references, title, summary, cluster and id are all cleaned alike."""
    raw, clean = " Cafe\u0301\r\n\x07open ", "Caf\u00e9\nopen"
    found = checked(Article(" cafe\u0301 ", raw, (raw,), raw, raw, raw))
    assert found == [Article("caf\u00e9", clean, (clean,), clean, clean, clean)]


def test_an_empty_title_summary_or_cluster_is_none() -> None:
    """They may be missing, and white space is how some files say so."""
    found = checked(dataclasses.replace(WALL, title="", published=" \n", cluster="\t"))
    assert found == [Article("wall", "The wall fell.", ("It fell.",))]


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        pytest.param(
            [BOAT, Article("a", " \n")],
            "x:1: the article's text is empty. Give it a text, or leave it out of the corpus.",
            id="an empty article",
        ),
        pytest.param(
            [Article("a", "Text.", ("Good.", "\u200b"))],
            "x:0: reference 2 of article 'a' is empty. Give it a text, or leave it out of the "
            "corpus.",
            id="an empty reference",
        ),
        pytest.param(
            [Article(" ", "Text.")],
            "x:0: the id is empty. Give it a text, or leave it out of the corpus.",
            id="an empty id",
        ),
        pytest.param(
            [Article("a\nb", "Text.")],
            "x:0: the id 'a\\nb' has a line end in it. An id is one line.",
            id="an id of two lines",
        ),
        pytest.param(
            [Article("a", "Te\ud83dxt.")],
            "x:0: character 3 of the article's text is '\\ud83d', half of a surrogate pair, which "
            "no text can hold. Write the whole character.",
            id="half a surrogate pair",
        ),
        pytest.param(
            [BOAT, WALL, dataclasses.replace(BOAT, text="Other.")],
            "x:2: the id 'boat' was given before, at x:0. Every article needs an id of its own.",
            id="an id twice",
        ),
        pytest.param(
            [Article("cafe\u0301", "One."), Article("caf\u00e9", "Two.")],
            "x:1: the id 'caf\u00e9' was given before, at x:0. Every article needs an id of its "
            "own.",
            id="an id twice, written differently",
        ),
        pytest.param(
            [WALL, BOAT, dataclasses.replace(WALL, id="wall-2", text="The wall fell.\r\n")],
            "x:2: the text of article 'wall-2', 'The wall fell.'..., was given before, at x:0. "
            "Take one of them out, or allow it with duplicates=True.",
            id="a text twice",
        ),
        pytest.param([], "x holds no article. Name a corpus that holds at least one.", id="none"),
    ],
)
def test_what_would_spoil_a_run_is_refused(articles: list[Article], message: str) -> None:
    """The message says where, what, and what to do."""
    with pytest.raises(InputError) as caught:
        checked(*articles)
    assert str(caught.value) == message


def test_the_same_text_may_be_allowed_but_never_the_same_id() -> None:
    """``duplicates`` is about texts: records are kept by id."""
    again = dataclasses.replace(WALL, id="wall-2")
    assert checked(WALL, again, duplicates=True) == [WALL, again]
    with pytest.raises(InputError, match="the id 'wall' was given before"):
        checked(WALL, dataclasses.replace(WALL, text="Other."), duplicates=True)


def test_articles_pass_one_at_a_time() -> None:
    """What is good before the first bad article has gone through when that is refused."""
    stream = guard(enumerate([WALL, Article("a", "")]), str, "x")
    assert next(stream) == WALL
    with pytest.raises(InputError):
        next(stream)
