"""Corpora: one file per format, each a stream of articles."""
