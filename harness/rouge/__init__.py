"""Exact and fast ROUGE. Start reading at ``engine``."""

from harness.rouge.counts import Counts, Score, Scores, prf
from harness.rouge.engine import Engine
from harness.rouge.spelling import Tokeniser, letters_lost

__all__ = ["Counts", "Engine", "Score", "Scores", "Tokeniser", "letters_lost", "prf"]
