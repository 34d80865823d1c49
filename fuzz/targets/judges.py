"""What a judge answers: verdicts with quotes, and ratings."""

import atheris

from fuzz.target import Target
from harness.chat import Answer
from harness.judging import ratings, verdicts
from harness.models.prompts import spoken


def once(data: bytes) -> None:
    """Read a text as a judge's answer, with tokens that may or may not be those of the text."""
    given = atheris.FuzzedDataProvider(data)
    article = given.ConsumeUnicode(80)
    names = [given.ConsumeUnicode(6) for _ in range(given.ConsumeIntInRange(0, 8))]
    shares = tuple({name: given.ConsumeProbability()} for name in names)
    text = data.decode("utf-8", "replace")
    for told in (None, shares):
        answer = Answer(spoken(text), cut=None, tokens_in=None, tokens_out=None, alternatives=told)
        verdicts.read(answer, article)
        verdicts.read(answer, text)
        rating = ratings.read(answer)
        if isinstance(rating, ratings.Rating) and not 1 <= rating.value <= 5:
            raise AssertionError(rating)


TARGET = Target(
    once,
    [
        b'Evidence: "It rained ... all day."\nVerdict: supported',
        b"**Verdict:** not in the article\nEvidence: none",
        b"<think>4?</think>Rating: 4/5",
        b"Coherence: 3\n\nIt reads well.\n\n3.0",
    ],
    [b"Verdict: ", b"Evidence: ", b"contradicted", b" out of 5", b"...", b"<think>", b"Rating: "],
    longest=512,
)
