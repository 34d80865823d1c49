"""Does the article entail the summary? A model for natural language inference, claim by claim.

``summac-zs`` is SummaC-ZS (Laban et al., 2022): every sentence of the summary is held against every
sentence of the article. ``chunk`` holds it against stretches of the article that are as long as the
model reads, in the manner of MiniCheck (Tang et al., 2024); the article is cut, never the claim.
``pair`` holds it against the article as one premise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from harness.errors import SummariserError, UsageError
from harness.metrics._premises import SHORT, Claim, How, claims
from harness.metrics._premises import Source as Premises
from harness.models.batching import Failure, attempt
from harness.models.encoder_loading import Encoder, take
from harness.models.encoder_pairs import Labels, Pair, Verdict, labels, verdicts
from harness.models.encoders import DType, Ready, Source
from harness.models.states import blame
from harness.parts import Metric, Need, Verifier
from harness.records import JSON, Column, Doubt, Item, Opinion, Scores
from harness.signature import signature
from harness.text.sentences import SPLITTER, spans

CUT = "premises were cut to what the model reads"

_WAYS: tuple[How, ...] = ("summac-zs", "pair", "chunk")
_SUPPORTED = 0.5


@dataclass(frozen=True, slots=True)
class _Asked:
    """A claim and what it is held against. ``whole`` is the article where all of it is asked."""

    claim: Claim
    premises: tuple[str, ...]
    whole: str | None = None

    @property
    def pairs(self) -> list[Pair]:
        """Premise and claim, in the order of the premises."""
        return [(premise, self.claim.text) for premise in self.premises]

    def evidence(self, place: int) -> str | None:
        """Return a premise as evidence: None for the whole article, which points nowhere."""
        premise = self.premises[place]
        return None if premise == self.whole else premise


_Told = Mapping[Pair, Verdict | Failure]


@dataclass(frozen=True, slots=True)
class Entailment:
    """How far the article bears out each sentence of the summary, to the inference model ``model``.

    For ``summac-zs`` a sentence scores its greatest probability of entailment over the article's
    sentences minus its greatest probability of contradiction: from -1, contradicted for certain, to
    1, entailed for certain; sentences of 10 characters or fewer are passed over on both sides. For
    ``pair`` and ``chunk`` it scores the (greatest) probability of entailment, in [0, 1]. The column
    ``entailment`` is the mean over the summary's sentences, ``entailment-min`` the weakest of them.
    ``chunk_tokens`` is how long a stretch of ``chunk`` is at most.

    Which output is entailment is read from the model's id2label; ``labels`` names the outputs in
    order, with commas, where that says nothing. The rest is as in ``transformer``. ``details``
    hold every sentence with its probabilities, the stretch of the article that bears it out most,
    and how many premises were ``cut``. An empty summary or article, and one whose sentences are all
    too short, are unscored. As a Verifier it answers single claims by the sentence that they stand
    in.

    Raises SummariserError for a model that is not there, damaged or not made for inference, and
    MissingExtraError without torch.
    """

    model: str
    how: How = "summac-zs"
    labels: str | None = None
    chunk_tokens: int = 400
    revision: str | None = None
    dtype: DType = "float32"
    device: str = "auto"
    threads: int | None = None
    batch_tokens: int = 16384
    pickle: bool = False

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 16
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what no model can do."""
        source = Source.of("entailment", self)
        if self.how not in _WAYS:
            raise UsageError(source.refusal("how", self.how, " or ".join(_WAYS)))
        if self.chunk_tokens < 1:
            raise UsageError(source.refusal("chunk_tokens", self.chunk_tokens, "at least 1"))

    def columns(self) -> tuple[Column, ...]:
        """Return the mean over the summary's sentences, and the weakest of them."""
        low = -1.0 if self.how == "summac-zs" else 0.0
        what = "entailment of the summary's sentences by the article"
        return (
            Column("entailment", f"{what}, mean", "higher", low=low, high=1.0, headline=True),
            Column("entailment-min", f"{what}, the weakest", "higher", low=low, high=1.0),
        )

    def signature(self) -> str:
        """Return the weights' hash, the way, labels and versions; imports no torch."""
        ready, where = self._ready()
        more: dict[str, object] = {"chunk": self.chunk_tokens} if self.how == "chunk" else {}
        return signature(
            "entailment",
            how=self.how,
            **more,
            labels=[i for i in (where.entailment, where.contradiction) if i is not None],
            splitter=SPLITTER,
            **ready.fields(),
            v=1,
        )

    def score(self, items: Sequence[Item]) -> Scores:
        """Score every summary; each distinct pair of texts is asked about once."""
        ready, where = self._ready()
        with ready.running():
            encoder = take(ready, "labels")
            asked = [attempt(partial(self._asked, encoder, item)) for item in items]
            known = [one for some in asked if not isinstance(some, Failure) for one in some]
            told = verdicts(encoder, where, [pair for one in known for pair in one.pairs])
        return _scores([self._judged(i, a, told) for i, a in zip(items, asked, strict=True)])

    def verify(self, doubts: Sequence[Doubt]) -> list[Opinion]:
        """Answer each doubt by the sentence that it stands in: borne out above 0.5, or not.

        The premises are those of the score, after the doubt's own evidence.
        """
        ready, where = self._ready()
        with ready.running():
            encoder = take(ready, "labels")
            asked = [attempt(partial(self._doubted, encoder, doubt)) for doubt in doubts]
            known = [one for one in asked if isinstance(one, _Asked)]
            told = verdicts(encoder, where, [pair for one in known for pair in one.pairs])
        return [_opinion(one, told) for one in asked]

    def _ready(self) -> tuple[Ready, Labels]:
        ready = Source.of("entailment", self).ready()
        where = labels(ready, self.labels)
        if self.how == "summac-zs" and where.contradiction is None:
            msg = (
                f"{self.model} has no label for contradiction, which how='summac-zs' takes off. "
                "Give a model with one, or say how='chunk'."
            )
            raise SummariserError(msg)
        return ready, where

    def _asked(self, encoder: Encoder, item: Item) -> list[_Asked]:
        source = Premises.of(item.article.text, self.how, encoder, self.chunk_tokens)
        return [
            _Asked(claim, tuple(source.premises(claim.text)), source.whole)
            for claim in claims(item.summary, self.how)
        ]

    def _doubted(self, encoder: Encoder, doubt: Doubt) -> _Asked | None:
        held = [(a, b) for a, b in spans(doubt.summary) if a < doubt.end and doubt.start < b]
        if not held:
            return None
        start, end = held[0][0], held[-1][1]
        claim = Claim(start, end, doubt.summary[start:end])
        source = Premises.of(doubt.article.text, self.how, encoder, self.chunk_tokens)
        first = [doubt.evidence] if doubt.evidence else []
        premises = dict.fromkeys([*first, *source.premises(claim.text)])
        return _Asked(claim, tuple(premises), source.whole)

    def _judged(self, item: Item, asked: Sequence[_Asked] | Failure, told: _Told) -> "_Judged":
        if isinstance(asked, Failure):
            return _Judged(reason=f"the article or summary {blame(asked)}")
        silent = _silent(item, asked)
        if silent:
            return _Judged(reason=silent)
        found = [[told[pair] for pair in one.pairs] for one in asked]
        failed = [one for row in found for one in row if isinstance(one, Failure)]
        if failed:
            return _Judged(reason=f"a sentence of the summary {blame(failed[0])}")
        rows = [[one for one in row if isinstance(one, Verdict)] for row in found]
        said = [_said(one, row) for one, row in zip(asked, rows, strict=True)]
        return _Judged(
            scores=[_score(row, self.how) for row in rows],
            cut=any(one.cut for row in rows for one in row),
            details={"sentences": said},
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is said of a summary: a score per sentence, or the reason why there is none."""

    scores: Sequence[float] = ()
    reason: str = ""
    cut: bool = False
    details: JSON = None


def _silent(item: Item, asked: Sequence[_Asked]) -> str:
    if not item.summary.strip():
        return "the summary is empty"
    if not asked:
        return f"no sentence of the summary is longer than {SHORT} characters"
    if any(one.premises for one in asked):
        return ""
    if not item.article.text.strip():
        return "the article is empty"
    return f"no sentence of the article is longer than {SHORT} characters"


def _score(verdicts: Sequence[Verdict], how: How) -> float:
    """Return the greatest entailment, less the greatest contradiction for SummaC."""
    most = max(one.entailment for one in verdicts)
    return most if how != "summac-zs" else most - _against(verdicts)


def _against(verdicts: Sequence[Verdict]) -> float:
    return max(one.contradiction or 0.0 for one in verdicts)


def _said(asked: _Asked, verdicts: Sequence[Verdict]) -> JSON:
    best = _best(verdicts)
    known = verdicts[0].contradiction is not None
    return {
        "start": asked.claim.start,
        "end": asked.claim.end,
        "entailment": verdicts[best].entailment,
        "cut": sum(one.cut for one in verdicts),
        "contradiction": _against(verdicts) if known else None,
        "evidence": asked.evidence(best),
    }


def _best(verdicts: Sequence[Verdict]) -> int:
    return max(range(len(verdicts)), key=lambda i: verdicts[i].entailment)


def _scores(judged: Sequence[_Judged]) -> Scores:
    known = [one.scores or (0.0,) for one in judged]
    values = {
        "entailment": np.array([np.mean(scores) for scores in known], float),
        "entailment-min": np.array([min(scores) for scores in known], float),
    }
    return Scores(
        values,
        unscored={i: one.reason for i, one in enumerate(judged) if one.reason},
        warnings={i: CUT for i, one in enumerate(judged) if one.cut},
        details=[one.details for one in judged],
    )


def _opinion(asked: _Asked | Failure | None, told: _Told) -> Opinion:
    if isinstance(asked, Failure):
        return Opinion(None, f"the article or summary {blame(asked)}")
    if asked is None or not asked.premises:
        what = "summary has no sentence there" if asked is None else "article has no sentence"
        return Opinion(None, f"the {what}")
    found = [told[pair] for pair in asked.pairs]
    known = [one for one in found if isinstance(one, Verdict)]
    if len(known) < len(found):
        failed = next(one for one in found if isinstance(one, Failure))
        return Opinion(None, f"the sentence {blame(failed)}")
    best = _best(known)
    probability = known[best].entailment
    by = asked.evidence(best) or "the whole article"
    word = "entailed by" if probability > _SUPPORTED else "not entailed; nearest"
    return Opinion(probability > _SUPPORTED, f"{word}: {by}", probability)


METRIC: type[Metric] = Entailment
VERIFIER: type[Verifier] = Entailment
