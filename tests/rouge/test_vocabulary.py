import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harness.rouge.arrays import Ints, Words
from harness.rouge.vocabulary import Vocabulary, WordTable

Batch = list[bytes]


def as_integers(words: Batch) -> tuple[Words, Words]:
    """Return the first and the last eight bytes of words of at most 16, filled up with zeros."""
    both = np.frombuffer(b"".join(word.ljust(16, b"\0") for word in words), "<u8").reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


class Numbering:
    """Name words by the order in which they are first asked for, and note what was asked."""

    def __init__(self) -> None:
        self.named: Batch = []

    def look_up(self, table: WordTable, words: Batch) -> list[int]:
        """Look words up, naming new ones."""

        def name(new: Ints) -> list[int]:
            self.named += [words[i] for i in new.tolist()]
            return [*range(len(self.named) - len(new), len(self.named))]

        numbers: list[int] = table.look_up(*as_integers(words), name).tolist()
        return numbers


def test_words_of_one_stem_have_one_number() -> None:
    """With stems, "run" and "running" are one; without, they are two."""
    stemmed, plain = Vocabulary(stems=True), Vocabulary(stems=False)
    assert stemmed[b"runs"] == stemmed[b"running"] == stemmed[b"run"]
    assert len({plain[b"runs"], plain[b"running"], plain[b"run"]}) == 3


def test_words_of_three_letters_are_not_stemmed() -> None:
    """Rouge-score stems only words of more than three letters: "its" and "gas" stay whole."""
    vocabulary = Vocabulary(stems=True)
    assert vocabulary[b"its"] != vocabulary[b"it"]
    assert vocabulary[b"cats"] == vocabulary[b"cat"]


def test_words_with_other_letters_are_not_stemmed() -> None:
    """The Porter stemmer is for English: a word with a letter outside ASCII stays whole."""
    vocabulary = Vocabulary(stems=True)
    assert vocabulary["cafés".encode()] != vocabulary["café".encode()]


def test_clear_forgets() -> None:
    """After ``clear`` numbering starts again and nothing is remembered."""
    vocabulary = Vocabulary(stems=True)
    assert [vocabulary[word] for word in (b"one", b"two", b"one")] == [0, 1, 0]
    assert vocabulary.size() == 2
    vocabulary.clear()
    assert vocabulary.size() == 0
    assert vocabulary[b"two"] == 0


@given(
    st.lists(st.lists(st.binary(min_size=1, max_size=3).filter(lambda w: w[0] > 0), max_size=30))
)
def test_table_agrees_with_a_dictionary(batches: list[Batch]) -> None:
    """Equal words get equal numbers, new ones are named exactly once, over any number of calls."""
    table, numbering = WordTable(), Numbering()
    for batch in batches:
        words = [word.rstrip(b"\0") for word in batch]
        numbers = numbering.look_up(table, words)
        assert [numbering.named[number] for number in numbers] == words
    assert len(numbering.named) == len(set(numbering.named)) == table.used


def test_table_grows_and_keeps_its_numbers() -> None:
    """A hundred thousand words, most with equal first halves, keep the numbers they were given."""
    rng = np.random.default_rng(7)
    letters, lengths = rng.integers(97, 105, (100_000, 16), np.uint8), rng.integers(1, 17, 100_000)
    letters[:70_000, :8] = ord("a")
    spelt = sorted({row[:n].tobytes() for row, n in zip(letters, lengths, strict=True)})
    table, numbering = WordTable(), Numbering()
    first = numbering.look_up(table, spelt[: len(spelt) // 2])
    everything = numbering.look_up(table, spelt)
    assert everything[: len(first)] == first
    assert [numbering.named[number] for number in everything] == spelt
    assert table.used == len(spelt)
