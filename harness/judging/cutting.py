"""Articles too long for a judge: cut at the end of a sentence, and said so."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from harness.chat import Ask, Chat
from harness.text.sentences import spans
from harness.text.words import count_words

CUT = "the article was cut to fit the judge, which may take what it lacks for unsupported"


@runtime_checkable
class Measuring(Protocol):
    """A chat model that knows how much it can read; one behind a server does not."""

    def fits(self, ask: Ask) -> bool:
        """Return whether a question and its answer fit into the model."""
        ...


def cut(article: str, chat: Chat, words: int | None, asks: Callable[[str], Sequence[Ask]]) -> str:
    """Return the longest beginning of an article, in whole sentences, with which all questions fit.

    ``words`` is the most words that are kept in any case; ``asks`` makes the questions about a
    text. Where even one sentence is too long, that is returned: the model will say so itself.
    """

    def fits(text: str) -> bool:
        if words is not None and count_words(text) > words:
            return False
        return not isinstance(chat, Measuring) or all(chat.fits(ask) for ask in asks(text))

    if fits(article):
        return article
    ends = [end for _, end in spans(article)]
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits(article[: ends[middle]]):
            low = middle
        else:
            high = middle - 1
    return article[: ends[low]].rstrip() if ends else article
