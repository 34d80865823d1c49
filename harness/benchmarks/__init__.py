"""Summaries that people judged, one file per published set: what metrics are measured against."""
