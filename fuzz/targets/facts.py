"""Claims of a summary held against an article, both arbitrary; sentences and words of both."""

import atheris

from fuzz.target import Target
from harness.facts import check, index
from harness.text.sentences import spans
from harness.text.words import count_words, words


def once(data: bytes) -> None:
    """Check one half of a text against the other; every span must lie in its text, in order."""
    given = atheris.FuzzedDataProvider(data)
    half = len(data) // 2 if data[:1] > b"\x80" else data.find(b"|") + 1
    texts = [data[:half].decode("utf-8", "replace"), data[half:].decode("utf-8", "replace")]
    texts.append(given.ConsumeUnicode(200))
    for text in texts:
        _split(text)
    for article, summary in ((texts[0], texts[1]), (texts[1], texts[2])):
        found = check(index(article), summary, quiet=True)
        for claim in found.claims:
            if summary[claim.start : claim.end] != claim.text:
                raise AssertionError(claim)
        if not 0 <= found.support <= 1:
            raise AssertionError(found.support)


def _split(text: str) -> None:
    end = 0
    for start, stop in spans(text):
        if not end <= start < stop <= len(text):
            raise AssertionError((end, start, stop))
        end = stop
    if count_words(text) != len(words(text)):
        raise AssertionError(text)


TARGET = Target(
    once,
    [
        b"Mr. Ruiz said on 4 May 2021 that 3.5 million people, 12 percent, left Paris.|Ruiz, 45, "
        b"denied that 3 million had left London in June.",
        'Le prix est de 1.299,50 €. "Non !" dit-il… 東京で。|Prices rose by $3bn.'.encode(),
        b"the bridge (1931) didn't close. a.m. U.S.|The bridge closed; nobody was hurt.",
    ],
    [b"|", b". ", b" not ", b"million", b"%", b"$", b" 2020", b'"', b"'s ", b"Mr. ", b"\xcc\x80"],
    longest=1024,
)
