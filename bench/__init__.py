"""Measurements of speed and quality against named peers; `make bench` runs them all."""
