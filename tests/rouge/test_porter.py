import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.porter import PorterStemmer

from harness.rouge.porter import stem

NLTK = PorterStemmer()

# Ends that rules take off, put on or test for, and some that none does.
_ENDS = """
    ational tional enci anci izer bli abli alli entli eli ousli ization ation ator alism iveness
    fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance
    ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize ed eed ied
    ing ies sses ss s y ly ll e ee at bl iz tt zz th
"""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        # M. Porter's examples (1980), through all steps, as nltk 3.10.4 answers
        pytest.param("caresses", "caress", id="1a-sses"),
        pytest.param("ponies", "poni", id="1a-ies"),
        pytest.param("caress", "caress", id="1a-ss-stays"),
        pytest.param("agreed", "agre", id="1b-eed"),
        pytest.param("feed", "feed", id="1b-eed-no-measure"),
        pytest.param("plastered", "plaster", id="1b-ed"),
        pytest.param("bled", "bled", id="1b-ed-no-vowel"),
        pytest.param("conflated", "conflat", id="1b-at"),
        pytest.param("hopping", "hop", id="1b-double"),
        pytest.param("falling", "fall", id="1b-double-l-stays"),
        pytest.param("filing", "file", id="1b-cvc"),
        pytest.param("fixing", "fix", id="1b-cvc-with-x"),
        pytest.param("sawing", "saw", id="1b-cvc-with-w"),
        pytest.param("playing", "play", id="1b-cvc-with-y"),
        pytest.param("happy", "happi", id="1c"),
        pytest.param("relational", "relat", id="2"),
        pytest.param("rational", "ration", id="2-measure-counts"),
        pytest.param("hopeful", "hope", id="3"),
        pytest.param("adoption", "adopt", id="4-ion-behind-t"),
        pytest.param("cease", "ceas", id="5a"),
        pytest.param("controll", "control", id="5b"),
        pytest.param("roll", "roll", id="5b-no-measure"),
        # nltk's departures
        pytest.param("skies", "sky", id="irregular"),
        pytest.param("lies", "lie", id="four-letters-ies"),
        pytest.param("died", "die", id="four-letters-ied"),
        pytest.param("enjoy", "enjoy", id="y-behind-a-vowel-stays"),
        pytest.param("radically", "radic", id="alli-runs-step-2-again"),
        pytest.param("geologi", "geolog", id="logi"),
        pytest.param("as", "as", id="two-letters"),
        pytest.param("2020s", "2020", id="digits"),
    ],
)
def test_known_stems(word: str, expected: str) -> None:
    """Each rule, and each case where it must not fire, gives the stem that nltk gives."""
    assert stem(word) == expected
    assert NLTK.stem(word) == expected


def test_every_mix_of_ends_is_stemmed_as_by_nltk() -> None:
    """Twenty thousand words of up to six letters and up to three ends get nltk's stem."""
    rng = np.random.default_rng(2026)
    ends, letters = _ENDS.split(), "aeiouybltszwx1"
    for _ in range(20_000):
        word = "".join(letters[i] for i in rng.integers(len(letters), size=rng.integers(1, 7)))
        word += "".join(ends[i] for i in rng.integers(len(ends), size=rng.integers(4)))
        assert stem(word) == NLTK.stem(word), word


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12))
def test_any_word_is_stemmed_as_by_nltk(word: str) -> None:
    """Words of any lower-case letters and digits get nltk's stem."""
    assert stem(word) == NLTK.stem(word)


def test_real_words_are_stemmed_as_by_nltk() -> None:
    """Every word of REALSumm's articles gets nltk's stem."""
    if "HARNESS_DATA" not in os.environ:
        pytest.skip("HARNESS_DATA is not set")
    path = Path(os.environ["HARNESS_DATA"]) / "realsumm" / "articles.jsonl"
    words = set(re.findall("[a-z0-9]+", path.read_text(encoding="utf-8").lower()))
    assert len(words) > 5000
    assert {word for word in words if stem(word) != NLTK.stem(word)} == set()
