"""Summaries held against their articles, claim by claim: what `harness audit` does."""

from harness.audit.summary import Audited, audit, audit_page, load_text

__all__ = ["Audited", "audit", "audit_page", "load_text"]
