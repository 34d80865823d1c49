from collections.abc import Callable, Sequence
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.facts import check, confidence, index
from harness.facts.claims import Claim, Findings, SentenceSupport, Tier
from harness.facts.support import _breaks, _meet, _read, _together, support
from harness.facts.view import AlignedSentence, AlignedSummary, beside
from tests.facts.conftest import ARTICLE

INDEX = index(ARTICLE)
SENTENCES = ARTICLE.splitlines()
WORDS = sorted({word.strip('.,"').lower() for word in ARTICLE.split() if word.isalpha()})
COINED = ["zebra", "qwxvity", "mistletoe", "gribbled"]
"""Words that the article has in no form."""

written = st.lists(st.sampled_from(WORDS + COINED), min_size=2, max_size=14)


def of(summary: str) -> float:
    """Return the support of a summary of the article."""
    return check(INDEX, summary).support


def unflagged(words: Sequence[str]) -> float:
    """Return the support of one sentence made of words, whatever the checks say about it."""
    view = beside(INDEX, "And " + " ".join(words) + ".")
    return support(view, view.sentences[0], [])


def claim(check_name: str, tier: Tier) -> Claim:
    """Return a claim that a check flagged."""
    return Claim(0, 5, "The t", "number", check_name, tier, None, None)


def findings(*supports: float) -> Findings:
    """Return findings on a summary whose sentences have these supports."""
    return Findings((), tuple(SentenceSupport(0, 1, value, None) for value in supports))


@given(written, st.booleans())
def test_bounds(words: list[str], named: bool) -> None:
    """Support lies in [0, 1], flagged or not."""
    assert 0.0 <= of(" ".join(words).title() if named else " ".join(words)) <= 1.0


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_copied_is_full(sentences: list[str]) -> None:
    """Sentences of the article have support 1, however many, in whatever order."""
    assert of("\n".join(sentences)) == 1.0


def test_unrelated_is_none() -> None:
    """A sentence without a word of the article has none, a summary of other news next to none."""
    assert of("Zebras graze quietly.") == 0.0
    assert of("Heavy snow closed the airport of Oslo, and the airline sent home 200 guests.") < 0.05


@given(written, st.lists(st.sampled_from([" ", "  ", "\t", "   "]), min_size=14, max_size=14))
def test_space_is_nothing(words: list[str], gaps: list[str]) -> None:
    """How wide the gaps between words are changes nothing."""
    spaced = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    assert of(spaced + "end.") == of(" ".join(words) + " end.")


@given(written, st.sampled_from(COINED), st.data())
def test_a_new_word_never_helps(words: list[str], new: str, data: st.DataObject) -> None:
    """A word that the article has not, put anywhere, never raises the support of a sentence."""
    at = data.draw(st.integers(0, len(words)))
    assert unflagged([*words[:at], new, *words[at:]]) <= unflagged(words) + 1e-12


@given(*[st.lists(st.integers(0, 60), max_size=20, unique=True).map(sorted)] * 2)
def test_meeting_places(before: list[int], after: list[int]) -> None:
    """Leaping through two lists finds what trying every pair finds."""
    assert _meet(before, after) == any(0 < q - p <= 5 for p in before for q in after)


def test_silence_is_full() -> None:
    """A summary that says nothing says nothing unsupported."""
    assert of("") == of(" \n") == of("...") == 1.0


@pytest.mark.parametrize(("name", "tier"), [("numbers", "A"), ("names", "B")])
def test_a_flag_leaves_its_doubt(name: str, tier: Tier) -> None:
    """A flag leaves the share of its check's flags that were wrong, by the rule of succession."""
    view, flagged = beside(INDEX, SENTENCES[0]), claim(name, tier)
    measured = confidence(flagged)
    assert measured is not None
    right = measured.precision * measured.n
    left = support(view, view.sentences[0], [flagged])
    assert left == pytest.approx((measured.n - right + 1) / (measured.n + 2))
    assert 0 < left < 0.5


def test_an_unmeasured_flag_halves() -> None:
    """Of a check that nobody has measured a flag is as likely right as wrong."""
    view = beside(INDEX, SENTENCES[0])
    assert support(view, view.sentences[0], [claim("unheard_of", "A")]) == 0.5


def test_one_word() -> None:
    """A sentence of one word has no pairs: it is there or not."""
    assert (of("Profits."), of("Zebras.")) == (1.0, 0.0)


def test_the_weakest_sentence_counts_more() -> None:
    """The mean makes three quarters of a summary's support, the weakest sentence one."""
    assert findings(1.0, 0.0).support == 0.375
    assert findings(0.5, 0.5).support == 0.5


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The town council voted on Tuesday.", "The town voted, on Tuesday, council."),
        ("The town council voted on Tuesday.", "The town council voted on Monday."),
        ("The red door was painted.", "The red door was delighted with costs."),
        ("Profits of the Bank rose.", "Profits of the visitors rose."),
        ("The old library closes.", "The obsolete library closes."),
    ],
    ids=["order", "flag", "fusion", "phrase torn", "rewording"],
)
def test_ranks(better: str, worse: str) -> None:
    """What was read in one piece and is not flagged ranks above glued, shuffled, flagged."""
    assert of(better) > of(worse)


def share(
    of: Callable[[AlignedSummary, AlignedSentence], float], article: str, summary: str
) -> float:
    """Return one share of the support of a summary of one sentence."""
    view = beside(index(article), summary)
    return of(view, view.sentences[0])


def test_pairs_up_to_three_apart() -> None:
    """Of the six pairs of four words the three with the new word are not in the article."""
    assert share(_together, "Anna sold old cars.", "Anna sold cheap cars.") == pytest.approx(3 / 6)


def test_rare_words_tell_more() -> None:
    """Each pair weighs log(1 + 3 sentences / occurrences) of its words; only the first is there."""
    article = "Anna left. Peter praised Rome, Oslo, Riga and Bern. Cars left."
    once, twice = log(1 + 3 / 1), log(1 + 3 / 2)
    expected = (once + twice) / ((once + twice) + (once + once) + (twice + once))
    assert share(_together, article, "Anna left cars.") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("article", "summary", "expected"),
    [
        ("Maria Lopez left home early that day. She praised it.", "Lopez praised.", 0.5),
        ("They praised her at last that long day. Maria Lopez left.", "Praised Lopez.", 0.5),
        ("They left home early that long day. Maria Lopez praised it.", "Lopez praised.", 1.0),
        ("Maria Lopez left home early that day. Peter praised it.", "Lopez praised.", 0.0),
    ],
    ids=["she", "her", "named", "another"],
)
def test_a_pronoun_counts_half_for_a_name(article: str, summary: str, expected: float) -> None:
    """A name beside a word that the article says of "she" is worth half of one that it names."""
    assert share(_together, article, summary) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("summary", "breaks"),
    [
        ("The cat slept in Rome.", 0),
        ("The cat slept in Bonn.", 1),
        ("Anna sold cars.", 0),
        ("Anna sold cars wrote books.", 0),
        ("Anna sold cars wrote books fed horses.", 1),
    ],
    ids=["copied", "phrase torn", "copied too", "one jump", "two jumps"],
)
def test_breaks(summary: str, breaks: int) -> None:
    """Going on elsewhere after a function word is a break, and so is every jump but the first."""
    article = (
        "The cat slept in Rome. The dog ran to Bonn. "
        "Anna sold cars. Peter wrote books. I fed horses."
    )
    assert share(_breaks, article, summary) == breaks


def test_what_reading_costs() -> None:
    """Of 7.5 for five new words (0.25, 2, 2, 0.25, 3) a jump costs 1.8 and the torn phrase 1."""
    article = "The cat slept in Rome. The dog ran to Bonn."
    assert share(_read, article, "The cat slept in Bonn.") == pytest.approx(1 - 2.8 / 7.5)


def test_reading_never_costs_more_than_all() -> None:
    """Four jumps (7.2) out of torn phrases (4), three more than one (3), exceed the words' 11."""
    article = (
        "Dogs of Rome sleep all night long. Mud of tin dries when noon comes. Rain of ash falls."
    )
    assert share(_read, article, "Dogs of mud of rain of dogs of mud.") == 0.0


def test_copied_out_of_a_loop() -> None:
    """What was read in one piece is together, however often its words stand apart elsewhere."""
    loop = "alpha one two three four five six beta seven eight nine ten eleven twelve " * 150
    assert share(_together, loop + "gamma alpha beta.", "gamma alpha beta.") == 1.0
