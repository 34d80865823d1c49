"""How often a check was right where it spoke, as `harness validate --checks` measured it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harness.facts.claims import Claim


@dataclass(frozen=True, slots=True)
class Measured:
    """The share of a check's flagged claims that lay in a true error, and of how many."""

    precision: float
    n: int


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    text = (files("harness.facts") / "precision.toml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Mapping[str, float]]] = tomllib.loads(text)["checks"]
    return found


def source() -> str:
    """Return on what the precisions were measured."""
    text = (files("harness.facts") / "precision.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["source"])


def confidence(claim: Claim) -> Measured | None:
    """Return the measured precision of the check and tier that flagged a claim.

    None for a claim that is not flagged, and where the data held no such flag: then nobody knows.
    """
    return of_check(claim.check, claim.tier or "")


def of_check(check: str, tier: str) -> Measured | None:
    """Return the measured precision of one check's flags of one tier, or None if nobody knows."""
    row = _table().get(check, {}).get(tier)
    return Measured(float(row["precision"]), int(row["n"])) if row else None
