import pytest

from harness.chat import Answer, Silence
from harness.judging.asking import How
from harness.judging.cutting import CUT
from harness.judging.opinions import opinions
from harness.records import Article, Doubt, Opinion
from tests.judging.scripted import Reply, Scripted, Small, said

TEXT = "The mill burned on Monday. Nobody was hurt. Repairs take six weeks."
SUMMARY = "Repairs take nine weeks. Nobody was hurt."
HOW = How(probabilities=False)


def doubt(words: str = "nine", summary: str = SUMMARY, article: str = TEXT) -> Doubt:
    """Return a doubt about some words of the summary."""
    start = summary.index(words)
    return Doubt(Article("mill", article), summary, start, start + len(words))


ANSWERS = [
    pytest.param(
        'Evidence: "Repairs take six weeks."\nVerdict: contradicted',
        Opinion(False, "contradicted: “Repairs take six weeks.”"),
        id="contradicted",
    ),
    pytest.param(
        "Evidence: none\nVerdict: not in the article",
        Opinion(False, "not in the article, without a quote"),
        id="absent",
    ),
    pytest.param(
        'Evidence: "Nobody was hurt."\nVerdict: supported',
        Opinion(True, "supported: “Nobody was hurt.”"),
        id="supported",
    ),
    pytest.param(
        'Evidence: "It will take nine weeks."\nVerdict: supported',
        Opinion(
            None,
            "no quote of the article: supported: “It will take nine weeks.” "
            "(which is not in the article)",
        ),
        id="supported-by-an-invented-quote",
    ),
    pytest.param(
        "Evidence: none\nVerdict: supported",
        Opinion(None, "no quote of the article: supported, without a quote"),
        id="supported-by-nothing",
    ),
    pytest.param(
        'Evidence: "It takes six."\nVerdict: contradicted',
        Opinion(False, "contradicted: “It takes six.” (which is not in the article)"),
        id="contradicted-by-an-invented-quote",
    ),
    pytest.param("Hm.", Opinion(None, "no verdict in the judge's answer: 'Hm.'"), id="unreadable"),
    pytest.param(
        Silence("a timeout"), Opinion(None, "no answer of the judge: a timeout"), id="silence"
    ),
]


@pytest.mark.parametrize(("reply", "opinion"), ANSWERS)
def test_an_answer_becomes_an_opinion(reply: Reply, opinion: Opinion) -> None:
    """To call a flag wrong takes a quote that stands in the article."""
    assert opinions(Scripted(lambda _: reply), [doubt()], HOW) == [opinion]


def test_the_judge_is_asked_about_the_flagged_words_in_their_sentence() -> None:
    """The question names the words, and the sentence that they stand in."""
    chat = Scripted(lambda _: "Hm.")
    opinions(chat, [doubt("nine"), doubt("weeks. Nobody")], HOW)
    one, across = (said(ask).split("One sentence of the summary:")[1] for ask in chat.asked)
    assert "\nRepairs take nine weeks.\n</" in one
    assert "\nnine\n</" in one
    assert f"\n{SUMMARY}\n</" in across
    assert chat.calls == 1


def test_a_probability_is_passed_on() -> None:
    """It is that of being supported, where the model tells it."""
    told = ({"Verdict:": 1.0}, {" contradicted": 0.75, " supported": 0.25})
    chat = Scripted(lambda _: Answer("Verdict: contradicted", alternatives=told))
    [opinion] = opinions(chat, [doubt()], How())
    assert opinion.probability == pytest.approx(0.25)


def test_most_repeats_decide() -> None:
    """As for sentences of a summary."""
    good = 'Evidence: "Nobody was hurt."\nVerdict: supported'
    replies = iter([good, "Verdict: contradicted", good])
    how = How(repeats=3, temperature=1.0, probabilities=False)
    [opinion] = opinions(Scripted(lambda _: next(replies)), [doubt()], how)
    assert opinion.supported is True


def test_a_cut_article_is_told() -> None:
    """What the judge did not see it cannot call absent."""
    chat = Small(lambda _: "Verdict: contradicted", room=1900)
    [opinion] = opinions(chat, [doubt(article=TEXT + " It rained." * 200)], HOW)
    assert opinion.words == f"contradicted, without a quote ({CUT})"


def test_no_doubt_asks_nothing() -> None:
    """A summary without a flag costs no question."""
    chat = Scripted(lambda _: "Hm.")
    assert opinions(chat, [], HOW) == []
    assert chat.calls == 0
