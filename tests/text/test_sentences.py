# ruff: noqa: RUF001  # quotation marks and stops of other scripts are the subject here
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.sentences import SPLITTER, sentences, spans

ITEMS = Path(__file__).parent / "sentences.jsonl"
MARK = "¦"

# Each rule where it ends a sentence and where it must stay quiet; ¦ marks the beginnings.
RULES = {
    "plain": "Rain fell. ¦Nobody minded.",
    "one sentence": "Rain fell on the plain",
    "small letter goes on": "He asked why? and got no answer.",
    "name with a small first letter": "Prices fell. ¦iPods did not.",
    "number opens": "It was over. ¦12 people stayed.",
    "joining dash": "They won! – and how.",
    "title before a name": "He met Mrs. Wu and Lt. Gov. Bo Reed.",
    "title in small letters": "She is a sales rep. ¦Her mother is one too.",
    "title inside a quotation": 'He is "Dr." Wu to them.',
    "abbreviation inside a phrase": "Ann v. The State began with i.e. Ms Orr.",
    "number sign before a number": "Take No. 9. ¦It is late.",
    "number sign without one": "Will he go? ¦No. ¦He will stay.",
    "month before a day": "It is due on Oct. 4 at noon.",
    "month before another word": "It is due in Oct. ¦Wait for it.",
    "weekday before a month": "Due on Fri. July 3 at noon.",
    "clock": "It ended at 4 p.m. ¦Rain came at 5 p.m. Tuesday.",
    "clock in a named zone": "It ended at 4 p.m. Central Time on Monday.",
    "clock that opens the sentence": "At 4 p.m. Moss rang the bell.",
    "company goes on": "Orrin Corp. Chairman Bo Reed left.",
    "company ends": "He sold Orrin Corp. ¦The price was low.",
    "state goes on": "Tex. Gov. Bo Reed left.",
    "state after a place": "He lives in Waco, Tex. ¦Neighbours like him.",
    "state before a bracket": "WACO, Tex. (AP) — Rain fell.",
    "state in small letters": "It was a near miss. ¦Pilots complained.",
    "zone in capitals": "Come at noon EST. ¦Lunch is served.",
    "clock broken by a space": "It ended at 5 a. M. Sunday.",
    "country goes on": "The U.S. Senate voted.",
    "country ends": "He left the U.S. ¦He was tired.",
    "initials": "A. B. Reed met C.D. Orr and Bo E. Wu.",
    "label": "France won Group F. ¦Ghana came last.",
    "pronoun": "She is taller than I. ¦Bo is not.",
    "unit": "The wall is 3 m. ¦Bo built it.",
    "list on one line": "1. Stir. ¦2. Wait.",
    "number at the end": "Bo came in 2. ¦Ann won.",
    "number broken by a space": "It cost 3. 5 million in all.",
    "address": "See www.example.org. ¦Or call us.",
    "ellipsis as a pause": "And it was... Bo.",
    "ellipsis before an opening word": "He waited... ¦Then he left.",
    "ellipsis of spaced stops": "He waited, . . . Bo said.",
    "stop and ellipsis": "He came in 2006. . . ¦Bo left.",
    "ellipsis before a quotation": "He waited… ¦“Bo!”",
    "ellipsis and the speaker": "“He was…” Bo Reed said.",
    "ellipsis closing a quotation": "“He was…” ¦Bo wept.",
    "question and its speaker": '"Why?" Bo Reed asked. ¦"Why not?" said Ann.',
    "question and what came of it": '"Why?" ¦Nobody knew.',
    "question with a small speaker": "“Why?” he asked.",
    "brand": "Yahoo! Chairman Bo Reed left Yahoo! ¦He was tired.",
    "sentences inside a quotation": '"I left. ¦I ran," he said. ¦"I fell."',
    "quotation closes": 'He said "no." ¦Ann agreed.',
    "bracket within": "Bo (who?) Reed left.",
    "bracket around": "(Bo left.) ¦Reed stayed.",
    "guillemets after a space": "« Il part. » ¦Elle reste.",
    "Chinese": "雨停了。¦他走了！¦真的？",
    "Chinese full stop before a comma": "“走！”，他说。",
    "Japanese quotation goes on": "「行く？」と聞いた。¦答えはない。",
    "Hindi": "वह गया। ¦मैं रुका।",
    "tokenised": "Bo left . ¦ann stayed .",
    "tokenised quotation closes": "' It was late . ' ¦Bo left .",
    "tokenised quotation closes a line": "' It was late . ¦Bo left . '\n¦Ann stayed .",
    "tokenised quotation opens": "' No , ' he said . ¦' It was late . '",
    "tokenised and glued": "bo left , then ran .¦ann stayed .",
    "stop before a name that begins with one": "He writes .NET code, it pays.",
    "slip": "Bo left.¦Ann stayed.",
    "no slip in a name": "Mr.Bo read Node.Js by W.He.",
    "no capitals": "bo left the u.s. on friday. ¦ann stayed until 4 p.m. on monday.",
    "lines": "Bo leaves\n¦Ann stays\r\n\r\n¦Mr.\n¦Reed",
    "mark alone": "! Bo left.",
}


def marked(text: str) -> list[str]:
    """Return the sentences marked in a text."""
    return [part.strip() for part in text.split(MARK)]


def items(half: int) -> list[str]:
    """Return every other marked text, from line 0 or from line 1."""
    lines = ITEMS.read_text("utf-8").splitlines()
    return [json.loads(line)["marked"] for line in lines[half::2]]


def right(texts: list[str]) -> int:
    """Return how many texts come out exactly as marked."""
    return sum(sentences(text.replace(MARK, "")) == marked(text) for text in texts)


@pytest.mark.parametrize("text", RULES.values(), ids=RULES.keys())
def test_a_rule_ends_a_sentence_where_it_should_and_nowhere_else(text: str) -> None:
    """Each rule splits at its marks and at no other place."""
    assert sentences(text.replace(MARK, "")) == marked(text)


@pytest.mark.parametrize(
    ("half", "expected"),
    [
        # 318 items written before the rules: the even ones were for tuning,
        pytest.param(0, 159, id="tuned on"),
        # the odd ones were first run when the rules were final, on 2026-11-23: 156 of 159.
        pytest.param(1, 156, id="kept aside"),
    ],
)
def test_marked_items_come_out_as_often_as_recorded(half: int, expected: int) -> None:
    """Both halves of the marked items score what docs/sentences.md says."""
    assert right(items(half)) == expected


def test_the_version_stands_for_these_very_sentences() -> None:
    """A change in any item's sentences needs a new SPLITTER, since signatures carry it."""
    found = [sentences(text.replace(MARK, "")) for half in (0, 1) for text in items(half)]
    digest = hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16]
    assert {SPLITTER: digest} == {"own-1": "b6e437eb2a470244"}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028 \t"], ids=ascii)
def test_a_text_of_white_space_has_no_sentences(text: str) -> None:
    """Nothing comes of nothing."""
    assert spans(text) == []


@pytest.mark.parametrize("text", [".", "...", "?!", "“", "a", ". . ."], ids=ascii)
def test_the_least_texts_are_one_sentence(text: str) -> None:
    """A text that is not blank has a sentence, though it be a mark."""
    assert sentences(f" {text}\n") == [text]


def test_spans_index_the_text_as_given() -> None:
    """Spans count from the text's own beginning and leave white space out."""
    assert spans("  Bo left.  \n\n Ann stayed \n") == [(2, 10), (15, 25)]


PIECES = [
    *"aAbU1 .?!…\"'”«»)(,–。」と\n",
    " ",
    ". ",
    " . ",
    "' ",
    "Mr.",
    "p.m.",
    "Inc.",
    "No.",
    "Bo said",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_spans_cover_the_text_in_order_and_once(text: str) -> None:
    """Spans are trimmed, in order and apart, and leave out white space alone."""
    found = spans(text)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges)
    assert all(part and part == part.strip() for part in sentences(text))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_each_line_is_split_by_itself(first: str, second: str) -> None:
    """A line end always ends a sentence, and no line bears on another but by case and spacing."""
    lines = [f"Bo , {first}", f"Bo , {second}"]  # both in mixed case, both a tokeniser's
    assert sentences("\n".join(lines)) == sentences(lines[0]) + sentences(lines[1])


@given(TEXTS)
def test_white_space_around_a_text_changes_nothing(text: str) -> None:
    """A text's sentences are those of the text without white space at its ends."""
    assert sentences(f"\n {text} \t") == sentences(text)


@pytest.mark.parametrize(
    "piece",
    [".", '"', "A. ", "A.", ". . ", '? " ', "At 5 a.m. EST ", "( x.) S ", "。」と", " \n", ' . " '],
    ids=ascii,
)
def test_bad_texts_end_in_linear_time(piece: str) -> None:
    """200,000 characters of one piece come back: at the square of that this would never end.

    `python -m bench.sentences` prints how the time grows: twofold for twice the text.
    """
    text = piece * (200_000 // len(piece))
    covered = sum(len("".join(text[start:stop].split())) for start, stop in spans(text))
    assert covered == len("".join(text.split()))
