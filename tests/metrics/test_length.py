import pytest

from harness.metrics.length import Length
from harness.records import Article, Item
from harness.text.sentences import SPLITTER

TEXTS = [
    pytest.param("", 0, 0, id="nothing"),
    pytest.param("...", 0, 1, id="marks-alone"),
    pytest.param("Rain", 1, 1, id="one-word"),
    pytest.param("Rain fell for 3 weeks. Prices rose.", 7, 2, id="two-sentences"),
    pytest.param("Rain fell\nPrices rose", 4, 2, id="two-lines-without-a-full-stop"),
    pytest.param("Mr. Hill paid 3.5 million.", 5, 1, id="stops-inside-a-sentence"),
    pytest.param("Дождь шёл. Цены выросли.", 4, 2, id="another-script"),
]


@pytest.mark.parametrize(("text", "words", "sentences"), TEXTS)
def test_words_and_sentences_are_counted(text: str, words: int, sentences: int) -> None:
    """Words are what is left without marks; sentences are those of the harness's own splitter."""
    values = Length().score([Item(Article("a", "Text."), text, ())]).values
    assert [values["words"].tolist(), values["sentences"].tolist()] == [[words], [sentences]]


def test_neither_more_nor_fewer_is_better() -> None:
    """Length stands in every table and names no winner."""
    assert [c.better for c in Length().columns()] == [None, None]


def test_the_signature_names_the_splitter() -> None:
    """The count of sentences depends on the splitter's version."""
    assert SPLITTER in Length().signature()
