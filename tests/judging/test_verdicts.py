import pytest

from harness.chat import Answer
from harness.judging.verdicts import Ruling, Unread, read

ARTICLE = "The mill burned on Monday. Nobody was hurt."
GOOD = 'Evidence: "Nobody was hurt."\nVerdict: supported'

ANSWERS = [
    pytest.param(GOOD, "supported", "Nobody was hurt.", id="as-asked"),
    pytest.param(
        "**Evidence:** “Nobody was hurt.”\n\n**Verdict:** Supported.",
        "supported",
        "Nobody was hurt.",
        id="with-stars",
    ),
    pytest.param(
        "Evidence: none\nVerdict: not in the article", "not in the article", None, id="no"
    ),
    pytest.param(
        "- verdict - CONTRADICTED\n- evidence: Nobody was hurt",
        "contradicted",
        "Nobody was hurt",
        id="the-other-way-round",
    ),
    pytest.param("Verdict: supported", "supported", None, id="no-evidence"),
    pytest.param(
        'I read it twice.\nEvidence: "The mill burned\non Monday."\nVerdict: supported\n',
        "supported",
        "The mill burned\non Monday.",
        id="words-around-it",
    ),
    pytest.param(
        '1. Evidence: "Nobody was hurt."\n2. Verdict: supported',
        "supported",
        "Nobody was hurt.",
        id="numbered",
    ),
    pytest.param(
        '{\n  "evidence": "Nobody was hurt.",\n  "verdict": "supported"\n}',
        "supported",
        "Nobody was hurt.",
        id="json",
    ),
    pytest.param(
        "Evidence：“Nobody was hurt.”\nVerdict：supported",  # noqa: RUF001 - as Chinese is written
        "supported",
        "Nobody was hurt.",
        id="wide-colons",
    ),
    pytest.param(
        'Evidence: "Nobody was hurt."\r\nVerdict: supported\r\n',
        "supported",
        "Nobody was hurt.",
        id="lines-of-windows",
    ),
    *(
        pytest.param(f"Evidence: {no}\nVerdict: not in the article", "not in the article", None)
        for no in ("(none)", "[None]", '"none".', "*none*", "-")
    ),
    pytest.param(f"{GOOD}\n{GOOD}", "supported", "Nobody was hurt.", id="said-twice"),
]


@pytest.mark.parametrize(("text", "verdict", "quote"), ANSWERS)
def test_an_answer_is_read(text: str, verdict: str, quote: str | None) -> None:
    """The verdict stands on a line of its own, and the quote is taken out of its marks."""
    ruling = read(Answer(text), ARTICLE)
    assert isinstance(ruling, Ruling)
    assert (ruling.verdict, ruling.quote and ruling.quote.rstrip("”\n")) == (verdict, quote)


def test_a_quote_is_looked_up() -> None:
    """Where it stands in the article is told, and None where it does not."""
    there = read(Answer(GOOD), ARTICLE)
    invented = read(Answer('Evidence: "All were saved."\nVerdict: supported'), ARTICLE)
    assert isinstance(there, Ruling)
    assert isinstance(invented, Ruling)
    assert there.found is not None
    assert ARTICLE[slice(*there.found)] == "Nobody was hurt"
    assert (invented.quote, invented.found) == ("All were saved.", None)


UNREAD = [
    pytest.param("", "no verdict in the judge's answer: ''", id="nothing"),
    pytest.param("I cannot say.", "no verdict in the judge's answer: 'I cannot say.'", id="prose"),
    pytest.param("It is supported.", "no verdict", id="the-word-alone"),
    pytest.param("Verdict: not supported", "no verdict", id="another-verdict"),
    pytest.param("Verdict: unsupported", "no verdict", id="its-opposite"),
    pytest.param("1 Verdict: supported", "no verdict", id="a-number-alone"),
    pytest.param("Verdict: supported, contradicted or not in the article", "no verdict", id="echo"),
    pytest.param("Verdict: supported\nVerdict: contradicted", "more than one verdict", id="two"),
    pytest.param(
        "word " * 30,
        "no verdict in the judge's answer: 'word word word word word word word word …'",
        id="long",
    ),
]


@pytest.mark.parametrize(("text", "reason"), UNREAD)
def test_anything_else_is_unread_with_its_first_words(text: str, reason: str) -> None:
    """An answer without one clear verdict is never taken for one."""
    found = read(Answer(text), ARTICLE)
    assert isinstance(found, Unread)
    assert found.reason.startswith(reason)


def test_an_answer_that_was_cut_says_so() -> None:
    """A limit that ended it is part of the reason."""
    found = read(Answer("Evidence: “The mill", cut=True), ARTICLE)
    assert isinstance(found, Unread)
    assert "answer, cut at max_tokens: 'Evidence" in found.reason


def test_the_probability_is_that_of_the_verdict_s_own_token() -> None:
    """A verdict word inside the quote says nothing."""
    told = [
        {"Evidence: supported by two beams\n": 1.0},
        {"Verdict:": 1.0},
        {" supported": 0.6, " contradicted": 0.15, " not": 0.05, " I": 0.2},
    ]
    text = "Evidence: supported by two beams\nVerdict: supported"
    found = read(Answer(text, alternatives=tuple(told)), "It is supported by two beams.")
    assert isinstance(found, Ruling)
    assert found.probability == pytest.approx(0.6 / 0.8)
    assert found.found is not None


def test_a_contradiction_has_the_probability_of_being_supported_too() -> None:
    """It is the same number whatever the verdict, so that it can be ranked by."""
    answer = Answer("Verdict: contradicted", alternatives=({"Verdict:": 1.0}, OPTIONS))
    found = read(answer, ARTICLE)
    assert isinstance(found, Ruling)
    assert found.probability == pytest.approx(0.2)


OPTIONS = {" contradicted": 0.8, " supported": 0.2}
