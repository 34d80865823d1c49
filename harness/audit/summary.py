"""A summary held against its article, claim by claim, and against other reports of the event."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from harness.errors import InputError
from harness.facts import Claim, Findings, check, index
from harness.files import decode, read_bytes
from harness.pages import Page, read_page
from harness.records import JSON

VERDICTS = {"A": "contradicts the article", "B": "not found in the article", "C": "new word"}
UNFLAGGED = "no flag"
"""The verdict on a claim that nothing was found against; it does not say that it is right."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One summary and what was found about it.

    ``also`` holds, by name, what the same summary looks like beside other reports.
    """

    name: str
    title: str | None
    disclaimer: str | None
    article: str
    summary: str
    findings: Findings
    also: Mapping[str, Findings]

    def as_json(self) -> dict[str, JSON]:
        """Return names, texts, every claim with its verdict, and the notes."""
        return {
            "name": self.name,
            "title": self.title,
            "disclaimer": self.disclaimer,
            "summary": self.summary,
            "flagged": len(self.findings.flagged),
            "support": self.findings.support,
            "claims": [_claim(c, self.also) for c in self.findings.claims],
            "notes": list(self.findings.notes),
        }


def verdict(claim: Claim) -> str:
    """Return what is said of a claim, in words."""
    return UNFLAGGED if claim.tier is None else VERDICTS[claim.tier]


def beside(claim: Claim, other: Findings) -> str:
    """Return what another report has on the words of a claim: the strongest verdict there."""
    same = [c for c in other.claims if c.start < claim.end and claim.start < c.end]
    tiers = [c.tier for c in same if c.tier in ("A", "B")]
    if not same:
        return "not checked"
    if "A" in tiers:
        return "contradicts it"
    return "does not have it" if tiers else "has it too"


def _claim(claim: Claim, also: Mapping[str, Findings]) -> dict[str, JSON]:
    told: dict[str, JSON] = asdict(claim) | {"verdict": verdict(claim)}
    if also:
        told["also"] = {name: beside(claim, other) for name, other in also.items()}
    return told


def audit(name: str, article: str, summary: str, also: Mapping[str, str] | None = None) -> Audited:
    """Check a summary against its article, and against other reports' texts by their names."""
    return Audited(
        name,
        None,
        None,
        article,
        summary,
        check(index(article), summary),
        {other: check(index(text), summary) for other, text in (also or {}).items()},
    )


def audit_page(path: Path, also: Sequence[Path] = ()) -> Audited:
    """Check the AI summary that a saved page carries against the page's own article."""
    page = load_page(path)
    if page.published is None:
        msg = (
            f"{path} carries no AI summary under a disclaimer that is known. "
            "Give both by hand: harness audit --article FILE --summary FILE."
        )
        raise InputError(msg)
    found = audit(path.stem, page.body, page.published, {p.stem: load_page(p).body for p in also})
    return Audited(
        found.name,
        page.title,
        page.disclaimer,
        found.article,
        found.summary,
        found.findings,
        found.also,
    )


def load_page(path: Path) -> Page:
    """Read a saved page; raise InputError where it cannot be read, or holds no article."""
    return read_page(read_bytes(path), str(path))


def load_text(path: Path) -> str:
    """Read a text file; raise InputError where it cannot be read, or is empty."""
    text = decode(read_bytes(path), str(path))
    if not text.strip():
        msg = f"{path} is empty. Give a file with a text in it."
        raise InputError(msg)
    return text
