from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.models.chunking import ROUNDS, in_parts, parts
from harness.models.encoding import Encoded
from harness.records import Summary, unwritten
from harness.text.sentences import sentences

SIX = "One fell. Two rose. Three sank. Four burned. Five stood. Six swam."


def _encode(text: str) -> Encoded:
    """Read ten words at most."""
    words = tuple(range(len(text.split())))
    return Encoded(words[:10], len(words) > 10)


def _firsts(texts: Sequence[str]) -> list[Summary]:
    """Summarise a text as its first two words, of those that are read."""
    return [
        Summary(
            text=" ".join(text.split()[:2]),
            tokens_in=len(_encode(text).tokens),
            tokens_out=2,
            article_cut=_encode(text).cut,
        )
        for text in texts
    ]


def test_an_article_is_parted_where_sentences_end() -> None:
    """As few parts as fit, and about equally long: 6 and 6 words, not 10 and 2."""
    assert parts(SIX, _encode) == [
        "One fell. Two rose. Three sank.",
        "Four burned. Five stood. Six swam.",
    ]


def test_an_article_that_fits_is_one_part() -> None:
    """Nothing is changed about it, white space included."""
    assert parts("  One fell. ", _encode) == ["  One fell. "]


def test_a_sentence_that_is_too_long_is_a_part_by_itself() -> None:
    """It will be cut; the sentences around it will not."""
    long = "Word" + " word" * 13 + " " + "end."
    assert parts(f"One fell. {long} Two rose.", _encode) == ["One fell.", long, "Two rose."]


@given(st.lists(st.integers(1, 14), min_size=1, max_size=12))
def test_no_word_is_lost_and_parts_fit(lengths: list[int]) -> None:
    """Whatever the sentences, their parts joined are all of them, and only one alone is cut."""
    text = " ".join(" ".join(["Mills"] * (n - 1) + ["burned."]) for n in lengths)
    found = parts(text, _encode)
    assert " ".join(found).split() == text.split()
    assert all(not _encode(part).cut or len(sentences(part)) == 1 for part in found)


def test_the_parts_summaries_are_summarised() -> None:
    """Two parts, then the two lines; all that was read is counted, 6 + 6 + 4, nothing was cut."""
    seen: list[Sequence[str]] = []

    def write(texts: Sequence[str]) -> list[Summary]:
        seen.append(texts)
        return _firsts(texts)

    short, long = in_parts(["Ten sang.", SIX], _encode, write)
    assert (short.text, short.tokens_in, short.article_cut) == ("Ten sang.", 2, False)
    assert (long.text, long.tokens_in, long.article_cut) == ("One fell.", 16, False)
    assert long.tokens_out == 2
    assert seen == [["Ten sang.", *parts(SIX, _encode)], ["One fell.\nFour burned."]]


def test_what_no_part_could_hold_is_told_as_cut() -> None:
    """A sentence longer than the model reads loses its end, whatever the long way round."""
    (found,) = in_parts(["Word" + " word" * 13 + " " + "end. One fell."], _encode, _firsts)
    assert found.article_cut is True


def test_summaries_that_do_not_become_shorter_come_to_an_end() -> None:
    """After so many rounds what is left is cut, and said to be."""
    turns: list[int] = []

    def echo(texts: Sequence[str]) -> list[Summary]:
        turns.append(len(texts))
        return [
            Summary(text, tokens_in=len(text.split()), tokens_out=9, article_cut=_encode(text).cut)
            for text in texts
        ]

    (found,) = in_parts([SIX], _encode, echo)
    assert turns == [2] * (ROUNDS - 1) + [1]
    assert found.article_cut is True


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(unwritten("it broke"), "one of its 2 parts: it broke", id="failed"),
        pytest.param(
            Summary(None, "silence", tokens_in=6, tokens_out=0, article_cut=False), None, id="quiet"
        ),
    ],
)
def test_a_part_that_fails_is_told_and_a_silent_one_is_passed_over(
    bad: Summary, reason: str | None
) -> None:
    """A failure is the article's; where a part says nothing, the others speak."""

    def write(texts: Sequence[str]) -> list[Summary]:
        found = zip(texts, _firsts(texts), strict=True)
        return [bad if "Four" in text else one for text, one in found]

    found, other = in_parts([SIX, "One fell."], _encode, write)
    assert found.reason == reason
    assert (found.text is None) is (reason is not None)
    assert other.text == "One fell."


def test_where_all_parts_are_silent_the_article_is() -> None:
    """The reason is the model's silence, with all that was read for it."""

    def write(texts: Sequence[str]) -> list[Summary]:
        return [Summary(None, "silence", tokens_in=6, tokens_out=0, article_cut=False)] * len(texts)

    (found,) = in_parts([SIX], _encode, write)
    assert (found.reason, found.tokens_in) == ("silence", 12)


def test_what_has_no_tokens_is_left_to_who_writes() -> None:
    """An empty article and one that breaks the tokenizer get that one's reasons."""

    def broken(text: str) -> Encoded:
        raise ValueError(text)

    def write(texts: Sequence[str]) -> list[Summary]:
        return [unwritten(f"reason for {text!r}") for text in texts]

    assert in_parts(["", "x"], broken, write) == [
        unwritten("reason for ''"),
        unwritten("reason for 'x'"),
    ]
    assert in_parts([], broken, write) == []
