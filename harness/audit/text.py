"""An audit as text to read: coloured on a terminal, plain in a pipe, never by colour alone."""

import textwrap
from collections.abc import Sequence
from itertools import groupby

from harness.audit.summary import UNFLAGGED, Audited, beside, verdict
from harness.facts import Claim, Evidence

_WIDTH = 96
_COLOURS = {"A": "\033[1;31m", "B": "\033[33m"}
_END = "\033[0m"
_SIGNS = {"A": "!!", "B": "? ", "C": "~ ", None: "  "}


def listed(audited: Audited, *, every: bool, colour: bool) -> str:
    """Return one page: its disclaimer, its summary, and its claims one by one."""
    flagged = len(audited.findings.flagged)
    head = [audited.name + (f": {audited.title}" if audited.title else "")]
    if audited.disclaimer:
        head.append(f'under the line "{audited.disclaimer}"')
    parts = [
        "\n".join(head),
        _wrapped(_marked(audited, colour), "  "),
        *(_claim(c, audited, colour) for c in audited.findings.flagged),
        *(_unflagged(audited) if every else []),
        _closing(flagged, len(audited.findings.claims)),
        *(f"note: {note}" for note in audited.findings.notes),
    ]
    return "\n\n".join(parts) + "\n"


def _unflagged(audited: Audited) -> list[str]:
    """Return the claims without a flag, those with the same nearest sentence together."""
    calm = [c for c in audited.findings.claims if not c.flagged]
    grouped = groupby(calm, key=lambda c: c.evidence)
    return [_together(list(claims), evidence, audited) for evidence, claims in grouped]


def _together(claims: Sequence[Claim], evidence: Evidence | None, audited: Audited) -> str:
    words = "; ".join(f"{c.text} ({c.type}{_also(c, audited)})" for c in claims)
    lines = [_wrapped(f"{UNFLAGGED}: {words}", "   ")]
    if evidence is not None:
        lines.append(_wrapped(f'"{" ".join(evidence.text.split())}"', "   "))
    return "\n".join(lines)


def _also(claim: Claim, audited: Audited) -> str:
    return "".join(f", {name} {beside(claim, other)}" for name, other in audited.also.items())


def _marked(audited: Audited, colour: bool) -> str:
    """Return the summary with its flagged words between brackets."""
    text = audited.summary
    for claim in sorted(audited.findings.flagged, key=lambda c: -c.start):
        words = f"[{text[claim.start : claim.end]}]"
        text = text[: claim.start] + _coloured(words, claim, colour) + text[claim.end :]
    return text


def _coloured(text: str, claim: Claim, colour: bool) -> str:
    if not colour or claim.tier not in _COLOURS:
        return text
    return f"{_COLOURS[claim.tier]}{text}{_END}"


def _claim(claim: Claim, audited: Audited, colour: bool) -> str:
    head = f"{_SIGNS[claim.tier]} {claim.text}  ({claim.type}: {verdict(claim)})"
    lines = [_coloured(head, claim, colour)]
    if claim.found is not None:
        lines.append(f"   the article says: {claim.found.text}")
    if claim.evidence is not None:
        lines.append(_wrapped(f'"{" ".join(claim.evidence.text.split())}"', "   "))
    lines += [f"   {name} {beside(claim, other)}" for name, other in audited.also.items()]
    return "\n".join(lines)


def _closing(flagged: int, claims: int) -> str:
    return f"{flagged} of {claims} claims flagged. No flag does not say that a claim is right."


def _wrapped(text: str, indent: str) -> str:
    return "\n".join(
        textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        for line in text.splitlines()
    )


def tabled(pages: Sequence[Audited]) -> str:
    """Return a table of several pages: claims, flags by tier, support."""
    header = ("page", "claims", "contradict", "not found", "support %")
    rows = [header, *(_row(page) for page in pages)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in rows
    ]
    flagged = sum(bool(page.findings.flagged) for page in pages)
    closing = (
        f"{flagged} of {len(pages)} summaries flagged. No flag does not say that one is right."
    )
    return "\n".join([*lines, "", closing]) + "\n"


def _row(page: Audited) -> tuple[str, ...]:
    tiers = [claim.tier for claim in page.findings.claims]
    support = f"{100 * page.findings.support:.0f}"
    return page.name, str(len(tiers)), str(tiers.count("A")), str(tiers.count("B")), support
