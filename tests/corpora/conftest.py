"""Reading a corpus, and the message of one that cannot be read."""

from collections.abc import Callable

import pytest

from harness.errors import InputError
from harness.parts import Corpus
from harness.records import Article


@pytest.fixture
def read() -> Callable[[Corpus], list[Article]]:
    """Return a function that reads a corpus whole."""
    return lambda corpus: list(corpus.articles())


@pytest.fixture
def refusal() -> Callable[[Corpus], str]:
    """Return a function that gives the message with which a corpus is refused."""

    def message(corpus: Corpus) -> str:
        with pytest.raises(InputError) as caught:
            list(corpus.articles())
        return str(caught.value)

    return message
