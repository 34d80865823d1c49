"""What a model for inference says of pairs of texts: the probability of each of its labels.

The premise is cut where both do not fit, never the claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.errors import SummariserError, UsageError
from harness.models.batching import Batch, Driver, Failure, Load, attempt, plan
from harness.models.encoder_loading import Encoder
from harness.models.encoders import Ready
from harness.models.states import OVERFLOWED, PADDING, Told, padded

Pair = tuple[str, str]
"""A premise and a claim."""

_NAMES = {
    "entailment": {"entailment", "entail", "entails", "entailed"},
    "contradiction": {"contradiction", "contradict", "contradicts", "contradictory"},
}


@dataclass(frozen=True, slots=True)
class Labels:
    """Where a model's outputs hold entailment and, if they do, contradiction; how many it has."""

    entailment: int
    contradiction: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probabilities of a pair's labels, in [0, 1], and whether its premise was cut."""

    entailment: float
    contradiction: float | None
    cut: bool


def labels(ready: Ready, told: str | None) -> Labels:
    """Return where the labels lie, by ``told``, names in order, else by the model's id2label.

    Raises SummariserError where the model's own names leave it open which output is entailment, and
    UsageError where ``told`` does, or names more or fewer outputs than there are.
    """
    own = _own(ready.folder.config)
    names = own if told is None else told.split(",")
    if own and len(names) != len(own):
        raise UsageError(ready.source.refusal("labels", told, f"one name for each of {len(own)}"))
    plain = [name.strip().lower() for name in names]
    at = {
        wanted: [i for i, name in enumerate(plain) if name in of] for wanted, of in _NAMES.items()
    }
    if len(at["entailment"]) == 1 and len(at["contradiction"]) <= 1 and len(plain) > 1:
        return Labels(at["entailment"][0], next(iter(at["contradiction"]), None), len(plain))
    said = ", ".join(names) or "none"
    if told is not None:
        raise UsageError(ready.source.refusal("labels", told, "names with one 'entailment' in it"))
    msg = (
        f"Which output of {ready.source.model} is entailment? Its config.json names its labels "
        f"{said}. Give a model that names one of them entailment, or name them in order: "
        f"{ready.source.purpose}(labels='contradiction,neutral,entailment')."
    )
    raise SummariserError(msg)


def _own(config: Mapping[str, Any]) -> list[str]:
    told = config.get("id2label")
    if not isinstance(told, dict) or sorted(told) != sorted(map(str, range(len(told)))):
        return []
    return [str(told[str(i)]) for i in range(len(told))]


@dataclass(frozen=True, slots=True)
class _Row:
    ids: Sequence[int]
    types: Sequence[int] | None
    cut: bool


def verdicts(
    encoder: Encoder, where: Labels, pairs: Sequence[Pair]
) -> dict[Pair, Verdict | Failure]:
    """Return what the model says of every pair; each distinct one is asked once.

    Raises UsageError where the model has more or fewer outputs than were named.
    """
    outputs = encoder.model.config.num_labels
    if outputs != where.count:
        msg = (
            f"labels= names {where.count} outputs; the model has {outputs}. Give one name for each."
        )
        raise UsageError(msg)
    distinct = list(dict.fromkeys(pairs))
    rows = _rows(encoder, distinct)
    good = [i for i, row in enumerate(rows) if isinstance(row, _Row)]
    kept = [row for row in rows if isinstance(row, _Row)]
    load = Load([len(row.ids) for row in kept], written=0, beams=1)

    def run(batch: Batch) -> list[Verdict | Failure]:
        chosen = [kept[i] for i in batch]
        return [
            _verdict(told, row, where)
            for told, row in zip(_probabilities(encoder, chosen), chosen, strict=True)
        ]

    done = Driver(run, load, encoder.recover).all(plan(load, encoder.budget, PADDING))
    told = {good[i]: one for i, one in done.items()}
    return {
        pair: row if isinstance(row, Failure) else told[i]
        for i, (pair, row) in enumerate(zip(distinct, rows, strict=True))
    }


def _rows(encoder: Encoder, pairs: Sequence[Pair]) -> list[_Row | Failure]:
    found = attempt(lambda: _told(encoder, pairs))
    if not isinstance(found, Failure):
        return list(found)
    if len(pairs) == 1:
        return [found]
    return [row for pair in pairs for row in _rows(encoder, [pair])]


def _told(encoder: Encoder, pairs: Sequence[Pair]) -> list[_Row | Failure]:
    """Return the tokens of every pair, or why a claim alone is more than the model reads."""
    if not pairs:
        return []
    found = _tokenised(encoder, pairs)
    return [
        row if len(row.ids) <= encoder.limit else _cut(encoder, pair)
        for pair, row in zip(pairs, found, strict=True)
    ]


def _cut(encoder: Encoder, pair: Pair) -> _Row | Failure:
    alone = len(_tokenised(encoder, [("", pair[1])])[0].ids)
    if alone >= encoder.limit:
        words = f"leaves no room for the article in the {encoder.limit} tokens that the model reads"
        return Told(words, memory=False)
    row = _tokenised(encoder, [pair], truncation="only_first", max_length=encoder.limit)[0]
    return _Row(row.ids, row.types, cut=True)


def _tokenised(encoder: Encoder, pairs: Sequence[Pair], **how: object) -> list[_Row]:
    premises, claims = [p for p, _ in pairs], [c for _, c in pairs]
    made = encoder.tokenizer(premises, claims, verbose=False, **how)
    types = made.get("token_type_ids") or [None] * len(pairs)
    return [_Row(i, t, cut=False) for i, t in zip(made["input_ids"], types, strict=True)]


def _probabilities(encoder: Encoder, rows: Sequence[_Row]) -> NDArray[np.float64]:
    import torch

    ids, mask = padded(encoder, [row.ids for row in rows])
    more = {}
    types = [row.types for row in rows if row.types is not None]
    if types:
        more["token_type_ids"] = padded(encoder, types, fill=0)[0]
    with torch.inference_mode():
        logits = encoder.model(input_ids=ids, attention_mask=mask, **more).logits
    found: NDArray[np.float64] = logits.double().softmax(dim=-1).cpu().numpy()
    return found


def _verdict(told: NDArray[np.float64], row: _Row, where: Labels) -> Verdict | Failure:
    if not np.isfinite(told).all():
        return OVERFLOWED
    against = None if where.contradiction is None else float(told[where.contradiction])
    return Verdict(float(told[where.entailment]), against, row.cut)
