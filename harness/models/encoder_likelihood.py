"""How likely an encoder-decoder finds a text, given another: log probabilities, teacher-forced."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from harness.models.batching import Batch, Driver, Failure, Load, attempt, plan
from harness.models.encoder_loading import Encoder
from harness.models.states import OVERFLOWED, PADDING, Tokens, padded, rows

_IGNORED = -100
"""What marks a label as no token, in every model of transformers."""

Pair = tuple[str, str]
"""The text that is read, and the text whose likelihood is asked."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The mean natural logarithm of a text's token probabilities, at most 0, and what was cut."""

    mean: float
    read_cut: bool
    text_cut: bool


@dataclass(frozen=True, slots=True)
class Scorer:
    """An encoder-decoder with how many tokens it writes, and whether it is LED."""

    encoder: Encoder
    most: int
    first_token_global: bool

    def all(self, pairs: Sequence[Pair]) -> dict[Pair, Likelihood | Failure]:
        """Return the likelihood of every pair's text; each pair is asked once."""
        distinct = list(dict.fromkeys(pairs))
        told = {pair: attempt(partial(self._told, pair)) for pair in distinct}
        kept = {pair: one for pair, one in told.items() if not isinstance(one, Failure)}
        places = list(kept)
        sizes = [len(read.ids) + len(text.ids) for read, text in kept.values()]
        load = Load(sizes, written=0, beams=1)

        def run(batch: Batch) -> list[Likelihood | Failure]:
            return self._likelihoods([kept[places[i]] for i in batch])

        done = Driver(run, load, self.encoder.recover).all(plan(load, self.encoder.budget, PADDING))
        found = {places[i]: one for i, one in done.items()}
        return {p: one if isinstance(one, Failure) else found[p] for p, one in told.items()}

    def _told(self, pair: Pair) -> tuple[Tokens, Tokens]:
        read = rows(self.encoder, [pair[0]])[0]
        whole = self.encoder.tokenizer(text_target=pair[1], verbose=False)["input_ids"]
        if len(whole) <= self.most:
            return read, Tokens(tuple(whole), len(whole))
        cut = self.encoder.tokenizer(text_target=pair[1], truncation=True, max_length=self.most)
        return read, Tokens(tuple(cut["input_ids"]), len(whole))

    def _likelihoods(self, pairs: Sequence[tuple[Tokens, Tokens]]) -> list[Likelihood | Failure]:
        import torch

        ids, mask = padded(self.encoder, [read.ids for read, _ in pairs])
        labels, _ = padded(self.encoder, [text.ids for _, text in pairs], fill=_IGNORED)
        more = {}
        if self.first_token_global:
            more["global_attention_mask"] = torch.zeros_like(ids)
            more["global_attention_mask"][:, 0] = 1
        model = self.encoder.model
        more["decoder_input_ids"] = model.prepare_decoder_input_ids_from_labels(labels=labels)
        with torch.inference_mode():
            logits = model(input_ids=ids, attention_mask=mask, use_cache=False, **more).logits
        return [
            _likelihood(row, label, pair)
            for row, label, pair in zip(logits, labels, pairs, strict=True)
        ]


def _likelihood(logits: Any, labels: Any, pair: tuple[Tokens, Tokens]) -> Likelihood | Failure:
    # Row by row, so that no second copy of a whole batch's logits is made.
    size = len(pair[1].ids)
    told = logits[:size].float()
    chosen = told.gather(1, labels[:size, None])[:, 0] - told.logsumexp(dim=-1)
    if not bool(chosen.isfinite().all()):
        return OVERFLOWED
    return Likelihood(float(chosen.double().mean()), pair[0].cut, pair[1].cut)
