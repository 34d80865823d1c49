from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.stem.porter import PorterStemmer
from rouge_score.tokenize import tokenize

from harness.rouge.tokens import tokenise
from harness.rouge.vocabulary import Vocabulary

# Characters that other tools take for line ends, for letters, or for the end of the text.
ODD = "aBs1 \n\r\t\x00\x0b\x0c\x1c\x85\u2028\u0130\u212aß\u0301é中👍_-'."
TEXTS = st.lists(st.text(ODD, max_size=30), max_size=5)


def same_words(ours: list[int], theirs: list[str]) -> bool:
    """Say whether numbers and words stand for each other one to one, in the same order."""
    pairs = set(zip(ours, theirs, strict=True))
    return len(pairs) == len(set(ours)) == len(set(theirs))


@given(TEXTS, st.booleans())
@example(["İstanbul", "ISTANBUL", "300 \u212a"], True)
@example(["", "\n", "\n\n a", "a\n", " "], False)
@example(["running runs run ran", "its it relational relate"], True)
def test_tokens_are_those_of_rouge_score(texts: list[str], stems: bool) -> None:
    """Each text has rouge-score's tokens, whole and line by line, empty ones included."""
    stemmer = PorterStemmer() if stems else None
    tokens = tokenise(texts, "ascii", Vocabulary(stems))
    whole = [tokens.text(i) for i in range(len(texts))]
    expected = [tokenize(text, stemmer) for text in texts]
    assert [*map(len, whole)] == [*map(len, expected)] == tokens.lengths.tolist()
    assert same_words([*chain(*whole)], [*chain(*expected)])
    for i, text in enumerate(texts):
        lines = [line for line in tokens.text_lines(i) if line]
        expected_lines = [tokenize(line, stemmer) for line in text.split("\n")]
        assert [*map(len, lines)] == [*filter(None, map(len, expected_lines))]


def test_words_that_share_their_first_sixteen_letters_differ() -> None:
    """Words are compared whole: up to 8 bytes, up to 16, and longer ones in a dictionary."""
    words = ["a" * n for n in (7, 8, 9, 15, 16, 17, 18)] + ["a" * 16 + "b", "a" * 17]
    tokens = tokenise([" ".join(words)], "ascii", Vocabulary(stems=False))
    assert same_words(tokens.text(0), words)


def test_a_batch_and_its_texts_one_by_one_have_the_same_numbers() -> None:
    """A vocabulary that has met a word gives its number again, in whatever batch it comes."""
    texts = ["The cat sat.", "A cat\nsat", "", "Cats"]
    vocabulary = Vocabulary(stems=True)
    together = tokenise(texts, "ascii", vocabulary)
    apart = [tokenise([text], "ascii", vocabulary).text(0) for text in texts]
    assert [together.text(i) for i in range(len(texts))] == apart


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        pytest.param(["a b\nc"], [[[0, 1], [2]]], id="two-lines"),
        pytest.param(["a\rb\x0bc\x85d\u2028e"], [[[0, 1, 2, 3, 4]]], id="only-newline-ends-a-line"),
        pytest.param(["a", "a"], [[[0]], [[0]]], id="texts-share-no-line"),
        pytest.param(["\n\na\n\nb\n"], [[[0], [1]]], id="empty-lines-vanish"),
        pytest.param([""], [[]], id="empty"),
    ],
)
def test_lines(texts: list[str], lines: list[list[list[int]]]) -> None:
    """Sentences are parted at newlines and nowhere else."""
    tokens = tokenise(texts, "ascii", Vocabulary(stems=False))
    found = [[line for line in tokens.text_lines(i) if line] for i in range(len(texts))]
    assert found == lines
