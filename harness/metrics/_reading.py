"""Texts read into token states to match, each once, with what weighs its tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harness.metrics._greedy import States
from harness.metrics._idf import Idf
from harness.models.batching import Failure
from harness.models.encoder_loading import Encoder
from harness.models.states import Tokens, blame, states, tokens


@dataclass(frozen=True, slots=True)
class Read:
    """A text's states, or None with the reason; and how many tokens were read, if it was cut."""

    states: States | None
    reason: str = ""
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts into states to match. ``marks`` are the tokens that never count."""

    encoder: Encoder
    lead: str
    idf: Idf | None
    marks: frozenset[int]

    @classmethod
    def of(cls, encoder: Encoder, lead: str, idf: Idf | None) -> "Reader":
        marks = {encoder.tokenizer.cls_token_id, encoder.tokenizer.sep_token_id}
        return cls(encoder, lead, idf, frozenset(marks - {None}))

    def read(self, texts: Sequence[str]) -> dict[str, Read]:
        """Return what each distinct text is read as."""
        found = {text: Read(None, "is empty") for text in texts}
        full = [text for text in found if text.strip()]
        told = tokens(self.encoder, [self.lead + text.strip() for text in full])
        kept = {t: one for t, one in zip(full, told, strict=True) if isinstance(one, Tokens)}
        made = states(self.encoder, list(kept.values()), self._keep)
        done: dict[str, States | Failure | None] = dict(zip(kept, made, strict=True))
        failed = {t: one for t, one in zip(full, told, strict=True) if isinstance(one, Failure)}
        return found | {t: _read(one, kept.get(t)) for t, one in (failed | done).items()}

    def _keep(self, row: Any, text: Tokens) -> States | None:
        import torch

        weights = torch.tensor([self._weight(i) for i in text.ids], dtype=torch.float64)
        if not bool(weights.any()):
            return None
        unit = torch.nn.functional.normalize(row.float(), dim=-1)
        return States(unit, weights.to(unit.device))

    def _weight(self, token: int) -> float:
        if self.idf is not None:
            return self.idf.weight(token)
        return float(token not in self.marks)


def _read(made: States | Failure | None, read: Tokens | None) -> Read:
    if isinstance(made, Failure):
        return Read(None, blame(made))
    if made is None:
        return Read(None, "has no token of weight")
    return Read(made, cut=0 if read is None else read.read)
