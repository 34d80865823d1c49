"""BARTScore (Yuan et al., 2021): how likely an encoder-decoder finds one text, given another.

The mean natural logarithm of the probability of each token of the second text, its marks included,
where the model has read the first and the tokens before. From article to summary it asks for
faithfulness, from summary to reference for recall, from reference to summary for precision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, get_args

import numpy as np

from harness.errors import SummariserError, UsageError
from harness.models.batching import Failure
from harness.models.encoder_likelihood import Likelihood as Mean
from harness.models.encoder_likelihood import Pair, Scorer
from harness.models.encoder_loading import take
from harness.models.encoders import DType, Ready, Source
from harness.models.families import Family, family_of
from harness.models.limits import input_limit, positions
from harness.models.states import blame
from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature

Direction = Literal["article->summary", "summary->reference", "reference->summary"]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The mean log probability of a token, from minus infinity to 0, certain; higher is better.

    ``direction`` says what is read and whose likelihood is asked. Of several references the
    likeliest counts. Numbers of different models do not compare, nor do those of different
    directions; long and plain texts are likelier than short and odd ones.

    The rest is as in ``transformer``. What is longer than the model reads or writes is cut, with a
    warning; an empty text, or no reference where
    one is asked for, leaves the summary unscored. Raises SummariserError for a model that is
    not there, damaged or no encoder-decoder, and MissingExtraError without torch.
    """

    model: str
    direction: Direction = "article->summary"
    revision: str | None = None
    dtype: DType = "float32"
    device: str = "auto"
    threads: int | None = None
    batch_tokens: int = 16384
    pickle: bool = False

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 32
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what no model can do."""
        source, ways = Source.of("likelihood", self), get_args(Direction)
        if self.direction not in ways:
            raise UsageError(source.refusal("direction", self.direction, " or ".join(ways)))

    def columns(self) -> tuple[Column, ...]:
        """Return the mean log probability, in nats."""
        what = f"mean log probability of a token, {self.direction}"
        return (Column("likelihood", what, "higher", None, 0.0, digits=3, headline=True),)

    def signature(self) -> str:
        """Return the weights' hash, direction and versions; imports no torch."""
        ready, _ = self._ready()
        fields = {"direction": self.direction, "refs": "max", **ready.fields()}
        return signature("likelihood", **fields, v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary; each distinct pair of texts is asked about once."""
        ready, family = self._ready()
        asked = [self._pairs(item) for item in items]
        with ready.running():
            limit = input_limit(ready.folder, family, None, 0)[0]
            encoder = replace(take(ready, "writer"), limit=limit)
            most = None if family.relative else positions(ready.folder.config, "decoder")
            scorer = Scorer(encoder, most or limit, family.first_token_global)
            told = scorer.all([p for pairs in asked for p in pairs if all(map(str.strip, p))])
        return _scores([self._said(pairs, told) for pairs in asked])

    def _ready(self) -> tuple[Ready, Family]:
        ready = Source.of("likelihood", self).ready()
        family = family_of(ready.folder.config)
        if family.causal:
            msg = (
                f"likelihood needs an encoder-decoder, such as facebook/bart-large-cnn; "
                f"{self.model} is a model_type {ready.folder.config['model_type']!r}."
            )
            raise SummariserError(msg)
        return ready, family

    def _pairs(self, item: Item) -> list[Pair]:
        if self.direction == "article->summary":
            return [(item.article.text, item.summary)]
        if self.direction == "summary->reference":
            return [(item.summary, reference) for reference in item.references]
        return [(reference, item.summary) for reference in item.references]

    def _said(self, pairs: Sequence[Pair], told: Mapping[Pair, Mean | Failure]) -> Mean | str:
        """Return the likeliest of an item's pairs, or why there is none."""
        if not pairs:
            return "no reference"
        found = [told[pair] for pair in pairs if pair in told]
        known = [one for one in found if isinstance(one, Mean)]
        if known:
            return max(known, key=lambda one: one.mean)
        failed = [one for one in found if isinstance(one, Failure)]
        if failed:
            return f"the pair of texts {blame(failed[0])}"
        empty = [
            name for name, text in zip(self._names(), pairs[0], strict=True) if not text.strip()
        ]
        return f"the {empty[0]} is empty"

    def _names(self) -> list[str]:
        return self.direction.split("->")


def _scores(said: Sequence[Mean | str]) -> Scores:
    known = {i: one for i, one in enumerate(said) if isinstance(one, Mean)}
    values = np.zeros(len(said))
    values[list(known)] = [one.mean for one in known.values()]
    return Scores(
        {"likelihood": values},
        unscored={i: one for i, one in enumerate(said) if isinstance(one, str)},
        warnings={i: _cut(one) for i, one in known.items() if one.read_cut or one.text_cut},
    )


def _cut(mean: Mean) -> str:
    sides = [("what is read", mean.read_cut), ("what is scored", mean.text_cut)]
    cut = " and ".join(what for what, was in sides if was)
    return f"{cut} was longer than the model's limit and cut"


METRIC: type[Metric] = Likelihood
