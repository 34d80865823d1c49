import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.facts import check, checks, confidence, index
from harness.facts.claims import Findings
from tests.facts.conftest import ARTICLE

WILD = {
    "empty": "",
    "space": " \n\t ",
    "one word": "Bridge",
    "no sentence end": "the bridge closed on monday and nobody came",
    "only numbers": "1 2,000 3.5% $4 5th 6-7",
    "control characters": "The\x00 bridge\x1b[31m clo\x7fsed \u202eon\u202c Monday.",
    "lone marks": "“” \"\" '' `` ... — - : ; ()",
    "chinese": "桥梁于周一关闭。工程师发现裂缝。",
    "arabic": "أغلق الجسر يوم الاثنين.",
    "surrogate-free emoji": "🏗️ closed 🎉🎉",
    "digits of other scripts": "\u0663\u0664 \u096b\u096c \uff17\uff18 \u00b2",
    "one long word": "a" * 5000,
}


@pytest.mark.parametrize("article", WILD.values(), ids=WILD)
@pytest.mark.parametrize("summary", WILD.values(), ids=WILD)
def test_any_text_is_answered(article: str, summary: str) -> None:
    """Whatever the texts are, there are findings with offsets inside them."""
    assert_sound(article, summary, check(index(article), summary, quiet=True))


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300), st.text(max_size=200))
def test_random_text_is_answered(article: str, summary: str) -> None:
    """Random characters are answered as soundly as prose."""
    assert_sound(article, summary, check(index(article), summary, quiet=True))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(ARTICLE.split()), max_size=60))
def test_shuffled_prose_is_answered(words: list[str]) -> None:
    """Words of the article in any order are answered soundly too."""
    assert_sound(ARTICLE, " ".join(words), check(index(ARTICLE), " ".join(words), quiet=True))


def assert_sound(article: str, summary: str, findings: Findings) -> None:
    """Assert that claims, evidence and support are what they say they are."""
    for claim in findings.claims:
        assert summary[claim.start : claim.end] == claim.text != ""
        assert claim.type in checks()[claim.check].types
        for part in (claim.found, claim.evidence):
            assert part is None or article[part.start : part.end] == part.text
    assert all(0.0 <= sentence.support <= 1.0 for sentence in findings.sentences)
    assert 0.0 <= findings.support <= 1.0


def test_verdict_does_not_depend_on_what_came_before() -> None:
    """The same summary gets the same findings, before others, after them, and with a new index."""
    summaries = [
        "Maria Lopez warned of LA and Los Angeles.",
        "Profits in LA rose 14 percent in May.",
        "The council of Los Angeles did not vote.",
    ]
    article = index(ARTICLE + "The LA office was closed.")
    forth = [check(article, summary) for summary in summaries]
    back = [check(article, summary) for summary in reversed(summaries)]
    fresh = [check(index(article.text), summary) for summary in summaries]
    assert forth == back[::-1] == fresh


def test_own_sentences_are_borne_out() -> None:
    """Each sentence of the article, given back, has no flag and full support."""
    article = index(ARTICLE)
    for number in range(len(article.sentences)):
        start, end = article.sentence(number)
        findings = check(article, ARTICLE[start:end])
        assert (findings.flagged, findings.support) == ([], 1.0)


def test_words_of_the_article_in_their_order_are_never_flagged() -> None:
    """A "not" at the end, far from what it denies, is borne out by the same words there."""
    text = "Those able to recite verses were parted from those who were not."
    assert check(index(text), text).flagged == []


def test_summary_of_another_article_is_flagged() -> None:
    """The control: claims about other people and numbers are found against the wrong article."""
    other = index("The zoo has a new lion. Its keeper is called Emma Brown.")
    assert check(other, "Maria Lopez said costs may rise to $4.5 million by 2027.").flagged


def test_longer_summary_than_article() -> None:
    """A summary longer than its article is checked like any other."""
    findings = check(index("Smith won."), ARTICLE)
    assert {"out_of_article"} <= {claim.check for claim in findings.flagged}


def test_unflagged_claims_are_listed() -> None:
    """What is borne out stands among the claims too, without a tier."""
    claims = check(index(ARTICLE), "Maria Lopez was delighted on Tuesday.").claims
    assert [(c.text, c.tier) for c in claims] == [("Maria Lopez", None), ("Tuesday", None)]


def test_evidence_is_the_sentence_it_was_read_from() -> None:
    """A flag carries the article's words and the sentence that holds them."""
    (claim,) = check(index(ARTICLE), "The council voted on Monday.").flagged
    assert claim.found is not None
    assert claim.evidence is not None
    assert claim.found.text == "Tuesday"
    assert claim.evidence.text.startswith("The town council voted on Tuesday")


def test_other_languages_switch_checks_off() -> None:
    """A German article is told apart, and the checks that need English say that they were off."""
    german = index(
        "Der Stadtrat hat am Dienstag nach langer Debatte beschlossen, die alte Bibliothek zu "
        "schließen. Die Bürgermeisterin Maria Lopez zeigte sich erfreut über diesen Plan."
    )
    findings = check(german, "Der Stadtrat hat nicht beschlossen, die neue Bibliothek zu öffnen.")
    assert any("not English" in note and "negation_added" in note for note in findings.notes)
    assert not {"negation_added", "antonyms"} & {claim.check for claim in findings.claims}


def test_small_letters_switch_names_off() -> None:
    """A summary without capitals has no names to check, and the notes say so."""
    findings = check(index(ARTICLE), "peter brown led the council that voted to close the library")
    assert any("names" in note for note in findings.notes)
    assert findings.flagged == []


def test_quiet_check_speaks_only_when_asked() -> None:
    """New words are listed in tier C on request, and are never counted as flags."""
    article, summary = index(ARTICLE), "The council shut the dusty library."
    assert all(claim.tier is None for claim in check(article, summary).claims)
    loud = check(article, summary, quiet=True)
    assert [claim.text for claim in loud.claims if claim.tier == "C"] == ["shut", "dusty"]
    assert loud.flagged == []


def test_checks_are_found_by_their_files() -> None:
    """Every file of the folder is a check, by its own name; none is listed elsewhere."""
    folder = Path(sys.modules["harness.facts.checks"].__path__[0])
    files = {path.stem for path in folder.glob("*.py") if path.stem[0] != "_"}
    assert set(checks()) == files
    tests = Path(__file__).parent
    assert all((tests / f"test_{name}.py").exists() for name in files)


def test_confidence_is_the_measured_precision() -> None:
    """A flag's confidence comes with how many flags it was measured on; unflagged has none."""
    flag, *_ = check(index(ARTICLE), "The council did not vote to close the library.").flagged
    measured = confidence(flag)
    assert measured is not None
    assert 0.5 < measured.precision <= 1.0
    assert measured.n > 0
    calm, *_ = check(index(ARTICLE), "Maria Lopez was delighted.").claims
    assert confidence(calm) is None


@pytest.mark.skipif("HARNESS_DATA" not in os.environ, reason="HARNESS_DATA is not set")
def test_real_pages_are_answered() -> None:
    """Saved pages with all their furniture are answered."""
    for page in sorted((Path(os.environ["HARNESS_DATA"]) / "pages").glob("*.txt")):
        text = page.read_text(encoding="utf-8")
        assert_sound(text, text[:600], check(index(text), text[:600]))


def test_a_summary_without_a_name_has_capitals_all_the_same() -> None:
    """Where sentences begin with capitals and hold no name, no check is off for want of them."""
    article = index("The mill burned on Monday. Ada Hill, who owns it, was in Marrow. Nobody died.")
    assert check(article, "The mill burned. Nobody died.").notes == ()
    assert "capitals" in check(article, "the mill burned. nobody died.").notes[0]
