import itertools
import json
import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import CheckError
from harness.metrics.rouge import TYPES, Rouge
from harness.records import Article, Item, Scores
from harness.text.sentences import SPLITTER, sentences

FIELDS = {"": "fmeasure", "-p": "precision", "-r": "recall"}


def item(summary: str, *references: str, article_id: str = "a") -> Item:
    """Return a summary with its references."""
    return Item(Article(article_id, "Text.", references), summary, references)


def by_rouge_score(
    items: Sequence[Item], stem: bool, own: bool, mean: bool
) -> dict[str, list[float]]:
    """Score with rouge-score as its documentation says to: the slow, obvious oracle."""
    from rouge_score import rouge_scorer

    def split(text: str) -> str:
        return "\n".join(sentences(text)) if own else text

    scorer = rouge_scorer.RougeScorer(list(TYPES), use_stemmer=stem)
    found: dict[str, list[float]] = {kind + end: [] for kind in TYPES for end in FIELDS}
    for one in items:
        each = [scorer.score(split(reference), split(one.summary)) for reference in one.references]
        for kind, (end, name) in itertools.product(TYPES, FIELDS.items()):
            best = max((score[kind] for score in each), key=lambda s: s.fmeasure)
            values = [getattr(score[kind], name) for score in each]
            found[kind + end].append(sum(values) / len(values) if mean else getattr(best, name))
    return found


WORDS = st.sampled_from(
    [
        "the",
        "mill",
        "Mills",
        "milling",
        "flooded",
        "floods",
        "Dr.",
        "3.5",
        "said.",
        "won't",
        "“No,”",
        "skies",
        "generalisations.",
        "élan",
        "U.S.",
        "-",
        "why?",
        "\n",
    ]
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)
ITEMS = st.lists(
    st.builds(lambda s, r: item(s, *r), TEXTS, st.lists(TEXTS, min_size=1, max_size=4)), max_size=8
)


@pytest.mark.parametrize("stem", [True, False], ids=["stemmed", "as-written"])
@pytest.mark.parametrize("split", ["own", "lines"])
@given(items=ITEMS)
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_rouge_score(
    stem: bool, split: Literal["own", "lines"], items: list[Item]
) -> None:
    """All twelve columns equal rouge-score's to the last bit, the best of several references."""
    scores = Rouge(stem=stem, sentences=split).score(items)
    expected = by_rouge_score(items, stem, split == "own", mean=False)
    assert {name: values.tolist() for name, values in scores.values.items()} == expected


@given(items=ITEMS)
@settings(max_examples=40, deadline=None)
def test_the_mean_is_taken_over_all_references(items: list[Item]) -> None:
    """With references="mean" precision, recall and F are each averaged over the references."""
    scores = Rouge(references="mean").score(items)
    expected = by_rouge_score(items, stem=True, own=True, mean=True)
    for name, values in scores.values.items():
        np.testing.assert_allclose(values, expected[name], rtol=0, atol=1e-12)


def test_a_hand_made_pair_scores_what_its_definition_says() -> None:
    """The columns hold F, precision and recall of n-grams and common subsequences.

    Of "the cat sat" (3 words, 2 bigrams) and "the cat lay down" (4 words, 3 bigrams): "the" and
    "cat" are shared, so P = 2/3, R = 2/4, F = 2 * 2/3 * 1/2 / (2/3 + 1/2) = 4/7; the bigram
    "the cat" is shared, so P = 1/2, R = 1/3, F = 2/5; the longest common subsequence is "the cat".
    """
    values = Rouge().score([item("the cat sat", "the cat lay down")]).values
    found = {name: float(array[0]) for name, array in values.items()}
    unigrams = {"": 4 / 7, "-p": 2 / 3, "-r": 2 / 4}
    bigrams = {"": 2 / 5, "-p": 1 / 2, "-r": 1 / 3}
    sides = {"rouge1": unigrams, "rouge2": bigrams, "rougeL": unigrams, "rougeLsum": unigrams}
    expected = {kind + end: value for kind, ends in sides.items() for end, value in ends.items()}
    assert found == pytest.approx(expected, abs=1e-15)


def test_each_type_takes_its_own_best_reference() -> None:
    """Of several references the one with the largest F counts for each type by itself.

    Against "c b a" all three words are shared but no bigram: ROUGE-1 is 1, ROUGE-2 is 0. Against
    "a b x y z" two of 3 and 5 words, and one of 2 and 4 bigrams: F 1/2 and 1/3.
    """
    values = Rouge().score([item("a b c", "c b a", "a b x y z")]).values
    assert values["rouge1"] == pytest.approx(1)
    assert values["rouge2"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "part", [Rouge(), Rouge(references="mean", stem=False)], ids=["max", "mean"]
)
def test_both_engines_give_the_same_scores(part: Rouge) -> None:
    """Scoring with rouge-score throughout changes the signature's engine and no bit of a score."""
    items = seeded_items(40, most_references=6)
    own, other = (one.score(items) for one in (part, replace(part, engine="rouge-score")))
    assert {n: v.tolist() for n, v in own.values.items()} == {
        n: v.tolist() for n, v in other.values.items()
    }


def test_newlines_between_sentences_change_no_score_of_ours() -> None:
    """ROUGE-Lsum does not depend on who wrote the newlines, unless newlines are asked for.

    Both summaries are the same words. One sentence of them shares with the reference a
    subsequence of 2 words ("b a" is in another order), two sentences share all 4.
    """
    plain, lined = "Rain fell. Prices rose.", "Rain fell.\nPrices rose."
    items = [item(plain, "Prices rose. Rain fell."), item(lined, "Prices rose.\nRain fell.")]
    assert Rouge().score(items).values["rougeLsum"].tolist() == [1, 1]
    assert Rouge(sentences="lines").score(items).values["rougeLsum"].tolist() == [0.5, 1]


SCRIPTS = [
    pytest.param("大桥星期一关闭。工程师发现了裂缝。", id="chinese"),
    pytest.param("Έκλεισε η γέφυρα τη Δευτέρα.", id="greek"),
    pytest.param("สะพานปิดในวันจันทร์", id="thai"),
    pytest.param("Мост закрыли в понедельник.", id="russian"),
    pytest.param("أغلق الجسر يوم الاثنين.", id="arabic"),
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_text_of_any_script_equals_itself(text: str) -> None:
    """The Unicode tokeniser gives two identical texts 1, the ASCII one, which sees nothing, 0."""
    seen = Rouge(tokens="unicode").score([item(text, text)])
    lost = Rouge().score([item(text, text)])
    assert all(values.tolist() == [1] for values in seen.values.values())
    assert all(values.tolist() == [0] for values in lost.values.values())


LETTERS = [
    pytest.param("Έκλεισε η γέφυρα.", "The bridge closed.", "the summary", id="summary"),
    pytest.param("The bridge closed.", "Έκλεισε η γέφυρα.", "a reference", id="reference"),
    pytest.param("The café's façade is closed.", "It is closed.", None, id="a-few-accents"),
    pytest.param("The bridge closed.", "It is closed.", None, id="english"),
    pytest.param("1, 2, 3 …", "☺", None, id="no-letters"),
]


@pytest.mark.parametrize(("summary", "reference", "loser"), LETTERS)
def test_lost_letters_are_warned_of(summary: str, reference: str, loser: str | None) -> None:
    """A text that loses over a tenth of its letters to the ASCII tokeniser carries a warning."""
    what = "loses over 10% of its letters; rouge(tokens='unicode') keeps them"
    items = [item("Quiet.", "Quiet."), item(summary, reference)]
    assert Rouge().score(items).warnings == ({1: f"{loser} {what}"} if loser else {})
    assert not Rouge(tokens="unicode").score(items).warnings


def seeded_items(count: int, most_references: int, seed: int = 0) -> list[Item]:
    """Return items of few words, so that every score occurs."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    words = ["a", "b", "running", "runs", "c.\n", "d. Then", "e"]

    def text() -> str:
        return " ".join(rng.choices(words, k=rng.randint(0, 12)))

    return [
        item(text(), *(text() for _ in range(rng.randint(1, most_references))), article_id=f"i{n}")
        for n in range(count)
    ]


EVERY = [
    Rouge(stem, tokens, split, take, engine)
    for stem in (True, False)
    for tokens in ("ascii", "unicode")
    for split in ("own", "lines")
    for take in ("max", "mean")
    for engine in ("own", "rouge-score")
]
OWN = [part for part in EVERY if part.engine == "own"]


@pytest.mark.parametrize("part", OWN, ids=str)
def test_right_scores_pass_the_check(part: Rouge) -> None:
    """The second opinion agrees, however many references there are, and says on how many.

    Up to 12 references: a sum of that many numbers depends on the order of its additions.
    """
    items = seeded_items(32, most_references=12)
    assert part.check(items, part.score(items)) == "equal to rouge-score 0.1.2 on 32 summaries"


ACCENTS = [
    "Élèves élégantes, naïvement hésitantes à Besançon, running élève élégante",
    "generalizações gelés poníes runs Ångströms generalização gelé poní",
    "İstanbul'da ĳsvogels ﬂying ½ \u017fkies şkies istanbul",
    "a\u0301gonies ca\u0301resses e\u0301tudies ágony cáress",
    "dois gás, maços",
    "doi gá, maço",
]


@pytest.mark.parametrize("stem", [True, False], ids=["stemmed", "as-written"])
def test_accented_words_pass_the_check(stem: bool) -> None:
    """Ours and nltk's stemmer agree beside words with accents, which rouge-score never keeps."""
    part = Rouge(stem=stem, tokens="unicode")
    items = [item(a, b) for a, b in itertools.product(ACCENTS, repeat=2)]
    assert part.check(items, part.score(items)).endswith("on 36 summaries")


@pytest.mark.parametrize("engine", ["own", "rouge-score"])
def test_only_words_of_plain_letters_are_stemmed(engine: Literal["own", "rouge-score"]) -> None:
    """Porter's rules are for English: "maços" is not "maço", though "dois" is its stem "doi"."""
    part = Rouge(tokens="unicode", engine=engine)
    values = part.score([item("dois", "doi"), item("maços", "maço"), item("gás", "gá")]).values
    assert values["rouge1"].tolist() == [1, 0, 0]


@pytest.mark.parametrize("column", [c.name for c in Rouge().columns()])
def test_one_wrong_bit_fails_the_check(column: str) -> None:
    """A score that is off by its last bit is an error that names column and article."""
    items = [item("the cat sat", "the cat lay", article_id=name) for name in ("first", "second")]
    scores = Rouge().score(items)
    wrong = scores.values[column].copy()
    wrong[1] = np.nextafter(wrong[1], 2)
    message = rf"{column} of article 'second' is .* by rouge-score 0\.1\.2\. Please report"
    with pytest.raises(CheckError, match=message):
        Rouge().check(items, Scores({**scores.values, column: wrong}))


def test_every_choice_is_in_the_signature() -> None:
    """No two of all 32 ways to compute ROUGE share a signature."""
    assert len({part.signature() for part in EVERY}) == len(EVERY) == 32


def test_the_default_signature_is_what_tables_print() -> None:
    """The default's signature reads as the documentation shows it."""
    assert Rouge().signature() == (
        f"rouge|stem:yes|tokens:ascii|sentences:{SPLITTER}|refs:max-f|engine:own|"
        "check:rouge-score-0.1.2|v:1"
    )


def test_real_summaries_score_as_rouge_score_does() -> None:
    """100 summaries of REALSumm's systems, drawn with a seed, equal rouge-score's to the bit."""
    folder = os.environ.get("HARNESS_DATA")
    if not folder:
        pytest.skip("HARNESS_DATA names no folder with realsumm")
    data = Path(folder) / "realsumm"
    references = {a["id"]: a["references"] for a in records(data / "articles.jsonl")}
    outputs = [r for path in sorted((data / "outputs").iterdir()) for r in records(path)]
    assert len(outputs) == 2400
    drawn = random.Random(3).sample(outputs, 100)  # noqa: S311 - no secret
    items = [item(str(r["summary"]), *references[r["id"]]) for r in drawn]
    scores = Rouge().score(items)
    expected = by_rouge_score(items, stem=True, own=True, mean=False)
    assert {name: values.tolist() for name, values in scores.values.items()} == expected


def records(path: Path) -> list[Mapping[str, list[str]]]:
    """Return the records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
