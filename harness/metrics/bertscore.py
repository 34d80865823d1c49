"""BERTScore (Zhang et al., 2020): tokens of a summary matched with a reference's by their states.

Each token of the summary is matched with the token of the reference whose state, in one layer of an
encoder, is most alike, and the other way round. Precision is the mean cosine over the summary's
tokens, recall over the reference's, F their harmonic mean. The numbers are those of bert-score
0.3.13, its marks (CLS and SEP are matched with but do not count) and its truncation included;
docs/model-metrics.md tells the few departures.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np

from harness.errors import UsageError
from harness.metrics._baseline import Baseline, rescale
from harness.metrics._baseline import read as read_baseline
from harness.metrics._greedy import Match, matches
from harness.metrics._idf import Idf
from harness.metrics._idf import texts as texts_of
from harness.metrics._reading import Read, Reader
from harness.models import fingerprint
from harness.models.batching import Failure
from harness.models.encoder_loading import Encoder, take
from harness.models.encoders import DType, Ready, Source, layers, refuse_causal
from harness.models.states import blame, cuts, rows
from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature

LAYERS = {
    "bert-base-uncased": 9,
    "bert-large-uncased": 18,
    "bert-base-multilingual-cased": 9,
    "distilbert-base-uncased": 5,
    "distilroberta-base": 5,
    "roberta-base": 10,
    "roberta-large": 17,
    "roberta-large-mnli": 19,
    "xlm-roberta-base": 9,
    "xlm-roberta-large": 17,
    "facebook/bart-base": 6,
    "facebook/bart-large": 10,
    "facebook/bart-large-mnli": 11,
    "microsoft/deberta-large-mnli": 18,
    "microsoft/deberta-xlarge-mnli": 40,
    "microsoft/deberta-v3-base": 9,
    "microsoft/deberta-v3-large": 12,
}
"""The layers that agree best with people, of the best-known models (bert-score 0.3.13's table)."""

_SPACED = ("RobertaTokenizer", "GPT2Tokenizer")
"""Tokenizers that bert-score has begin a text as if a space stood before it."""

_SIDES = {"": "F", "-p": "precision", "-r": "recall"}


@dataclass(frozen=True, slots=True)
class BertScore:
    """How well tokens of summary and reference match, at ``layer`` of the encoder ``model``.

    Each column is a cosine: from -1, in practice from what strangers score (0.8 and more in
    some models), to 1, equal texts. With ``baseline``, a file of bert-score's form, strangers
    score 0. Of several references the best counts, for each column by itself. ``layer`` may be left
    out for the models of ``LAYERS``. ``idf`` names a file of texts, one a line, or JSON lines with
    ``references``, whose document frequencies weigh the tokens; without it all weigh the same.
    ``prefix_space`` begins a text for RoBERTa's tokenizer as words inside a text begin, which
    published scores do and bert-score under transformers 5 does not.

    ``revision``, ``dtype``, ``device``, ``threads``, ``batch_tokens`` and ``pickle`` are as in
    ``transformer``. An empty summary, one without a token of weight, and one whose precision or
    recall is not above 0 (as happens in models without training) are unscored. Raises InputError
    where idf or baseline are asked for and not to be had, SummariserError for a model that is not
    there, damaged or no encoder, and MissingExtraError without torch.
    """

    model: str
    layer: int | None = None
    idf: str | None = None
    baseline: str | None = None
    prefix_space: bool = True
    revision: str | None = None
    dtype: DType = "float32"
    device: str = "auto"
    threads: int | None = None
    batch_tokens: int = 16384
    pickle: bool = False

    needs: ClassVar[frozenset[Need]] = frozenset({"references"})
    batch: ClassVar[int] = 64
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what no model can do, and a layer that nobody knows."""
        source = Source.of("bertscore", self)
        if self.layer is None and self.model not in LAYERS:
            msg = (
                f"bertscore(model={self.model!r}) needs layer=...: scores of different layers do "
                f"not compare, and nobody has said which is best in that model. Known: "
                f"{', '.join(f'{name} {layer}' for name, layer in LAYERS.items())}."
            )
            raise UsageError(msg)
        if self.layer is not None and self.layer < 0:
            raise UsageError(source.refusal("layer", self.layer, "at least 0"))

    def columns(self) -> tuple[Column, ...]:
        """Return F, precision and recall; without a lower end where they are rescaled."""
        return tuple(
            Column(
                f"bertscore{end}",
                f"{side} of BERTScore, points" + ", rescaled" * bool(self.baseline),
                "higher",
                low=None if self.baseline else -1.0,
                high=1.0,
                scale=100,
                headline=not end,
            )
            for end, side in _SIDES.items()
        )

    def signature(self) -> str:
        """Return the weights' hash, layer, idf, baseline and versions; imports no torch."""
        ready = self._ready()
        base = self._baseline()
        return signature(
            "bertscore",
            layer=self._layer,
            idf="no" if self.idf is None else _hash_of(self.idf),
            baseline="no" if base is None else (base.precision, base.recall, base.f),
            space=self._spaced(ready),
            refs="max",
            **ready.fields(),
            v=1,
        )

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary against its article's references; a text is encoded once."""
        ready, base = self._ready(), self._baseline()
        with ready.running():
            encoder = take(ready, "states", self._layer)
            reader = Reader.of(encoder, " " * self._spaced(ready), self._idf(ready, encoder))
            found = reader.read([text for i in items for text in (i.summary, *i.references)])
            pairs = {(i.summary, r): None for i in items for r in i.references}
            good = {
                (a, b): (ours, theirs)
                for a, b in pairs
                if (ours := found[a].states) and (theirs := found[b].states)
            }
            told = matches(list(good.values()), encoder.budget, encoder.recover)
        return _scores(items, found, dict(zip(good, told, strict=True)), base)

    @property
    def _layer(self) -> int:
        return LAYERS[self.model] if self.layer is None else self.layer

    def _ready(self) -> Ready:
        source = Source.of("bertscore", self)
        ready = source.ready()
        refuse_causal(ready)
        most = layers(ready.folder.config)
        if most is not None and self._layer > most:
            raise UsageError(source.refusal("layer", self._layer, f"at most {most}, its layers"))
        return ready

    def _baseline(self) -> Baseline | None:
        return None if self.baseline is None else read_baseline(self.baseline, self._layer)

    def _spaced(self, ready: Ready) -> bool:
        told = ready.folder.tokenizer.get("tokenizer_class")
        own = ready.folder.config["model_type"] == "roberta" if told is None else False
        return self.prefix_space and (own or str(told).removesuffix("Fast") in _SPACED)

    def _idf(self, ready: Ready, encoder: Encoder) -> Idf | None:
        if self.idf is None:
            return None
        lead = " " * self._spaced(ready)
        key = (ready.key("idf"), encoder.limit, lead, _hash_of(self.idf))
        return _counted(_Counting(key, self.idf, lead, replace(encoder, model=None)))


@dataclass(frozen=True, slots=True)
class _Counting:
    """A file of texts to count tokens in; two are equal where the counts must be."""

    key: object
    path: str = field(compare=False)
    lead: str = field(compare=False)
    encoder: Encoder = field(compare=False)


@lru_cache(maxsize=4)
def _counted(of: _Counting) -> Idf:
    found = rows(of.encoder, [of.lead + text.strip() for text in texts_of(of.path)])
    return Idf.of([text.ids for text in found])


def _hash_of(path: str) -> str:
    return fingerprint.of_text(json.dumps(texts_of(path)))


def _scores(
    items: Sequence[Item],
    found: Mapping[str, Read],
    told: Mapping[tuple[str, str], Match | Failure],
    base: Baseline | None,
) -> Scores:
    values = np.zeros((len(_SIDES), len(items)))
    unscored, warnings = dict[int, str](), dict[int, str]()
    for i, item in enumerate(items):
        best = _best(item, found, told)
        if isinstance(best, str):
            unscored[i] = best
            continue
        values[:, i] = best if base is None else _rescaled(best, base)
        cut = _cut(item, found)
        if cut:
            warnings[i] = cut
    columns = {f"bertscore{end}": row for end, row in zip(_SIDES, values, strict=True)}
    return Scores(columns, unscored, warnings)


def _best(
    item: Item,
    found: Mapping[str, Read],
    told: Mapping[tuple[str, str], Match | Failure],
) -> tuple[float, float, float] | str:
    """Return F, precision and recall, each that of its best reference, or why there are none."""
    own = found[item.summary]
    if own.states is None:
        return f"the summary {own.reason}"
    known = [told[item.summary, r] for r in item.references if found[r].states is not None]
    good = [one for one in known if not isinstance(one, Failure)]
    if not good:
        failed = next((blame(one) for one in known if isinstance(one, Failure)), "")
        return f"the reference {failed or found[item.references[0]].reason}"
    both = [2 * p * r / (p + r) for p, r in good if p > 0 and r > 0]
    if not both:
        p, r = good[0]
        return f"precision {p:.3f} and recall {r:.3f} have no harmonic mean: both must be above 0"
    return max(both), max(p for p, _ in good), max(r for _, r in good)


def _rescaled(best: tuple[float, float, float], base: Baseline) -> tuple[float, float, float]:
    f, p, r = best
    return rescale(f, base.f), rescale(p, base.precision), rescale(r, base.recall)


def _cut(item: Item, found: Mapping[str, Read]) -> str:
    told = [("the summary", item.summary), *(("a reference", r) for r in item.references)]
    return cuts((what, found[text].cut) for what, text in told)


METRIC: type[Metric] = BertScore
