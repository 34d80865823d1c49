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
    """Counts: claims by type and those that touch a mark; marks by type and those touched.

    ``checks`` counts claims by the check and the tier that flagged them, where a metric names them.
    """

    claims: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    checks_right: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Touched") -> None:
        """Add another's counts."""
        for own, more in (
            (self.claims, other.claims),
            (self.right, other.right),
            (self.marks, other.marks),
            (self.found, other.found),
            (self.checks, other.checks),
            (self.checks_right, other.checks_right),
        ):
            own.update(more)


def touched(judged: Sequence[Judgement], details: Sequence[JSON]) -> Touched:
    """Count over the summaries that people marked, if the metric gives claims with offsets."""
    out = Touched()
    for judgement, detail in zip(judged, details, strict=True):
        claims = _claims(detail)
        if judgement.spans is None or claims is None:
            continue
        for claim, check in claims:
            right = any(_touch(claim, mark) for mark in judgement.spans)
            out.claims[claim.type or UNTYPED] += 1
            out.right[claim.type or UNTYPED] += right
            if check is not None:
                out.checks[check] += 1
                out.checks_right[check] += right
        for mark in judgement.spans:
            out.marks[mark.type or UNTYPED] += 1
            out.found[mark.type or UNTYPED] += any(_touch(claim, mark) for claim, _ in claims)
    return out


def _claims(detail: JSON) -> list[tuple[Span, str | None]] | None:
    """Return the flagged claims, each with its check and tier as ``check.tier`` where it says."""
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
        check, tier = claim.get("check"), claim.get("tier")
        found.append((Span(start, end, str(kind) if kind else None), _named(check, tier)))
    return found


def _named(check: JSON, tier: JSON) -> str | None:
    return f"{check}.{tier}" if check and tier else None


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
