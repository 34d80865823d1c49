from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.metrics.extractiveness import Extractiveness
from harness.records import Article, Item


def scored(article: str, summary: str) -> dict[str, float]:
    """Return the scores of one summary by column."""
    scores = Extractiveness().score([Item(Article("a", article), summary, ())])
    assert not scores.unscored
    return {name: float(values[0]) for name, values in scores.values.items()}


def test_a_summary_is_cut_into_the_fragments_it_copied() -> None:
    """All columns follow from the fragments, derived here by hand.

    The summary has |S| = 8 words, the article |A| = 12. From left to right the fragments are
    "the old bridge closed" (4; the article's first "the old" is followed by "town"), "on" (1) and
    "the town" (2); "friday" is not in the article.
        coverage    = (4 + 1 + 2) / 8   = 7/8
        density     = (16 + 1 + 4) / 8  = 21/8
        compression = 12 / 8
        novel 1     = 1 of 8: friday
        novel 2     = 3 of 7: closed on, on the, town friday
        novel 3     = 4 of 6: bridge closed on, closed on the, on the town, the town friday
    """
    article = "The old town: the old bridge closed. The town waited on Monday."
    assert scored(article, "The old bridge closed on the town Friday.") == {
        "coverage": 7 / 8,
        "density": 21 / 8,
        "compression": 12 / 8,
        "novel1": 1 / 8,
        "novel2": 3 / 7,
        "novel3": 4 / 6,
    }


ENDS = [
    pytest.param("a b c d", "a b c d", [1, 4, 1, 0, 0, 0], id="the-article-itself"),
    pytest.param("a b c d", "x y z", [0, 0, 4 / 3, 1, 1, 1], id="nothing-copied"),
    pytest.param("a b c d", "c b a", [1, 1, 4 / 3, 0, 1, 1], id="its-words-in-another-order"),
    pytest.param("A B", "a b.", [1, 2, 1, 0, 0, 0], id="case-and-marks-do-not-count"),
    pytest.param("a b", "a", [1, 1, 2, 0, 0, 0], id="one-word-has-no-bigram"),
    pytest.param("a b", "b", [1, 1, 2, 0, 0, 0], id="the-article's-last-word"),
    pytest.param("...", "a b", [0, 0, 0, 1, 1, 0], id="an-article-without-a-word"),
    pytest.param("a a a b", "a a b", [1, 5 / 3, 4 / 3, 0, 0, 0], id="the-search-goes-on-behind"),
]


@pytest.mark.parametrize(("article", "summary", "expected"), ENDS)
def test_the_ends_of_every_range_are_reached(
    article: str, summary: str, expected: Sequence[float]
) -> None:
    """Copies and inventions score the ends; the last case is the paper's, not the longest run.

    There "a a" is found in the article's first two words, the search goes on at the third, and "b"
    follows as a fragment of its own: density (2 * 2 + 1 * 1) / 3.
    """
    assert list(scored(article, summary).values()) == pytest.approx(expected)


def fragments_of_the_paper(article: Sequence[str], summary: Sequence[str]) -> list[int]:
    """Return the fragments' lengths by Grusky et al.'s procedure F(A, S), word by word."""
    found: list[int] = []
    i = 0
    while i < len(summary):
        longest = j = 0
        while j < len(article):
            length = 0
            while (
                i + length < len(summary)
                and j + length < len(article)
                and summary[i + length] == article[j + length]
            ):
                length += 1
            longest = max(longest, length)
            j += max(length, 1)
        found += [longest] if longest else []
        i += max(longest, 1)
    return found


def share_of_novel(article: Sequence[str], summary: Sequence[str], n: int) -> float:
    """Return the share of the summary's n-grams that are nowhere in the article."""
    grams = [tuple(summary[i : i + n]) for i in range(len(summary) - n + 1)]
    known = [tuple(article[i : i + n]) for i in range(len(article) - n + 1)]
    return sum(g not in known for g in grams) / len(grams) if grams else 0


TOKENS = st.lists(st.sampled_from("abc"), max_size=24)


@given(TOKENS, TOKENS.filter(bool))
def test_fragments_are_those_of_the_published_procedure(
    article: list[str], summary: list[str]
) -> None:
    """The index finds what the paper's own search, slow and obvious, finds."""
    lengths = fragments_of_the_paper(article, summary)
    assert scored(" ".join(article), " ".join(summary)) == pytest.approx(
        {
            "coverage": sum(lengths) / len(summary),
            "density": sum(n * n for n in lengths) / len(summary),
            "compression": len(article) / len(summary),
            **{f"novel{n}": share_of_novel(article, summary, n) for n in (1, 2, 3)},
        }
    )


@pytest.mark.parametrize("summary", ["", " ", "...", "— ☺"])
def test_a_summary_without_a_word_is_unscored(summary: str) -> None:
    """There is nothing to take a share of, so there is a reason and no number."""
    article = Article("a", "A bridge closed.")
    scores = Extractiveness().score([Item(article, s, ()) for s in ("A bridge.", summary)])
    assert scores.unscored == {1: "the summary has no word"}
    assert scores.values["coverage"][0] == 1


def test_the_references_do_not_matter() -> None:
    """A summary is held against its article alone."""
    article = Article("a", "A bridge closed.", ("A reference.",))
    with_one, without = (
        Extractiveness().score([Item(article, "A bridge.", references)]).values["density"].tolist()
        for references in (("A bridge.",), ())
    )
    assert with_one == without
