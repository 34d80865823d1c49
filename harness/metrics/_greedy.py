"""Greedy matching of token states (Zhang et al., 2020), many pairs of texts in one product.

Every token of one text is matched with the most alike of the other: precision is the weighted mean
of the best cosines of the summary's tokens, recall that of the reference's. A token of weight 0,
such as the marks around a text, can be matched with but does not count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.models.batching import Batch, Driver, Failure, Load, plan


@dataclass(frozen=True, slots=True)
class States:
    """A text to match: unit states, a float32 tensor of (tokens, width), and its weights.

    ``weights``, a float64 tensor of (tokens,), are at least 0, and some are above.
    """

    states: Any
    weights: Any


Pair = tuple[States, States]
"""A summary and a reference."""

Match = tuple[float, float]
"""Precision and recall, each in [-1, 1]."""


def matches(
    pairs: Sequence[Pair], budget: int, recover: Callable[[], None]
) -> list[Match | Failure]:
    """Return precision and recall of every pair; at most ``budget`` tokens stand in a product."""
    load = Load([len(a.states) + len(b.states) for a, b in pairs], written=0, beams=1)

    def run(batch: Batch) -> list[Match]:
        return _match([pairs[i] for i in batch])

    done = Driver(run, load, recover).all(plan(load, budget))
    return [done[i] for i in range(len(pairs))]


def _match(pairs: Sequence[Pair]) -> list[Match]:
    import torch

    with torch.inference_mode():
        ours, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
        cosines = torch.bmm(_padded(ours), _padded(theirs).transpose(1, 2))
        cosines.masked_fill_(~_real(theirs)[:, None, :], -2.0)  # below any cosine: never the best
        precision = _mean(cosines.amax(dim=2), ours)
        cosines.masked_fill_(~_real(ours)[:, :, None], -2.0)
        recall = _mean(cosines.amax(dim=1), theirs)
        return list(zip(precision.tolist(), recall.tolist(), strict=True))


def _padded(texts: Sequence[States]) -> Any:
    from torch.nn.utils.rnn import pad_sequence

    return pad_sequence([text.states for text in texts], batch_first=True)


def _real(texts: Sequence[States]) -> Any:
    import torch

    sizes = torch.tensor([len(text.states) for text in texts], device=texts[0].states.device)
    return torch.arange(int(sizes.max()), device=sizes.device) < sizes[:, None]


def _mean(best: Any, texts: Sequence[States]) -> Any:
    from torch.nn.utils.rnn import pad_sequence

    weights = pad_sequence([text.weights for text in texts], batch_first=True)
    mean = (best.double() * weights).sum(dim=1) / weights.sum(dim=1)
    return mean.clamp(-1.0, 1.0)  # rounding takes equal texts to 1.0000001
