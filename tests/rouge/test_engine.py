import json
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from harness.errors import InputError, UsageError
from harness.rouge import Engine, engine, prf

TYPES = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
ORACLES = {stem: RougeScorer(TYPES, use_stemmer=stem) for stem in (True, False)}
WORDS = ["the", "run", "running", "runs", "its", "it", "U.S.", "naïve", "İstanbul", "300\u212a"]
WORDS += ["\x00", "\r", "\x85", "\u2028", "👍🏽", "n\u0303"]


def check(stem: bool, references: list[str], candidates: list[str]) -> None:
    """Hold many at once and one at a time against rouge-score, to the last bit."""
    tested = Engine(stem=stem)
    many = {name: prf(counts) for name, counts in tested.counts(references, candidates).items()}
    for i, pair in enumerate(zip(references, candidates, strict=True)):
        expected = {name: tuple(score) for name, score in ORACLES[stem].score(*pair).items()}
        assert {name: tuple(column[i] for column in many[name]) for name in TYPES} == expected, pair
        assert tested.score(*pair) == expected, pair


def some_texts(rng: np.random.Generator, number: int) -> list[str]:
    """Return texts of up to four lines, each over an alphabet of one to all WORDS."""

    def text() -> str:
        words = rng.permutation(len(WORDS))[: rng.choice([1, 2, 3, 4, len(WORDS)])]
        lines = (rng.choice(words, n) for n in rng.integers(13, size=rng.integers(5)))
        return "\n".join(" ".join(WORDS[i] for i in line) for line in lines)

    return [text() for _ in range(number)]


@pytest.mark.parametrize("stem", [True, False])
def test_random_pairs_equal_rouge_score(stem: bool) -> None:
    """Two thousand random pairs over small alphabets have rouge-score's P, R and F."""
    texts = some_texts(np.random.default_rng(int(stem)), 4000)
    check(stem, texts[::2], texts[1::2])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(), st.text()), min_size=8, max_size=9), st.booleans())
def test_any_characters_equal_rouge_score(pairs: list[tuple[str, str]], stem: bool) -> None:
    """So do texts of any characters, surrogates and controls included."""
    check(stem, [left for left, _ in pairs], [right for _, right in pairs])


EDGES = [
    pytest.param("", "", id="both-empty"),
    pytest.param("", "a b", id="reference-empty"),
    pytest.param("a b", "", id="candidate-empty"),
    pytest.param("...", "?!\n-", id="no-token"),
    pytest.param("one", "one", id="one-token"),
    pytest.param("\n\na b\n\n\nc\n", "a b c", id="empty-lines"),
    pytest.param("a b\r\nc d", "c d\r\na b", id="carriage-returns"),
    pytest.param("北京大学", "北京大学", id="no-ascii"),
    pytest.param("İİ i̇ \u212a k K", "i I k", id="letters-that-lower-to-ascii"),
    pytest.param("x" * 5000, "x" * 5000, id="a-word-of-5000-letters"),
    pytest.param("a b " * 70, "b a a " * 50, id="sentences-of-140-and-150"),
    pytest.param("a b c " * 400, "c a b b " * 300, id="sentences-of-1200"),
    pytest.param("a b c\n" * 90, "c b\n" * 150, id="many-sentences"),
]


@pytest.mark.parametrize("stem", [True, False])
@pytest.mark.parametrize(("reference", "candidate"), EDGES)
def test_edges_equal_rouge_score(reference: str, candidate: str, stem: bool) -> None:
    """Empty, tiny, long and non-ASCII texts do too, alone and in a batch."""
    padding = [f"the {word}" for word in ("cat", "dog", "cats", "a b c", "c b", "a", "")]
    check(stem, [reference, *padding], [candidate, *reversed(padding)])


@pytest.mark.slow
@pytest.mark.parametrize("stem", [True, False])
def test_realsumm_equals_rouge_score(stem: bool) -> None:
    """All 2,400 pairs of REALSumm's 24 systems and 100 articles have rouge-score's numbers."""
    if "HARNESS_DATA" not in os.environ:
        pytest.skip("HARNESS_DATA is not set")
    folder = Path(os.environ["HARNESS_DATA"]) / "realsumm"
    references, candidates = [], []
    articles = {row["id"]: row for row in rows(folder / "articles.jsonl")}
    for path in sorted(folder.glob("outputs/*.jsonl")):
        for row in rows(path):
            references.append(articles[row["id"]]["references"][0].replace(" . ", " .\n"))
            candidates.append(row["summary"].replace(" . ", " .\n"))
    assert len(candidates) == 2400
    check(stem, references, candidates)


def rows(path: Path) -> list[dict[str, str]]:
    """Read a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_several_references_equal_score_multi() -> None:
    """Per type, the first reference with the largest F gives all three numbers."""
    rng = np.random.default_rng(5)
    references = [some_texts(rng, n) for n in rng.integers(1, 5, 300)]
    candidates = some_texts(rng, 300)
    best = Engine().best(references, candidates)
    for i, (texts, candidate) in enumerate(zip(references, candidates, strict=True)):
        expected = ORACLES[True].score_multi(texts, candidate)
        for name in TYPES:
            assert tuple(column[i] for column in best[name]) == tuple(expected[name])


def test_the_mean_of_references() -> None:
    """``take="mean"`` averages what each reference gives."""
    best = Engine().best([["a b", "a c d"]], ["a b"], take="mean")
    alone = [Engine().score(reference, "a b")["rouge1"] for reference in ("a b", "a c d")]
    assert [column[0] for column in best["rouge1"]] == [
        sum(numbers) / 2 for numbers in zip(*alone, strict=True)
    ]


def test_orders_name_the_types() -> None:
    """ROUGE-N is computed for the orders given, in their order."""
    tested = Engine(orders=(3, 1))
    counts = tested.counts(["a b c d"] * 9, ["x b c d"] * 9)
    assert [*counts] == [*tested.types] == ["rouge3", "rouge1", "rougeL", "rougeLsum"]
    assert [counts["rouge3"].hits[0], counts["rouge3"].reference[0]] == [1, 2]
    assert [*tested.score("a b c d", "x b c d")] == [*tested.types]


@pytest.mark.parametrize("text", ["北京大学在哪里", "Στην Ελλάδα είναι", "ประเทศไทย", "Ça déjà"])
def test_unicode_texts_match_themselves(text: str) -> None:
    """With ``tokens="unicode"`` a text equals itself, whatever its script."""
    tested = Engine(tokens="unicode")
    assert tested.score(text, text)["rouge1"] == (1.0, 1.0, 1.0)
    for counts in tested.counts([text] * 9, [text] * 9).values():
        assert (counts.hits == counts.reference).all()
        assert (counts.hits == counts.candidate).all()


@given(st.lists(st.tuples(st.text("aßé北 \n", max_size=20), st.text("aßé北 \n")), max_size=20))
def test_unicode_batches_equal_single_pairs(pairs: list[tuple[str, str]]) -> None:
    """The Unicode tokeniser gives one pair the same numbers alone and among others."""
    tested = Engine(tokens="unicode", orders=(1, 2, 3))
    many = tested.counts([left for left, _ in pairs], [right for _, right in pairs])
    for i, pair in enumerate(pairs):
        for name, score in tested.score(*pair).items():
            assert tuple(column[i] for column in prf(many[name])) == score


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """However a list is cut, by number of pairs or by characters, the counts are the same."""
    texts = some_texts(np.random.default_rng(3), 600)
    whole = Engine().counts(texts[::2], texts[1::2])
    for name, value in (("_BATCH_PAIRS", 9), ("_BATCH_CHARACTERS", 900), ("_FEW_PAIRS", 500)):
        with monkeypatch.context() as patch:
            patch.setattr(engine, name, value)
            cut = Engine().counts(texts[::2], texts[1::2])
        for one, other in zip(whole.values(), cut.values(), strict=True):
            assert (one.hits == other.hits).all()
            assert (one.reference == other.reference).all()
            assert (one.candidate == other.candidate).all()


def test_the_vocabulary_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """New words for ever do not fill memory, in batches or pair by pair, nor change numbers."""
    monkeypatch.setattr(engine, "_VOCABULARY_WORDS", 100)
    lists, pairs = Engine(), Engine()
    largest = [0, 0]
    for i in range(80):
        texts = [f"word{i}x{j} the same" for j in range(10)]
        assert (lists.counts(texts, texts)["rouge2"].hits == 2).all()
        assert pairs.score(texts[0], texts[1])["rouge2"].f == 0.5
        sizes = (tested._vocabulary.size() for tested in (lists, pairs))
        largest = [*map(max, largest, sizes)]
    assert all(100 < size < 120 for size in largest)


def test_batches_are_small_enough_for_their_keys() -> None:
    """A batch holds less than 2**20 characters and at most 2**11 pairs, unless it is one pair."""
    texts = ["x" * n for n in (0, 10, 1 << 19, 1 << 19, 1 << 21, 5, (1 << 19) - 5, 1, *[0] * 5000)]
    batches = [*engine._batches(texts, [""] * len(texts))]
    sizes = [sum(map(len, texts[batch])) for batch in batches]
    assert sizes == [10 + (1 << 19), 1 << 19, 1 << 21, (1 << 19) + 1, 0, 0]
    assert [batch.stop - batch.start for batch in batches] == [3, 1, 1, 2048, 2048, 907]
    assert [i for batch in batches for i in range(len(texts))[batch]] == [*range(len(texts))]


def test_memory_does_not_grow_with_the_number_of_pairs() -> None:
    """Ten times the pairs need no more memory than their counts (96 bytes a pair) take."""
    texts = [f"{i % 97} cats sat on {i % 89} mats\nand {i % 83} did not" for i in range(30_000)]
    tested = Engine()
    peaks = []
    for n in (3_000, 30_000):
        tracemalloc.start()
        tested.counts(texts[:n], texts[n - 1 :: -1])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 27_000 * 150


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        pytest.param(
            lambda: Engine().counts(["a"], []),
            InputError,
            "1 references for 0 candidates",
            id="lengths",
        ),
        pytest.param(
            lambda: Engine().best([["a"], []], ["a", "b"]),
            InputError,
            "Candidate 1 .* has no reference",
            id="no-reference",
        ),
        pytest.param(
            lambda: Engine().best([["a"]], ["a"], take="min"),  # type: ignore[arg-type] # on purpose
            UsageError,
            "take='min' .* take='max' or 'mean'",
            id="take",
        ),
        pytest.param(
            lambda: Engine(tokens="words"),  # type: ignore[arg-type] # on purpose
            UsageError,
            "tokens='words' .* tokens='ascii' or 'unicode'",
            id="tokens",
        ),
        pytest.param(lambda: Engine(orders=(0,)), UsageError, r"orders=\(0,\)", id="order-0"),
        pytest.param(lambda: Engine(orders=(1, 1)), UsageError, r"orders=\(1, 1\)", id="twice"),
        pytest.param(lambda: Engine(orders=(10,)), UsageError, r"orders=\(10,\)", id="order-10"),
    ],
)
def test_errors(call: object, error: type[Exception], message: str) -> None:
    """What cannot be computed is refused, with what was given and what is allowed."""
    assert callable(call)
    with pytest.raises(error, match=message):
        call()


def test_nothing_is_scored_as_nothing() -> None:
    """Empty lists give empty counts."""
    assert [len(counts.hits) for counts in Engine().counts([], []).values()] == [0] * 4
    assert [len(scores.f) for scores in Engine().best([], []).values()] == [0] * 4


def test_an_engine_is_a_value() -> None:
    """Engines of equal parameters are equal and print as they are written."""
    assert Engine() == Engine(True, "ascii", (1, 2)) != Engine(stem=False)
    assert repr(Engine(stem=False)) == "Engine(stem=False, tokens='ascii', orders=(1, 2))"
    assert isinstance(Engine().counts(["a"], ["a"])["rouge1"].hits[0], np.int64)
