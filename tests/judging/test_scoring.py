from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from harness.chat import Answer, Ask, Silence
from harness.judging.asking import How
from harness.judging.cases import MISREAD, PLAIN, Wanted
from harness.judging.cutting import CUT
from harness.judging.scoring import columns, scores
from harness.records import Article, Item, Scores
from tests.judging.scripted import Reply, Scripted, Small, said

TEXT = "The mill burned on Monday. Nobody was hurt. The owner wept."
ARTICLE = Article("mill", TEXT)
PLAIN_HOW = How(probabilities=False)

YES = 'Evidence: "Nobody was hurt."\nVerdict: supported'
NO = 'Evidence: "The mill burned on Monday."\nVerdict: contradicted'
ABSENT = "Evidence: none\nVerdict: not in the article"
INVENTED = 'Evidence: "All were saved."\nVerdict: supported'


def asked_of(ask: Ask) -> str:
    """Return what a question is about: a dimension, or the sentence."""
    text = said(ask)
    if "Rate the " in text:
        return text.split("Rate the ")[1].split(" ")[0]
    return text.split("One sentence of the summary:\n")[1].split("\n")[1]


def judge(replies: Mapping[str, Reply]) -> Scripted:
    """Return a judge that answers by what it is asked of."""
    return Scripted(lambda ask: replies[asked_of(ask)])


def judged(
    chat: Scripted, *summaries: str, wanted: Wanted = "claims", how: How = PLAIN_HOW
) -> Scores:
    """Return the scores of summaries of the article."""
    return scores(chat, [Item(ARTICLE, s, ()) for s in summaries], wanted, how)


REPLIES = {"One fell.": YES, "Two rose.": NO, "Six left.": ABSENT, "All lived.": INVENTED}


def test_every_sentence_is_asked_about_and_counted() -> None:
    """Of four sentences two are supported, one by a quote that the article does not have."""
    found = judged(judge(REPLIES), " ".join(REPLIES), "One fell.").values
    assert {name: values.tolist() for name, values in found.items()} == {
        "supported": [0.5, 1.0],
        "contradicted": [0.25, 0.0],
        "unmentioned": [0.25, 0.0],
        "all-supported": [0.0, 1.0],
        "misquoted": [0.25, 0.0],
    }


def test_the_details_show_verdict_and_quote() -> None:
    """A report can show the sentence, the verdict, and the article's own words."""
    summary = "One fell. All lived."
    [details] = judged(judge(REPLIES), summary).details or []
    assert isinstance(details, dict)
    first, second = details["sentences"]
    assert summary[second["start"] : second["end"]] == "All lived."
    assert TEXT[slice(*first["found"])] == "Nobody was hurt"
    assert (second["verdict"], second["quote"]) == ("supported", "All were saved.")
    assert second["found"] is None


RATED: dict[str, Reply] = {
    "coherence": "4",
    "consistency": "5",
    "fluency": "Rating: 3",
    "relevance": "1",
}


def test_the_four_dimensions_are_rated() -> None:
    """Each has its own question, and its column the number said."""
    found = judged(judge(RATED), "One fell.", wanted="ratings").values
    assert {n: v.tolist() for n, v in found.items()} == {
        "coherence": [4.0],
        "consistency": [5.0],
        "fluency": [3.0],
        "relevance": [1.0],
    }


def test_both_are_asked_in_one_go() -> None:
    """All questions about all summaries of a batch are out at once, so that a server is busy."""
    chat = judge(RATED | REPLIES)
    found = judged(chat, "One fell. Two rose.", "Six left.", wanted="both").values
    assert (chat.calls, len(chat.asked)) == (1, 2 + 4 + 1 + 4)
    assert list(found) == [c.name for c in columns("both", 1)]
    assert found["relevance"].tolist() == [1.0, 1.0]


def test_probabilities_are_asked_for_and_weighed() -> None:
    """By hand: half 4, half 5."""
    told = Answer("4", alternatives=({"4": 0.4, "5": 0.4},))
    chat = judge(dict.fromkeys(RATED, told))
    found = judged(chat, "One fell.", wanted="ratings", how=How())
    assert found.values["fluency"].tolist() == [4.5]
    assert found.warnings == {}
    assert {ask.alternatives for ask in chat.asked} == {20}


def test_missing_probabilities_are_a_warning() -> None:
    """A table does not mix expected ratings with numbers said without saying so."""
    found = judged(judge(RATED), "One fell.", wanted="ratings", how=How())
    assert found.warnings == {0: PLAIN}
    assert judged(judge(RATED), "One fell.", wanted="ratings").warnings == {}


UNREADABLE: list[Any] = [
    pytest.param("I cannot.", "no verdict in the judge's answer: 'I cannot.'", id="prose"),
    pytest.param(Silence("a timeout"), "no answer of the judge: a timeout", id="silence"),
    pytest.param("", "no verdict in the judge's answer: ''", id="nothing"),
    pytest.param("<think>Verdict: supported", "no verdict in the judge's answer: ''", id="thought"),
]


@pytest.mark.parametrize(("reply", "reason"), UNREADABLE)
def test_a_summary_with_an_unreadable_answer_is_unscored(reply: Reply, reason: str) -> None:
    """One sentence that nobody judged leaves no share to tell; other summaries keep theirs."""
    chat = judge(REPLIES | {"Two rose.": reply})
    found = judged(chat, "One fell. Two rose.", "One fell.")
    assert found.unscored == {0: reason}
    assert found.values["supported"][1] == 1.0
    [details, _] = found.details or []
    assert isinstance(details, dict)
    assert details["sentences"][1] == {
        "start": 10,
        "end": 19,
        "said": [None],
        "verdict": None,
        "reason": reason,
    }


def test_thoughts_are_no_answer() -> None:
    """What a model reasons before it answers is not read."""
    chat = judge({"One fell.": f"<think>Verdict: contradicted</think>\n{YES}"})
    assert judged(chat, "One fell.").values["supported"].tolist() == [1.0]


EMPTY = [
    pytest.param("", TEXT, "the summary is empty", id="no-summary"),
    pytest.param(" \n", TEXT, "the summary is empty", id="space"),
    pytest.param("One fell.", " ", "the article is empty", id="no-article"),
]


@pytest.mark.parametrize(("summary", "article", "reason"), EMPTY)
def test_nothing_is_asked_about_nothing(summary: str, article: str, reason: str) -> None:
    """An empty text has its reason, and costs no question."""
    chat = judge(REPLIES)
    found = scores(chat, [Item(Article("a", article), summary, ())], "both", PLAIN_HOW)
    assert found.unscored == {0: reason}
    assert chat.asked == []


def test_an_empty_batch_has_no_scores() -> None:
    """No items have no scores, in every column."""
    found = scores(judge({}), [], "both", PLAIN_HOW)
    assert all(len(values) == 0 for values in found.values.values())


def of_repeats(*replies: str) -> Scripted:
    """Return a judge that gives these answers in turn."""
    turn = iter(replies)
    return Scripted(lambda _: next(turn))


def test_repeats_are_merged_and_their_agreement_told() -> None:
    """Two of three say supported; of the three pairs one agrees."""
    how = How(repeats=3, temperature=1.0, probabilities=False)
    found = judged(of_repeats(YES, NO, YES), "One fell.", how=how)
    assert found.values["supported"].tolist() == [1.0]
    assert found.values["agreement"].tolist() == [pytest.approx(1 / 3)]
    [details] = found.details or []
    assert isinstance(details, dict)
    assert details["sentences"][0]["said"] == ["supported", "contradicted", "supported"]


def test_ratings_of_repeats_are_averaged() -> None:
    """By hand: the mean of 4, 4 and 1 is 3; of twelve pairs four agree."""
    how = How(repeats=3, temperature=1.0, probabilities=False)
    found = judged(of_repeats(*"441" * 4), "One fell.", wanted="ratings", how=how)
    assert found.values["coherence"].tolist() == [3.0]
    assert found.values["agreement"].tolist() == [pytest.approx(4 / 12)]


def test_a_repeat_that_cannot_be_read_is_a_warning() -> None:
    """The others count."""
    how = How(repeats=2, temperature=1.0, probabilities=False)
    found = judged(of_repeats("Hm.", NO), "One fell.", how=how)
    assert found.values["contradicted"].tolist() == [1.0]
    assert found.warnings == {0: MISREAD}
    assert found.values["agreement"].tolist() == [0.0]


def test_every_repeat_has_a_seed_of_its_own() -> None:
    """Seeds differ by repeat and by question, and come from the judge's own seed."""
    how = How(repeats=2, temperature=1.0)
    chats = [of_repeats(*[YES] * 4) for _ in range(3)]
    for chat, seed in zip(chats, (0, 0, 1), strict=True):
        judged(chat, "One fell. Two rose.", how=How(repeats=2, temperature=1.0, seed=seed))
    seeds = [[ask.seed for ask in chat.asked] for chat in chats]
    assert seeds[0] == seeds[1]
    assert len({*seeds[0], *seeds[2]}) == 8
    assert all(0 <= seed < 2**31 for seed in seeds[0])
    assert {ask.temperature for ask in chats[0].asked} == {how.temperature}


def test_a_question_depends_on_its_summary_alone() -> None:
    """Seeds and words of a question are the same in any batch."""
    alone, among = judge(REPLIES), judge(REPLIES)
    judged(alone, "Two rose.")
    judged(among, "One fell. Six left.", "Two rose.", "All lived.")
    assert alone.asked[0] in among.asked


def test_a_long_article_is_cut_and_warned_of() -> None:
    """The judge sees whole sentences only, as many as fit with the longest question."""
    small = Small(lambda _: NO, room=1900)
    article = Article("a", TEXT + " It rained." * 200)
    found = scores(small, [Item(article, "One fell.", ())], "claims", PLAIN_HOW)
    assert found.warnings == {0: CUT}
    [ask] = small.asked
    assert len(said(ask)) <= 1900
    assert "The owner wept. It rained." in said(ask)
    assert found.values["misquoted"].tolist() == [0.0]


def test_columns_keep_their_ranges_whatever_is_answered() -> None:
    """Every number lies in its column's range, for a judge that answers at random."""
    rng = np.random.default_rng(1)
    replies: list[Reply] = [YES, NO, ABSENT, INVENTED, "1", "5", "Hm.", Silence("no")]
    how = How(repeats=2, temperature=1.0)
    chat = Scripted(lambda _: replies[rng.integers(len(replies))])
    found = judged(chat, *["One fell. Two rose."] * 40, wanted="both", how=how)
    kept = [i for i in range(40) if i not in found.unscored]
    assert 0 < len(kept) < 40
    for column in columns("both", 2):
        values = found.values[column.name][kept]
        assert (values >= (column.low or 0)).all()
        assert (values <= (column.high or 0)).all()
