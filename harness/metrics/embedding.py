"""How alike summary and reference are as wholes: the cosine of their sentence embeddings.

A text's embedding is made of the states of its tokens, as in Sentence-BERT (Reimers and Gurevych,
2019). It tells topics apart, not facts: "arrested in London" and "arrested in Paris" score above
0.8. Read nothing about correctness out of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from harness.errors import SummariserError, UsageError
from harness.models.batching import Failure
from harness.models.encoder_loading import Encoder, take
from harness.models.encoders import DType, Ready, Source, refuse_causal
from harness.models.states import Tokens, blame, cuts, states, tokens
from harness.parts import Metric, Need
from harness.records import Column, Item, Scores
from harness.signature import signature

Pooling = Literal["mean", "cls"]
Against = Literal["references", "article"]

_OLD = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
"""How sentence-transformers wrote the ways of pooling before version 6."""

_NO_POOLING = {"include_prompt"}
"""What stands beside them and is none."""

_PLAIN = {"Transformer", "Pooling", "Normalize"}
"""The steps of a sentence-transformers model that are understood here."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The cosine of two texts' embeddings, from -1 to 1, equal texts; unrelated ones lie near 0.

    ``pooling`` makes one state of a text's states: their mean, or that of its first token, CLS.
    Left out it is what the model's own 1_Pooling/config.json says, and else the mean. ``against``
    names what the summary is held against: of several references the most alike counts; an article
    is cut to what the model reads, which in sentence encoders is little, with a warning.

    The rest is as in ``transformer``. An empty text leaves the summary unscored. Raises
    SummariserError for a model that is not there, damaged, no encoder, or one with more steps than
    pooling, and MissingExtraError without torch.
    """

    model: str
    against: Against = "references"
    pooling: Pooling | None = None
    revision: str | None = None
    dtype: DType = "float32"
    device: str = "auto"
    threads: int | None = None
    batch_tokens: int = 16384
    pickle: bool = False

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 256
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what no model can do."""
        source = Source.of("embedding", self)
        if self.against not in {"references", "article"}:
            raise UsageError(source.refusal("against", self.against, "'references' or 'article'"))
        if self.pooling not in {"mean", "cls", None}:
            raise UsageError(source.refusal("pooling", self.pooling, "'mean' or 'cls'"))

    def columns(self) -> tuple[Column, ...]:
        """Return the cosine."""
        what = "the article" if self.against == "article" else "the reference"
        return (
            Column(
                "embedding",
                f"cosine of the embeddings of summary and {what}",
                "higher",
                low=-1.0,
                high=1.0,
                digits=3,
                headline=True,
            ),
        )

    def signature(self) -> str:
        """Return the weights' hash, pooling and versions; imports no torch."""
        ready, pooling, limit = self._ready()
        fields = {"against": self.against, "pooling": pooling, "refs": "max"}
        reads = "own" if limit is None else limit
        return signature("embedding", **fields, reads=reads, **ready.fields(), v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary; each distinct text is embedded once."""
        ready, pooling, limit = self._ready()
        others = [self._others(item) for item in items]
        with ready.running():
            encoder = take(ready, "states", None, limit)
            texts = [
                t for i, theirs in zip(items, others, strict=True) for t in (i.summary, *theirs)
            ]
            found = _embedded(encoder, texts, pooling)
        what = "article" if self.against == "article" else "reference"
        said = [_said(i.summary, o, found, what) for i, o in zip(items, others, strict=True)]
        return _scores(said)

    def _others(self, item: Item) -> tuple[str, ...]:
        return (item.article.text,) if self.against == "article" else item.references

    def _ready(self) -> tuple[Ready, Pooling, int | None]:
        ready = Source.of("embedding", self).ready()
        refuse_causal(ready)
        path = ready.folder.path
        _check_steps(path)
        limit = _json(path / "sentence_bert_config.json").get("max_seq_length")
        pooling = self.pooling or _pooling(path)
        return ready, pooling, limit if isinstance(limit, int) else None


def _json(path: Path) -> Mapping[str, Any]:
    found = _read(path)
    return found if isinstance(found, dict) else {}


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{path} cannot be read: {error}. Restore it from where it came from."
        raise SummariserError(msg) from None


def _pooling(path: Path) -> Pooling:
    told = _json(path / "1_Pooling" / "config.json")
    new = told.get("pooling_mode")  # as sentence-transformers writes it since version 6
    old = [
        _OLD.get(name, name) for name, on in told.items() if name != "pooling_mode" and on is True
    ]
    modes = old if new is None else new if isinstance(new, list) else [new]
    modes = [mode for mode in modes if mode not in _NO_POOLING]
    if not modes:
        return "mean"
    if modes in (["mean"], ["cls"]):
        return "cls" if modes == ["cls"] else "mean"
    msg = (
        f"{path} pools by {' and '.join(map(str, modes))}, which embedding does not do. Say "
        "pooling='mean' or pooling='cls', which makes another model of it, or give another."
    )
    raise SummariserError(msg)


def _check_steps(path: Path) -> None:
    told = _read(path / "modules.json")
    steps = (
        [str(one.get("type")).rpartition(".")[2] for one in told] if isinstance(told, list) else []
    )
    more = [step for step in steps if step not in _PLAIN]
    if more:
        msg = (
            f"{path} has a step {more[0]} after pooling, which embedding does not run. Give "
            "a model of a transformer and its pooling alone, such as all-MiniLM-L6-v2."
        )
        raise SummariserError(msg)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's embedding, of length 1, or None with the reason; and how much was read, if cut."""

    vector: NDArray[np.float64] | None
    reason: str = ""
    cut: int = 0


def _embedded(encoder: Encoder, texts: Sequence[str], pooling: Pooling) -> dict[str, _Text]:
    found = {text: _Text(None, "is empty") for text in texts}
    full = [text for text in found if text.strip()]
    told = dict(zip(full, tokens(encoder, [text.strip() for text in full]), strict=True))
    read = {text: one for text, one in told.items() if isinstance(one, Tokens)}
    made = states(encoder, list(read.values()), partial(_pooled, pooling))
    for text, one in (told | dict(zip(read, made, strict=True))).items():
        found[text] = _text(one, read.get(text))
    return found


def _pooled(pooling: Pooling, row: Any, _: Tokens) -> NDArray[np.float64]:
    one = row[0] if pooling == "cls" else row.float().mean(dim=0)
    vector: NDArray[np.float64] = one.double().cpu().numpy()
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def _text(made: NDArray[np.float64] | Tokens | Failure, read: Tokens | None) -> _Text:
    if isinstance(made, Failure):
        return _Text(None, blame(made))
    cut = 0 if read is None else read.read
    return _Text(made if isinstance(made, np.ndarray) else None, cut=cut)


@dataclass(frozen=True, slots=True)
class _Said:
    """A summary's cosine, or the reason why there is none, and what was cut."""

    cosine: float = 0.0
    reason: str = ""
    cut: str = ""


def _said(summary: str, others: Sequence[str], found: Mapping[str, _Text], what: str) -> _Said:
    own = found[summary]
    if own.vector is None:
        return _Said(reason=f"the summary {own.reason}")
    if not others:
        return _Said(reason="no reference")
    known = [float(own.vector @ v) for text in others if (v := found[text].vector) is not None]
    if not known:
        return _Said(reason=f"the {what} {found[others[0]].reason}")
    told = [("the summary", own.cut), *((f"the {what}", found[text].cut) for text in others)]
    return _Said(min(1.0, max(-1.0, *known)), cut=cuts(told))


def _scores(said: Sequence[_Said]) -> Scores:
    return Scores(
        {"embedding": np.array([one.cosine for one in said], float)},
        unscored={i: one.reason for i, one in enumerate(said) if one.reason},
        warnings={i: one.cut for i, one in enumerate(said) if one.cut},
    )


METRIC: type[Metric] = Embedding
