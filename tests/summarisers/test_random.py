from collections import Counter
from collections.abc import Sequence

import pytest

from harness.errors import UsageError
from harness.records import Article
from harness.summarisers.random import Random

LETTERS = [Article(f"article-{i}", "A is one. B is two. C is three.") for i in range(600)]


def test_sentences_are_drawn_without_replacement_and_kept_in_order() -> None:
    """A draw of two is two different sentences, in the order in which the article has them."""
    drawn = {s.text for s in Random(2).summarise(LETTERS)}
    assert drawn == {"A is one.\nB is two.", "A is one.\nC is three.", "B is two.\nC is three."}


def test_every_sentence_is_drawn_about_as_often() -> None:
    """Over 600 articles each of three sentences is drawn within 4 standard deviations of 200.

    A count is binomial, n = 600 and p = 1/3, so its standard deviation is sqrt(600 * 2 / 9) = 11.5.
    """
    counts = Counter(s.text for s in Random(1).summarise(LETTERS))
    assert all(abs(count - 200) < 4 * 11.6 for count in counts.values())
    assert len(counts) == 3


def test_the_draw_depends_on_the_article_alone() -> None:
    """Neither the order of the articles nor the other articles change a draw."""
    whole = [s.text for s in Random(1).summarise(LETTERS)]
    assert [s.text for s in Random(1).summarise(LETTERS[::-1])] == whole[::-1]
    assert [Random(1).summarise([a])[0].text for a in LETTERS[:20]] == whole[:20]


def test_another_seed_draws_otherwise() -> None:
    """The seed is part of the draw and of the signature."""
    one, other = (Random(1, seed) for seed in (0, 1))
    assert [s.text for s in one.summarise(LETTERS)] != [s.text for s in other.summarise(LETTERS)]
    assert one.signature() != other.signature()


def test_the_draw_is_the_same_on_every_machine(articles: Sequence[Article]) -> None:
    """The default draw of three known articles, as Python's own generator gave it once.

    Provenance: random.Random("0:bridge").sample(range(5), 1) and so on, CPython 3.11.
    """
    assert [s.text for s in Random(1).summarise(articles)] == [
        "Traffic goes round by the mill.",
        "Prices rose by 4 percent.",
        "The match was drawn.",
    ]


def test_fewer_sentences_than_asked_for_are_all_drawn() -> None:
    """A short article is kept whole, an empty one gets a reason."""
    short, empty = Random(4).summarise([LETTERS[0], Article("b", "")])
    assert short.text == "A is one.\nB is two.\nC is three."
    assert empty.reason == "the article has no sentence"


def test_a_draw_of_no_sentence_is_refused() -> None:
    """The refusal names the value and what is allowed."""
    with pytest.raises(UsageError, match=r"sentences=0 is not possible.*at least 1 sentence"):
        Random(0)
