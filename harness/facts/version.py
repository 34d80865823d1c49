"""The version of the checks."""

VERSION = "4"
"""For signatures: it changes whenever any check may say something else about any text."""
