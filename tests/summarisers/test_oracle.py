from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import spec
from harness.errors import UsageError
from harness.records import Article, Summary, unwritten
from harness.rouge import Engine
from harness.summarisers.lead import Lead
from harness.summarisers.oracle import Oracle
from harness.text.sentences import sentences

_WORD = st.sampled_from(["mill", "mills", "rain", "river", "wall", "the", "Über", "雨"])
_SENTENCE = st.lists(_WORD, max_size=5).map(" ".join)
_TEXTS = st.lists(_SENTENCE, max_size=6).map("\n".join)
_REFERENCES = st.lists(_TEXTS, min_size=1, max_size=3).map(tuple)


def _rouge(engine: Engine, references: Sequence[str], lines: Sequence[str]) -> float:
    """Score as the metric does: the joined text, of several references the best for each type."""
    best = engine.best([references], ["\n".join(lines)])
    return float(best["rouge1"].f[0] + best["rouge2"].f[0]) / 2


def _slow(article: Article, engine: Engine, most: int) -> list[str]:
    """Search greedily, scoring every joined text anew."""
    found = sentences(article.text)
    chosen: list[int] = []
    best = 0.0
    while len(chosen) < most:
        trials = [sorted([*chosen, i]) for i in range(len(found)) if i not in chosen]
        scores = [_rouge(engine, article.references, [found[i] for i in t]) for t in trials]
        if not scores or max(scores) <= best:
            break
        best = max(scores)
        chosen = trials[scores.index(best)]
    return [found[i] for i in chosen] or found[:1]


@settings(max_examples=150)
@given(
    text=_TEXTS,
    references=_REFERENCES,
    most=st.none() | st.integers(1, 4),
    stem=st.booleans(),
    unicode=st.booleans(),
)
def test_the_search_is_greedy_under_harness_own_rouge(
    text: str, references: tuple[str, ...], most: int | None, stem: bool, unicode: bool
) -> None:
    """Counts carried along choose the sentences that scoring every joined text would choose."""
    article = Article("a", text, references)
    (summary,) = Oracle(most, stem, "unicode" if unicode else "ascii").summarise([article])
    engine = Engine(stem, "unicode" if unicode else "ascii")
    assert (summary.text or "").split("\n") == (_slow(article, engine, most or 99) or [""])


def test_it_beats_the_lead(articles: tuple[Article, ...]) -> None:
    """On articles with references it scores at least as high as the lead of as many sentences."""
    engine = Engine()
    for article in articles[:2]:
        (oracle,), (lead,) = (part(2).summarise([article]) for part in (Oracle, Lead))
        scores = [_rouge(engine, article.references, [str(s.text)]) for s in (oracle, lead)]
        assert scores[0] >= scores[1]


@pytest.mark.parametrize(
    ("text", "references", "part", "chosen"),
    [
        pytest.param(
            "Rain fell. The mill stood. A boat sank.",
            ("Rain fell and a boat sank.",),
            Oracle(),
            "Rain fell.\nA boat sank.",
            id="grows-and-stops",
        ),
        pytest.param(
            "Rain fell. The mill stood. A boat sank.",
            ("Rain fell and a boat sank.",),
            Oracle(sentences=1),
            "A boat sank.",
            id="no-more-than-asked-for",
        ),
        pytest.param(
            "Mill. Rain! Mill? Rain.", ("Rain.",), Oracle(), "Rain!", id="ties-go-to-the-earlier"
        ),
        # Both "Sank" have the same words; only the one behind "A boat" makes "boat sank" as well.
        pytest.param(
            "Sank. A boat. Sank!",
            ("A boat sank.",),
            Oracle(),
            "A boat.\nSank!",
            id="bigrams-across-borders-count",
        ),
        # "Boat wall" scores (0.8 + 0.67) / 2; with "rain" between the words (1 + 0) / 2.
        pytest.param(
            "Boat\nrain\nwall",
            ("Boat wall rain.",),
            Oracle(),
            "Boat\nwall",
            id="a-bigram-torn-apart-counts-no-more",
        ),
        # Scores (0.57 + 0.40) / 2, with "boat mill" (0.67 + 0.29) / 2: of 4 words, 3 are bigrams.
        pytest.param(
            "Mill\nboat mill\nrain",
            ("Mill rain wall rain mill.",),
            Oracle(),
            "Mill\nrain",
            id="a-bigram-fewer-than-words",
        ),
        # ROUGE-1 is best against the one, ROUGE-2 against the other reference.
        pytest.param(
            "Wall mill. Rain river wall mill boat.",
            ("Mill wall.", "Rain river wall."),
            Oracle(sentences=1),
            "Rain river wall mill boat.",
            id="each-type-by-its-best-reference",
        ),
        pytest.param(
            "Rain fell. The mills stood.", ("Mill.",), Oracle(), "The mills stood.", id="stems"
        ),
        pytest.param(
            "Rain fell. The mills stood.",
            ("Mill.",),
            Oracle(stem=False),
            "Rain fell.",
            id="no-stems",
        ),
        pytest.param("風です。雨です。", ("雨",), Oracle(), "風です。", id="ascii-sees-no-letters"),
        pytest.param(
            "風です。雨です。",
            ("雨",),
            Oracle(tokens="unicode"),
            "雨です。",
            id="unicode-sees-them",
        ),
        pytest.param("Rain. Mill.", ("",), Oracle(), "Rain.", id="empty-reference"),
    ],
)
def test_sentences_are_added_while_rouge_grows(
    text: str, references: tuple[str, ...], part: Oracle, chosen: str
) -> None:
    """The sentence that raises the mean most is added, until none does."""
    (summary,) = part.summarise([Article("a", text, references)])
    assert summary.text == chosen


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        pytest.param(Article("a", "Rain."), "no reference to be an oracle for", id="no-reference"),
        pytest.param(
            Article("a", " ", ("Rain.",)), "the article has no sentence", id="no-sentence"
        ),
    ],
)
def test_without_a_reference_or_a_sentence_nothing_is_written(
    article: Article, reason: str
) -> None:
    """The record says why there is no summary."""
    assert Oracle().summarise([article]) == [unwritten(reason)]


def test_other_articles_change_nothing(articles: tuple[Article, ...]) -> None:
    """A summary is the same whichever articles stand beside it, in whatever order."""
    alone: list[Summary] = [Oracle().summarise([article])[0] for article in articles]
    assert Oracle().summarise(articles) == alone
    assert Oracle().summarise(articles[::-1]) == alone[::-1]


def test_an_empty_summary_is_refused() -> None:
    """A summary has at least one sentence."""
    with pytest.raises(UsageError, match=r"sentences=0 is not possible"):
        Oracle(sentences=0)


def test_an_unknown_tokeniser_is_refused() -> None:
    """The message names the tokenisers there are."""
    with pytest.raises(UsageError, match=r"tokens='bytes'.* 'ascii' or 'unicode'"):
        Oracle(tokens="bytes")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["oracle", "oracle(sentences=3, stem=False, tokens='unicode')"])
def test_a_spec_names_it(text: str) -> None:
    """The part prints as what it was parsed from."""
    assert spec.show(spec.parse("summarisers", text)) == text


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Oracle(), "oracle|sentences:any|of:mean-f1-f2|stem:yes|tokens:ascii|refs:max-f"),
        (Oracle(2, False), "oracle|sentences:2|of:mean-f1-f2|stem:no|tokens:ascii|refs:max-f"),
    ],
)
def test_the_signature_names_every_choice(part: Oracle, expected: str) -> None:
    """Count, the ROUGE that grows, and the splitter all stand in the signature."""
    assert part.signature() == expected + "|splitter:own-1|v:1"
