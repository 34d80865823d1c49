"""Metrics measured against people: how far each number of a table deserves trust."""

from harness.validation.run import Validation, validate

__all__ = ["Validation", "validate"]
