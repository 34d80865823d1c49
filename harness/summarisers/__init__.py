"""Summarisers: one file per way of writing summaries."""
