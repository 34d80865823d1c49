from collections.abc import Sequence

import pytest

from harness.errors import UsageError
from harness.records import Article
from harness.summarisers.lead import Lead
from harness.text.sentences import SPLITTER


def test_the_first_sentences_are_kept_one_a_line(articles: Sequence[Article]) -> None:
    """A lead of two is the article's first two sentences, in its own words."""
    assert [s.text for s in Lead(2).summarise(articles)] == [
        "The bridge closed on Monday.\nEngineers had found a crack.",
        "The harvest was poor.\nRain fell for 3 weeks.",
        "The match was drawn.\nNobody scored.",
    ]


def test_an_article_with_fewer_sentences_is_kept_whole() -> None:
    """Where there are fewer sentences than asked for, all of them are the lead."""
    [summary] = Lead(5).summarise([Article("a", "One here. Two here.")])
    assert summary.text == "One here.\nTwo here."


def test_the_lead_goes_on_over_paragraphs() -> None:
    """A paragraph's end is no end of the lead."""
    [summary] = Lead(2).summarise([Article("a", "One here.\n\nTwo here. Three here.")])
    assert summary.text == "One here.\nTwo here."


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_article_without_a_sentence_gets_a_reason(text: str) -> None:
    """Nothing to lead with is said in words."""
    [summary] = Lead().summarise([Article("a", text)])
    assert summary.reason == "the article has no sentence"


@pytest.mark.parametrize("sentences", [0, -3])
def test_a_lead_of_no_sentence_is_refused(sentences: int) -> None:
    """The refusal names the value and what is allowed."""
    with pytest.raises(UsageError, match=f"sentences={sentences} is not possible.*at least 1"):
        Lead(sentences)


def test_the_signature_names_the_splitter() -> None:
    """Another splitter makes other leads."""
    assert SPLITTER in Lead().signature()
    assert Lead(2).signature() != Lead(3).signature()
