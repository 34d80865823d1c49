"""Claims that a metric flagged, against the stretches that people marked as wrong.

Precision by type of claim: the share of flagged claims that touch a marked stretch, where claims on
a summary without any mark are all wrong. Recall by type of error: the share of marked stretches
that a flagged claim touches. Touching is sharing a character.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.records import JSON, Judgement, Span

UNTYPED = "any"


@dataclass(slots=True)
class Touched:
    """Counts: claims by type and those that touch a mark; marks by type and those touched."""

    claims: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Touched") -> None:
        """Add another's counts."""
        for own, more in (
            (self.claims, other.claims),
            (self.right, other.right),
            (self.marks, other.marks),
            (self.found, other.found),
        ):
            own.update(more)


def touched(judged: Sequence[Judgement], details: Sequence[JSON]) -> Touched:
    """Count over the summaries that people marked, if the metric gives claims with offsets."""
    out = Touched()
    for judgement, detail in zip(judged, details, strict=True):
        claims = _claims(detail)
        if judgement.spans is None or claims is None:
            continue
        for claim in claims:
            out.claims[claim.type or UNTYPED] += 1
            out.right[claim.type or UNTYPED] += any(_touch(claim, m) for m in judgement.spans)
        for mark in judgement.spans:
            out.marks[mark.type or UNTYPED] += 1
            out.found[mark.type or UNTYPED] += any(_touch(claim, mark) for claim in claims)
    return out


def _claims(detail: JSON) -> list[Span] | None:
    if not isinstance(detail, Mapping):
        return None
    claims = detail.get("claims")
    if not isinstance(claims, Sequence) or isinstance(claims, str):
        return None
    found = []
    for claim in claims:
        if not isinstance(claim, Mapping):
            return None
        start, end, kind = (claim.get(name) for name in ("start", "end", "type"))
        if not (isinstance(start, int) and isinstance(end, int)):
            return None
        found.append(Span(start, end, str(kind) if kind else None))
    return found


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
