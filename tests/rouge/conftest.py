"""What the tests of several stages need: tokens and matches of given texts."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from harness.rouge.matches import Matches, match
from harness.rouge.tokens import Tokens, tokenise
from harness.rouge.vocabulary import Vocabulary

Matched = Callable[[Sequence[str], Sequence[str]], tuple[Tokens, Matches]]


@pytest.fixture(scope="session")
def matched() -> Matched:
    """Return a function from references and candidates to tokens and matches, not stemmed."""

    def run(references: Sequence[str], candidates: Sequence[str]) -> tuple[Tokens, Matches]:
        tokens = tokenise([*references, *candidates], "ascii", Vocabulary(stems=False))
        pairs = np.arange(len(references))
        return tokens, match(tokens, pairs, pairs + len(references))

    return run
