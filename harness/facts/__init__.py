"""Claims of a summary held against its article: found, typed, and shown with the article's words.

    article = index(text)            # once for all its summaries
    findings = check(article, summary)
    findings.flagged                 # claims of tier A and B
    findings.support                 # in [0, 1], to rank by

No model weights: see docs/facts.md for how it works, how well, and where it is blind.
"""

from harness.facts.article import ArticleIndex, index
from harness.facts.audit import check
from harness.facts.claims import Claim, ClaimType, Evidence, Findings, SentenceSupport, Tier
from harness.facts.parts import Check, checks
from harness.facts.precision import Measured, confidence

__all__ = [
    "ArticleIndex",
    "Check",
    "Claim",
    "ClaimType",
    "Evidence",
    "Findings",
    "Measured",
    "SentenceSupport",
    "Tier",
    "check",
    "checks",
    "confidence",
    "index",
]
