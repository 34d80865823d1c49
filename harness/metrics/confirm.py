"""What ``facts`` flagged, put to a second metric: each claim is confirmed or vetoed.

The checks of ``facts`` are exact about what they see and blind to what they do not, such as a fact
told in other words; a model reads on. Where both say that a claim is wrong it is likely to be; a
veto shows where they disagree, and proves neither right. docs/judge.md tells more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from harness import plugins, spec
from harness.errors import CheckError, UsageError
from harness.facts import ArticleIndex, Claim, check, index
from harness.facts.version import VERSION
from harness.parts import Metric, Need, Verifier
from harness.records import JSON, Column, Doubt, Item, Opinion, Scores
from harness.signature import signature
from harness.text.sentences import SPLITTER

Flag = tuple[Claim, Opinion]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The flags of ``facts``, each answered by the metric that the spec ``by`` names.

    A flag is confirmed where that metric finds the claim unsupported too, vetoed where it finds it
    supported, and unanswered where it has no answer. ``still-flagged`` is 1 for a summary with a
    flag that was not vetoed, else 0. ``by`` names a metric that can answer single claims, with all
    its arguments: ``confirm(by="judge(model='...')")``.
    """

    by: str

    needs: ClassVar[frozenset[Need]] = frozenset()
    batch: ClassVar[int] = 64
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse a spec that is none, or of a metric that answers no claims."""
        self._verifier()

    def columns(self) -> tuple[Column, ...]:
        """Return the share still flagged, then flags confirmed, vetoed, unanswered per summary."""
        return (
            Column(
                "still-flagged",
                "summaries with a flag of facts that was not vetoed, percent",
                "lower",
                high=1.0,
                scale=100.0,
                digits=1,
                headline=True,
                share=True,
            ),
            Column("confirmed", "flags confirmed, per summary", "lower"),
            Column("vetoed", "flags vetoed, per summary", None),
            Column("unanswered", "flags without an answer, per summary", None),
        )

    def signature(self) -> str:
        """Return what the flags depend on, and the answers."""
        by = self._verifier().signature()
        return signature("confirm", by=by, splitter=SPLITTER, checks=VERSION, v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Check every summary, and put all flags of the batch to the other metric at once."""
        claims = [check(_index(item.article.text), item.summary).flagged for item in items]
        pairs = [(item, claim) for item, own in zip(items, claims, strict=True) for claim in own]
        opinions = iter(self._opinions([_doubt(item, claim) for item, claim in pairs]))
        flags = [[(claim, next(opinions)) for claim in own] for own in claims]
        counts = {name: _counted(flags, answer) for name, answer in _ANSWERS.items()}
        still = counts["confirmed"] + counts["unanswered"] > 0
        values = {"still-flagged": still.astype(float), **counts}
        return Scores(values, details=[self._details(own) for own in flags])

    def _opinions(self, doubts: Sequence[Doubt]) -> Sequence[Opinion]:
        opinions = self._verifier().verify(doubts) if doubts else ()
        if len(opinions) != len(doubts):
            msg = f"{self.by} gave {len(opinions)} opinions on {len(doubts)} claims."
            raise CheckError(msg)
        return opinions

    def _details(self, flags: Sequence[Flag]) -> JSON:
        """Return the flags as ``facts`` keeps them, each with the opinion on it."""
        return {
            "claims": [
                {**asdict(claim), "opinion": {"by": self.by, **asdict(opinion)}}
                for claim, opinion in flags
            ]
        }

    def _verifier(self) -> Any:
        part = spec.parse("metrics", self.by)
        if not isinstance(part, Verifier):
            able = [name for name in plugins.names("metrics") if _verifies(name)]
            msg = (
                f"confirm(by={self.by!r}) is not possible: {spec.name_of(part)} answers no single "
                f"claims. Give one of {', '.join(able)}."
            )
            raise UsageError(msg)
        return part


_ANSWERS: Mapping[str, bool | None] = {"confirmed": False, "vetoed": True, "unanswered": None}
"""Whether the claim is supported, by the column that counts such answers."""


def _verifies(name: str) -> bool:
    return hasattr(plugins.find("metrics", name), "verify")


@lru_cache(maxsize=256)
def _index(text: str) -> ArticleIndex:
    return index(text)


def _doubt(item: Item, claim: Claim) -> Doubt:
    evidence = None if claim.evidence is None else claim.evidence.text
    return Doubt(item.article, item.summary, claim.start, claim.end, evidence)


def _counted(
    flags: Sequence[Sequence[Flag]], answer: bool | None
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([sum(o.supported == answer for _, o in own) for own in flags], float)


METRIC: type[Metric] = Confirm
