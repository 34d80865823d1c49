"""What an encoder makes of texts: one state per token, batch by batch, texts of like length."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from harness.models.batching import Batch, Driver, Failure, Load, attempt, plan
from harness.models.encoder_loading import Encoder

T = TypeVar("T")

PADDING = 0.1
"""The share of a batch that may be padding: an encoder pays for it as for text."""


@dataclass(frozen=True, slots=True)
class Told(Failure):
    """A failure that harness itself found; the reason goes on after the name of a text."""


OVERFLOWED = Told(
    "has no score: the model's numbers overflowed (NaN); try dtype='float32'", memory=False
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as its encoder reads it: its tokens, and how many it would have uncut."""

    ids: tuple[int, ...]
    whole: int

    @property
    def cut(self) -> bool:
        """Whether the end was left out."""
        return self.whole > len(self.ids)

    @property
    def read(self) -> int:
        """How many tokens were read of a text that was cut, else 0."""
        return len(self.ids) if self.cut else 0


def tokens(encoder: Encoder, texts: Sequence[str]) -> list[Tokens | Failure]:
    """Return the tokens of every text, with the encoder's own marks, cut to what it reads."""
    found = attempt(lambda: rows(encoder, texts))
    if not isinstance(found, Failure):
        return list(found)
    if len(texts) == 1:
        return [found]
    return [one for text in texts for one in tokens(encoder, [text])]


def rows(encoder: Encoder, texts: Sequence[str]) -> list[Tokens]:
    """Return the tokens of every text; raise whatever the tokenizer raises."""
    if not texts:
        return []
    whole = encoder.tokenizer(list(texts), verbose=False)["input_ids"]
    return [
        Tokens(tuple(ids if len(ids) <= encoder.limit else _shortened(encoder, text)), len(ids))
        for text, ids in zip(texts, whole, strict=True)
    ]


def _shortened(encoder: Encoder, text: str) -> Sequence[int]:
    cut: Sequence[int] = encoder.tokenizer(text, truncation=True, max_length=encoder.limit)[
        "input_ids"
    ]
    return cut


def states(
    encoder: Encoder, texts: Sequence[Tokens], keep: Callable[[Any, Tokens], T]
) -> list[T | Failure]:
    """Return what ``keep`` makes of each text's states, a tensor of (tokens, width).

    A batch that does not fit in memory is halved; a text that fails alone has its reason.
    """
    load = Load([len(text.ids) for text in texts], written=0, beams=1)

    def run(batch: Batch) -> list[T | Failure]:
        found = _states(encoder, [texts[i].ids for i in batch])
        return [
            _kept(row[: len(texts[i].ids)], texts[i], keep)
            for row, i in zip(found, batch, strict=True)
        ]

    done = Driver(run, load, encoder.recover).all(plan(load, encoder.budget, PADDING))
    return [done[i] for i in range(len(texts))]


def _states(encoder: Encoder, texts: Sequence[Sequence[int]]) -> Any:
    import torch

    ids, mask = padded(encoder, texts)
    with torch.inference_mode():
        return encoder.model(input_ids=ids, attention_mask=mask)[0]


def _kept(row: Any, text: Tokens, keep: Callable[[Any, Tokens], T]) -> T | Failure:
    if not bool(row.isfinite().all()):
        return OVERFLOWED
    return keep(row, text)


def padded(encoder: Encoder, texts: Sequence[Sequence[int]], fill: int | None = None) -> Any:
    """Return rows of tokens as one tensor, filled at their ends, and the mask of what is real."""
    import torch

    width = max(map(len, texts))
    ids = torch.full((len(texts), width), encoder.pad if fill is None else fill)
    mask = torch.zeros_like(ids)
    for i, text in enumerate(texts):
        ids[i, : len(text)] = torch.tensor(text)
        mask[i, : len(text)] = 1
    return ids.to(encoder.device), mask.to(encoder.device)


def cuts(texts: Iterable[tuple[str, int]]) -> str:
    """Return the warning about texts that were cut, by name and how much of each was read, or "".

    It says the same of every summary, so that a table can count it.

    >>> cuts([("the summary", 0), ("a reference", 64), ("a reference", 64)])
    'only the first 64 tokens of a reference were read'
    """
    cut = dict(one for one in texts if one[1])
    told = " and ".join(f"the first {read} tokens of {name}" for name, read in cut.items())
    return f"only {told} were read" if told else ""


def blame(failure: Failure) -> str:
    """Return what is said of a text that failed, after its name: ``is more than fits ...``."""
    if isinstance(failure, Told):
        return failure.reason
    short = "is more than fits in memory" if failure.memory else "makes the model fail"
    return f"{short}: {failure.reason}"
