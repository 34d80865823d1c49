from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from harness.errors import SummariserError
from harness.models.families import family_of
from harness.models.folder import read
from harness.models.generation import Writer, Written
from harness.models.loading import load
from harness.models.settings import resolve
from harness.models.translating import Translator
from harness.models.writing import PROBE, Writing
from harness.records import unwritten
from tests.tiny_models import Tiny

pytestmark = pytest.mark.slow

TEXTS = [
    "The council voted to close the old bridge.",
    "Ferries run every twenty minutes.",
    "Repairs take nine months, the mayor said on Tuesday.",
    "The price of a ticket will stay the same.",
]


def _writing(tiny: Tiny, family: str, budget: int = 4096, **asked: Any) -> Writing:
    folder = read(tiny(family))
    kind = family_of(folder.config)
    loaded = load(folder, causal=kind.causal, dtype="float32", device="cpu", pickle=False)
    asked = {"max_tokens": 12, "min_tokens": 2, "beams": 1, **asked}
    settings = resolve(folder, kind, asked, "summarization")
    return Writing.of(loaded, kind, settings, seed=0, budget=budget)


@dataclass(slots=True)
class Unruly:
    """A writer that fails on rows that hold a token, and on batches of more than so many rows."""

    writer: Writer | Translator
    token: int = -1
    rows: int = 99
    error: type[Exception] = RuntimeError

    def __getattr__(self, name: str) -> Any:
        return getattr(self.writer, name)

    def write(self, rows: Sequence[Sequence[int]], seeds: Sequence[int]) -> list[Written]:
        """Write, or fail."""
        if len(rows) > self.rows:
            raise MemoryError
        if any(self.token in row for row in rows):
            msg = "a fault of the model"
            raise self.error(msg)
        return self.writer.write(rows, seeds)


def _unruly(writing: Writing, **how: Any) -> Writing:
    writer: Any = Unruly(writing.writer, **how)
    return Writing(writing.encode, writer, writing.seed, writing.budget)


def _only_in(writing: Writing, place: int) -> int:
    """Return a token of one text that is in no other, nor in the text that a model is tried on."""
    others = [*TEXTS[:place], *TEXTS[place + 1 :], PROBE]
    common = {token for text in others for token in writing.encode(text).tokens}
    return min(set(writing.encode(TEXTS[place]).tokens) - common)


def test_what_was_read_and_written_is_told(tiny: Tiny) -> None:
    """Every summary has its tokens, in and out, and whether anything was cut."""
    writing = _writing(tiny, "bart", input_tokens=20)
    for text, one in zip(TEXTS, writing.summaries(TEXTS), strict=True):
        whole = len(writing.writer.loaded.tokenizer(text)["input_ids"])
        assert one.tokens_in == min(whole, 20)
        assert one.article_cut is (whole > 20)
        assert one.tokens_out is not None
        assert 1 <= one.tokens_out <= 12


@pytest.mark.parametrize("text", ["", "  \n\t"])
def test_an_empty_article_is_not_asked_about(tiny: Tiny, text: str) -> None:
    """It has its reason, and its neighbours have their summaries."""
    writing = _writing(tiny, "bart")
    found = writing.summaries([TEXTS[0], text, TEXTS[1]])
    assert found[1] == unwritten("the article is empty")
    assert [found[0], found[2]] == writing.summaries(TEXTS[:2])
    assert writing.summaries([text]) == [found[1]]


def test_no_articles_are_no_summaries(tiny: Tiny) -> None:
    """An empty batch is nothing to do."""
    assert _writing(tiny, "bart").summaries([]) == []


@pytest.mark.parametrize("budget", [1, 60, 100000])
def test_the_budget_changes_no_summary(tiny: Tiny, budget: int) -> None:
    """One at a time, in small batches or all at once: the same, in the order of the articles."""
    expected = _writing(tiny, "qwen2").summaries(TEXTS)
    assert _writing(tiny, "qwen2", budget).summaries(TEXTS) == expected
    assert _writing(tiny, "qwen2", budget).summaries(TEXTS[::-1]) == expected[::-1]


def test_an_article_that_the_model_fails_on_costs_no_other(tiny: Tiny) -> None:
    """One gets the model's own words as its reason; the rest are what they would have been."""
    writing = _writing(tiny, "bart")
    expected = writing.summaries(TEXTS)
    token = _only_in(writing, 2)
    found = _unruly(writing, token=token).summaries(TEXTS)
    assert found[2].reason is not None
    assert found[2].reason.endswith("tokens: RuntimeError: a fault of the model")
    assert [*found[:2], found[3]] == [*expected[:2], expected[3]]


def test_a_model_that_fails_on_everything_is_an_error(tiny: Tiny) -> None:
    """Where a short text fails too, it is not the article: the candidate stops."""
    writing = _unruly(_writing(tiny, "bart"), token=0)  # every row begins with it
    with pytest.raises(SummariserError, match=r"short text as it does.*RuntimeError: a fault"):
        writing.summaries(TEXTS[:1])


def test_a_batch_that_does_not_fit_is_halved(tiny: Tiny) -> None:
    """Want of memory costs time and no summary."""
    writing = _writing(tiny, "bart")
    assert _unruly(writing, rows=1).summaries(TEXTS) == writing.summaries(TEXTS)


def test_an_article_that_does_not_fit_alone_says_how_long_it_is(tiny: Tiny) -> None:
    """The reason tells a person what to lower."""
    writing = _writing(tiny, "bart")
    token = _only_in(writing, 1)
    found = _unruly(writing, token=token, error=MemoryError).summaries(TEXTS[1:2])
    count = len(writing.encode(TEXTS[1]).tokens)
    assert str(found[0].reason).startswith(f"{count} tokens are more than fit in memory: Memory")


def test_a_text_that_cannot_be_told_in_tokens_has_its_reason(tiny: Tiny) -> None:
    """Half a surrogate pair is no text to a tokenizer; its neighbour is not concerned."""
    writing = _writing(tiny, "bart")
    found = writing.summaries(["The bridge \ud800 closed.", TEXTS[0]])
    assert str(found[0].reason).startswith("the article cannot be told in tokens: ")
    assert found[1] == writing.summaries(TEXTS[:1])[0]


@pytest.mark.parametrize(
    ("tokens", "cut", "reason"),
    [
        pytest.param((), False, "the model wrote nothing", id="an end at once"),
        pytest.param((0, 1, 2), True, "the model wrote nothing within max_tokens", id="only marks"),
    ],
)
def test_nothing_written_is_a_reason(
    tiny: Tiny, tokens: tuple[int, ...], cut: bool, reason: str
) -> None:
    """An empty summary is no summary, but what was read for it is told all the same."""
    writing = _writing(tiny, "bart")
    found = writing._summary(writing.encode(TEXTS[0]), Written(tokens, cut, overflowed=False))
    assert (found.text, found.reason) == (None, reason)
    assert (found.article_cut, found.summary_cut) == (False, cut)


def test_an_overflow_is_a_reason(tiny: Tiny) -> None:
    """What was written after a NaN is not shown as the model's."""
    writing = _writing(tiny, "bart")
    found = writing._summary(writing.encode(TEXTS[0]), Written((50, 60), False, overflowed=True))
    assert str(found.reason).startswith("the model's numbers overflowed (NaN)")


def test_pegasus_line_breaks_become_lines(tiny: Tiny) -> None:
    """PEGASUS writes <n> between sentences, which no reader and no splitter knows."""
    writing = _writing(tiny, "pegasus")
    tokenizer = writing.writer.loaded.tokenizer
    tokens = tokenizer("A bridge closed. <n> It is old.", add_special_tokens=False)["input_ids"]
    mark = tokenizer.convert_tokens_to_ids("<n>")
    assert mark in tokens
    assert writing._text(Written(tuple(tokens), False, overflowed=False)) == (
        "A bridge closed.\nIt is old."
    )


def test_a_tokenizer_that_cannot_write_a_chat_is_told_once(tiny: Tiny) -> None:
    """A template that does not parse is the model's fault, not each article's."""
    writing = _writing(tiny, "qwen2")
    loaded = writing.writer.loaded
    loaded.tokenizer.chat_template = {"rag": "{{ messages }}"}
    with pytest.raises(SummariserError, match=r"tokenizer or generation settings make no sense"):
        Writing.of(loaded, writing.writer.family, writing.writer.settings, 0, 64)
    loaded.tokenizer.chat_template = "{% raise %}"
    broken = Writing.of(loaded, writing.writer.family, writing.writer.settings, 0, 64)
    with pytest.raises(SummariserError, match=r"fails on a short text as it does"):
        broken.summaries(TEXTS)
