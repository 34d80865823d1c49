"""Text as sentences and words, the same for every part of the harness."""
