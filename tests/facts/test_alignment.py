from hypothesis import given, settings
from hypothesis import strategies as st

from harness.facts.alignment import (
    INEXACT,
    LONGEST_SKIP,
    MOST,
    NEW,
    OTHER_SENTENCE,
    SAME_SENTENCE,
    SKIP,
    candidates,
)
from harness.facts.alignment import align as fast
from harness.facts.article import ArticleIndex, index
from harness.facts.lookup import Match, look_up
from harness.facts.tokens import Token, tokenise

WORDS = st.lists(
    st.sampled_from(["red", "door", "tower", "oil", "paint", "the", "of", "."]), max_size=12
)


def read(text: str) -> list[Token]:
    """Return the words of a text taken for one sentence."""
    return [token for token in tokenise(text, [(0, len(text))]) if token.kind != "mark"]


def slow(article: ArticleIndex, tokens: list[Token], matches: list[Match]) -> float:
    """Return the cost of the cheapest alignment: every state at every word, by the definition."""
    states = {-1: 0.0}
    for token, match in zip(tokens, matches, strict=True):
        after = {place: cost + NEW[token.kind] for place, cost in states.items()}
        for place in match.places:
            reached = min(cost + _step(article, at, place) for at, cost in states.items())
            cost = reached + INEXACT[match.how]
            after[place] = min(after.get(place, cost), cost)
        states = after
    return min(states.values())


def _step(article: ArticleIndex, at: int, place: int) -> float:
    if at < 0:
        return 0.0
    same = article.tokens[at].sentence == article.tokens[place].sentence
    costs = [SAME_SENTENCE if same else OTHER_SENTENCE]
    if 0 < place - at <= LONGEST_SKIP:
        costs.append(SKIP * (place - at - 1))
    return min(costs)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_cost_is_the_lowest_there_is(source: list[str], words: list[str]) -> None:
    """The alignment costs what trying every way to read the summary costs at best."""
    article, tokens = index(" ".join(source)), read(" ".join(words))
    matches = [look_up(article, token) for token in tokens]
    assert abs(fast(article, tokens, matches).cost - slow(article, tokens, matches)) < 1e-9


def test_a_copied_sentence_costs_nothing_and_is_read_in_order() -> None:
    """Words copied in one piece are read at consecutive positions, at no cost."""
    article = index("It rained. The red door of the tower was painted. Nobody came.")
    tokens = read("The red door of the tower was painted.")
    found = fast(article, tokens, [look_up(article, token) for token in tokens])
    assert (found.cost, found.places) == (0.0, tuple(range(2, 10)))


def test_new_words_are_read_nowhere() -> None:
    """A word that the article does not have has no place, and costs by its kind."""
    article = index("The red door of the tower.")
    tokens = read("The blue door")
    found = fast(article, tokens, [look_up(article, token) for token in tokens])
    assert found.places[1] == -1
    assert found.cost == NEW["word"] + SKIP


def test_work_on_looped_text_grows_with_its_length_alone() -> None:
    """Of a word that stands everywhere only so many positions are tried, so work is linear."""
    for times in (200, 2000):
        places = range(0, 2 * times, 2)
        before = range(1, 2 * times, 2)
        assert len(candidates(places, before, before)) == MOST


def test_a_frequent_word_is_tried_where_the_reading_goes() -> None:
    """Past the limit, the positions after the word before and before the word after are kept."""
    places = range(0, 10_000, 2)
    assert {8_000, 9_000} <= set(candidates(places, {7_999}, [9_001]))
    assert candidates(range(MOST), {5}, [7]) == range(MOST)


def test_looped_text_is_still_read_as_copied() -> None:
    """A loop given back as its own summary costs nothing."""
    text = "the mill " * 300
    tokens = read(text)
    article = index(text)
    assert fast(article, tokens, [look_up(article, token) for token in tokens]).cost == 0.0
